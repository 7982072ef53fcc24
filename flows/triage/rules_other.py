"""Rules of mood, line, falls, collection, medicines, being alone, driving and worry (C3 rows 26 to 36, C2 rule 7)."""
# ruff: noqa: E501

from flows.triage.rule import Rule
from flows.words import Level

E, U, S = Level.EMERGENCY, Level.URGENT, Level.SAME_DAY
HARD = frozenset(
    {"fever", "chills", "breath", "dizzy_bp", "heart", "headache", "rash", "agitation", "balance", "confusion", "speech",
     "handwriting", "unresponsive", "seizure", "tremor", "bleed", "chest_pain", "weakness", "vision", "stroke", "allergy",
     "suicide"}
)  # fmt: skip
SOFT = frozenset({"nv", "diarrhea", "fatigue", "aches", "infection", "vague", "belly_dehyd", "swelling"})


def _q(*names: str) -> frozenset[str]:
    return frozenset(names)


OTHER_RULES: tuple[Rule, ...] = (
    Rule("C3.26.plan", "suicide", E, "a plan, means, an attempt or a goodbye", "C3 row 26", having=_q("plan")),
    Rule("C3.26.wish", "suicide", U, "a wish to be dead, not wanting to go on", "C3 row 26"),
    Rule("C3.28.open", "line", E, "line open or broken, or bleeding", "C3 row 28", having=_q("open"), together=_q("breath", "bleed", "dizzy_bp")),
    Rule("C3.28.broken", "line", U, "fell out, broken, red, pus, swelling", "C3 row 28", lacking=_q("minor")),
    Rule("C3.28.early", "line", U, "won't flush or loose dressing inside day 30", "C4", having=_q("minor"), within=30),
    Rule("C3.28.minor", "line", S, "won't flush, dressing loose", "C3 row 28", having=_q("minor")),
    Rule("C3.29.head", "fall", E, "hit the head, or a change in alertness", "C3 row 29", having=_q("head")),
    Rule("C3.29.with", "fall", E, "a fall with confusion, bleeding or drowsiness", "C3 row 29",
         together=_q("confusion", "unresponsive", "bleed", "dizzy_bp.fainted")),
    Rule("C3.29.early", "fall", U, "any fall inside day 30", "C3 row 29", within=30),
    Rule("C3.29.late", "fall", S, "a trip, well, after day 30", "C3 row 29"),
    Rule("C3.30.fast", "relapse_new", U, "fast neck or face swelling", "C3 row 30", having=_q("fast"), ),
    Rule("C3.30.breath", "relapse_new", E, "with trouble breathing or swallowing", "C3 row 30", together=_q("breath")),
    Rule("C3.30.lump", "relapse_new", S, "a new lump, sweats, weight loss", "C3 row 30", soft=True),
    Rule("C3.31.spasm", "collect", E, "with a tight throat, chest pain, a faint or a seizure", "C3 row 31",
         together=_q("chest_pain", "seizure", "dizzy_bp.fainted", "allergy.throat", "breath")),
    Rule("C3.31.tingle", "collect", U, "tingling or cramps at or after the collection", "C3 row 31", within=30),
    Rule("C3.31.late", "collect", S, "mild tingling", "C3 row 31"),
    Rule("C3.32.fever", "medicine", U, "took a fever medicine or steroid before calling", "C3 row 32",
         having=_q("fever_medicine"), together=HARD | SOFT),
    Rule("C3.32.slip", "medicine", U, "a medicine missed, stopped or taken wrongly inside day 30", "C3 row 32",
         having=_q("slip"), within=30),
    Rule("C3.32.nurse", "medicine", S, "a medicine taken or missed: nurse", "C3 row 32", soft=True),
    Rule("C3.33.alone", "alone", E, "alone, with an urgent sign", "C3 row 33", together=HARD),
    Rule("C3.33.mild", "alone", U, "alone inside day 30, with a mild sign", "C3 row 33", together=SOFT, within=30),
    Rule("C3.34.drove", "drove", E, "drove and crashed or passed out", "C3 row 34", together=_q("dizzy_bp.fainted", "seizure")),
    Rule("C3.34.odd", "drove", U, "drove and felt odd", "C3 row 34", having=_q("odd", "crash")),
    Rule("C3.36.danger", "vague", E, "unwell, with an emergency word", "C3 row 36", together=_q("unresponsive.cannot_wake", "seizure")),
    Rule("C3.36.awful", "vague", U, "feels awful inside day 30", "C3 row 36", having=_q("awful"), within=30),
    Rule("C3.36.unwell", "vague", S, "not well", "C3 row 36, C2 rule 2a", soft=True),
    Rule("C2.7.early", "worry", U, "a caregiver who is worried, inside day 60", "C2 rule 7", within=60),
    Rule("C2.7.late", "worry", S, "a caregiver who is worried", "C2 rule 7"),
)  # fmt: skip
