"""Rules of the body's signs: fever to rash, chest, bleeding, infection (reference C3 rows 1 to 11, 20 to 22, 25, 27)."""
# ruff: noqa: E501

from flows.triage.rule import Rule
from flows.words import Level

E, U, S = Level.EMERGENCY, Level.URGENT, Level.SAME_DAY
DANGER = frozenset({"confusion", "breath", "unresponsive", "dizzy_bp.fainted", "dizzy_bp.vital_emergency"})
FAINT = frozenset({"dizzy_bp.fainted"})


def _q(*names: str) -> frozenset[str]:
    return frozenset(names)


BODY_RULES: tuple[Rule, ...] = (
    # 1 fever
    Rule("C3.1.danger", "fever", E, "fever with confusion, trouble breathing, a faint or being hard to wake", "C3 row 1",
         lacking=_q("low_grade", "cold", "unclear"), together=DANGER),
    Rule("C3.1.neck", "fever", E, "fever with a stiff neck or purple rash", "C3 row 1",
         together=_q("headache.stiff_neck", "rash.purple")),
    Rule("C3.1.fever", "fever", U, "38.0 C (100.4 F) or more once, or burning up, at any time", "C3 row 1",
         lacking=_q("low_grade", "cold", "unclear")),
    Rule("C3.1.cold", "fever", U, "below 36 C and unwell", "C3 row 1", having=_q("cold"),
         together=_q("vague", "chills", "fatigue", "confusion", "dizzy_bp", "nv", "worry", "infection")),
    Rule("C3.1.cold.alone", "fever", S, "below 36 C: ask", "C3 row 1", having=_q("cold"), soft=True),
    Rule("C3.1.masked", "fever", U, "37.5 to 37.9 C with chills, feeling ill, or after a fever medicine", "C3 row 1, C2 rule 9",
         having=_q("low_grade", "unclear"), together=_q("chills", "vague", "medicine", "worry", "fatigue", "infection")),
    Rule("C3.1.low", "fever", S, "37.5 to 37.9 C and well: again in one hour", "C3 row 1, C2 rule 1",
         having=_q("low_grade"), soft=True),
    Rule("C3.1.unclear", "fever", S, "a temperature that can't be one: ask again", "B7", having=_q("unclear"), soft=True),
    # 2 chills
    Rule("C3.2.danger", "chills", E, "shaking chills with a danger sign of row 1", "C3 row 2", together=DANGER),
    Rule("C3.2.chills", "chills", U, "shaking chills, even with a normal temperature", "C3 row 2", lacking=_q("felt_cold")),
    Rule("C3.2.early", "chills", U, "feeling cold inside day 30", "C3 row 2", within=30),
    Rule("C3.2.brief", "chills", S, "feeling cold after day 30", "C3 row 2"),
    # 3 breath
    Rule("C3.3.rest", "breath", E, "can't breathe, at rest, blue lips, choking, or numbers that say so", "C3 row 3, B7",
         having=_q("at_rest", "vital_emergency")),
    Rule("C3.3.with", "breath", E, "short of breath with chest pain, coughing blood or a closing throat", "C3 row 3",
         together=_q("chest_pain", "bleed.internal", "allergy", "dizzy_bp.fainted", "confusion", "unresponsive")),
    Rule("C3.3.new", "breath", U, "any new shortness of breath", "C3 row 3", lacking=_q("oxygen_watch")),
    Rule("C3.3.watch", "breath", S, "oxygen 94 to 95", "B7", having=_q("oxygen_watch")),
    Rule("C3.3.watch.breathless", "breath", U, "oxygen 94 to 95 inside day 30", "B7, C4", having=_q("oxygen_watch"), within=30),
    # 4 dizzy
    Rule("C3.4.faint", "dizzy_bp", E, "passed out, or a very low pressure", "C3 row 4, B7", having=_q("fainted", "vital_emergency")),
    Rule("C3.4.low", "dizzy_bp", E, "systolic 90 or less with any symptom", "C3 row 4, B7", having=_q("pressure_low"),
         together=_q("fever", "chills", "vague", "fatigue", "confusion", "heart", "breath", "bleed", "nv", "worry", "headache",
                     "weakness", "unresponsive", "diarrhea")),
    Rule("C3.4.with", "dizzy_bp", E, "dizzy with a fast heart, bleeding, or trouble breathing", "C3 row 4",
         together=_q("heart", "bleed", "breath", "confusion", "unresponsive", "chest_pain")),
    Rule("C3.4.number", "dizzy_bp", U, "systolic 100 or less", "B7", having=_q("vital_urgent", "pressure_low")),
    Rule("C3.4.early", "dizzy_bp", U, "new dizziness inside day 30", "C3 row 4", within=30),
    Rule("C3.4.late", "dizzy_bp", S, "dizzy after day 30", "C3 row 4"),
    Rule("C3.4.bad", "dizzy_bp", U, "dizziness that is bad, sudden or new again", "C3 row 4",
         having=_q("severe", "sudden", "worse", "persistent")),
    # 5 heart
    Rule("C3.5.number", "heart", E, "pulse 131 or more, or 40 or less", "C3 row 5, B7", having=_q("vital_emergency")),
    Rule("C3.5.with", "heart", E, "with chest pain, a faint or short breath", "C3 row 5",
         together=_q("chest_pain", "dizzy_bp", "breath", "confusion", "unresponsive")),
    Rule("C3.5.fast", "heart", U, "pulse 111 to 130, irregular, or pounding at rest", "C3 row 5", lacking=_q("mild")),
    Rule("C3.5.early", "heart", U, "a new racing feeling inside day 30", "C3 row 5, B7", within=30),
    Rule("C3.5.late", "heart", S, "a short flutter after day 30", "C3 row 5"),
    # 6 fatigue
    Rule("C3.6.cannot", "fatigue", U, "too weak to get up, walk to the bathroom or drink; sudden", "C3 row 6",
         having=_q("cannot_function", "sudden", "worse")),
    Rule("C3.6.extreme", "fatigue", U, "extreme tiredness inside day 30", "C3 row 6", having=_q("severe"), within=30),
    Rule("C3.6.tired", "fatigue", S, "tired, still up and drinking", "C3 row 6, C2 rule 1", soft=True),
    # 7 headache
    Rule("C3.7.worst", "headache", E, "worst ever or sudden", "C3 row 7", having=_q("worst")),
    Rule("C3.7.with", "headache", E, "with confusion, vomiting, a change of vision, weakness, or after a fall", "C3 row 7",
         together=_q("confusion", "nv.vomiting", "vision", "weakness", "fall", "stroke", "speech", "unresponsive", "seizure")),
    Rule("C3.7.neck", "headache", E, "stiff neck with a headache or fever", "C3 row 7", having=_q("stiff_neck"),
         together=_q("fever", "headache")),
    Rule("C3.7.early", "headache", U, "any new headache up to day 90", "C3 row 7, C4", within=90),
    Rule("C3.7.bad", "headache", U, "a bad headache at any time", "C3 row 7", having=_q("severe", "worse", "persistent")),
    Rule("C3.7.late", "headache", S, "a headache after day 90", "C3 row 7"),
    # 8 aches
    Rule("C3.8.with", "aches", U, "aches with fever or chills inside day 30", "C3 row 8", together=_q("fever", "chills"), within=30),
    Rule("C3.8.severe", "aches", U, "severe aches inside day 30", "C3 row 8", having=_q("severe"), within=30),
    Rule("C3.8.aches", "aches", S, "aches", "C3 row 8, C2 rule 1", soft=True),
    # 9 nausea, vomiting
    Rule("C3.9.blood", "nv", E, "vomiting blood or coffee grounds", "C3 row 9", having=_q("blood")),
    Rule("C3.9.faint", "nv", E, "vomiting with a faint, or someone who can't be woken", "C3 row 9",
         together=_q("dizzy_bp.fainted", "unresponsive.cannot_wake")),
    Rule("C3.9.many", "nv", U, "six times or more, can't keep fluids down", "C3 row 9", having=_q("many", "cannot_keep_fluids")),
    Rule("C3.9.severe", "nv", U, "severe inside day 30", "C3 row 9", having=_q("severe", "persistent"), within=30),
    Rule("C3.9.belly", "nv", U, "with severe belly pain or no urine", "C3 row 9", together=_q("belly_dehyd.severe", "belly_dehyd.no_urine")),
    Rule("C3.9.some", "nv", S, "nausea or vomiting", "C3 row 9, C2 rule 1", soft=True),
    # 10 diarrhea
    Rule("C3.10.faint", "diarrhea", E, "bloody or black stool with dizziness, a faint or a rigid belly", "C3 row 10",
         having=_q("blood"), together=_q("dizzy_bp", "belly_dehyd.rigid")),
    Rule("C3.10.rigid", "diarrhea", E, "with a faint or a rigid belly", "C3 row 10", together=_q("dizzy_bp.fainted", "belly_dehyd.rigid")),
    Rule("C3.10.blood", "diarrhea", U, "any blood, or seven times a day or more", "C3 row 10", having=_q("blood", "many")),
    Rule("C3.10.fever", "diarrhea", U, "with fever, bad cramps, or not able to drink", "C3 row 10",
         together=_q("fever", "belly_dehyd.severe", "belly_dehyd.cannot_drink")),
    Rule("C3.10.severe", "diarrhea", U, "severe inside day 30", "C3 row 10", having=_q("severe", "persistent"), within=30),
    Rule("C3.10.bcma", "diarrhea", U, "BCMA product or unknown, after day 30: severe, or three days or more", "C3 row 10, B6",
         having=_q("severe", "days", "persistent"), bcma=True),
    Rule("C3.10.some", "diarrhea", S, "new diarrhea", "C3 row 10, C2 rule 1", soft=True),
    # 11 rash
    Rule("C3.11.swell", "rash", E, "rash with a swollen throat or trouble breathing", "C3 row 11", together=_q("allergy.throat", "breath")),
    Rule("C3.11.purple", "rash", E, "purple spots with fever", "C3 row 11", having=_q("purple"), together=_q("fever")),
    Rule("C3.11.peel", "rash", E, "skin peeling off", "C3 row 11", having=_q("peeling")),
    Rule("C3.11.early", "rash", U, "any new rash inside day 30", "C3 row 11", within=30, lacking=_q("itch")),
    Rule("C3.11.blisters", "rash", U, "painful blisters, or rash with fever", "C3 row 11", having=_q("blisters", "purple")),
    Rule("C3.11.fever", "rash", U, "rash with fever", "C3 row 11", together=_q("fever")),
    Rule("C3.11.itch", "rash", S, "a small itchy patch", "C3 row 11, C2 rule 2a", having=_q("itch"), soft=True),
    Rule("C3.11.late", "rash", S, "rash after day 30", "C3 row 11", lacking=_q("itch")),
    # 20 bleeding
    Rule("C3.20.stop", "bleed", E, "won't stop, vomited or coughed blood, or from the head", "C3 row 20",
         having=_q("will_not_stop", "internal", "persistent")),
    Rule("C3.20.with", "bleed", E, "bleeding with dizziness, a head injury, or the worst headache", "C3 row 20",
         together=_q("dizzy_bp", "fall.head", "headache.worst", "confusion", "unresponsive")),
    Rule("C3.20.bleed", "bleed", U, "bleeding, bruises or purple dots", "C3 row 20", lacking=_q("tiny")),
    Rule("C3.20.early", "bleed", U, "a small bruise inside day 30", "C4", having=_q("tiny"), within=30),
    Rule("C3.20.tiny", "bleed", S, "one small bruise, a tiny nosebleed that stopped", "C3 row 20", having=_q("tiny")),
    # 21 infection
    Rule("C3.21.sepsis", "infection", E, "with confusion, fast breathing, or no urine", "C3 row 21",
         together=_q("confusion", "breath", "dizzy_bp.fainted", "belly_dehyd.no_urine", "unresponsive")),
    Rule("C3.21.serious", "infection", U, "line or wound infected, burning urine, green cough, shingles, can't swallow", "C3 row 21",
         having=_q("serious", "severe")),
    Rule("C3.21.fever", "infection", U, "cough or infection with fever or chills", "C3 row 3, 21", together=_q("fever", "chills")),
    Rule("C3.21.cold", "infection", S, "cold symptoms, a mild sore throat, exposure", "C3 row 21, C2 rule 2a", soft=True),
    # 22 chest pain
    Rule("C3.22.chest", "chest_pain", E, "any new chest pain, pressure or tightness", "C3 row 22"),
    # 25 allergy
    Rule("C3.25.throat", "allergy", E, "throat, tongue or face swelling", "C3 row 25", having=_q("throat")),
    Rule("C3.25.with", "allergy", E, "with trouble breathing, a faint, vomiting or dizziness", "C3 row 25",
         together=_q("breath", "dizzy_bp", "nv", "confusion", "unresponsive")),
    Rule("C3.25.wide", "allergy", U, "hives all over, or a reaction to a medicine or infusion", "C3 row 25", lacking=_q("few")),
    Rule("C3.25.early", "allergy", U, "a few hives inside day 30", "C4", having=_q("few"), within=30),
    Rule("C3.25.few", "allergy", S, "a few hives", "C3 row 25", having=_q("few")),
    # 27 belly, water
    Rule("C3.27.rigid", "belly_dehyd", E, "a rigid belly", "C3 row 27", having=_q("rigid")),
    Rule("C3.27.with", "belly_dehyd", E, "with a faint or confusion", "C3 row 27", together=_q("dizzy_bp.fainted", "confusion", "unresponsive")),
    Rule("C3.27.water", "belly_dehyd", U, "no urine, can't drink, severe belly pain, yellow skin or eyes", "C3 row 27",
         having=_q("no_urine", "cannot_drink", "severe", "yellow", "persistent")),
    Rule("C3.27.poor", "belly_dehyd", S, "poor drinking, belly ache", "C3 row 27", soft=True),
    # beyond the table
    Rule("X.swelling", "swelling", S, "swelling of a limb or of the body", "C2 rule 6", soft=True),
)  # fmt: skip
