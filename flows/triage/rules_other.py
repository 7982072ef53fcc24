"""Rules of mood, line, falls, collection, medicines, being alone, driving and worry (C3 rows 26 to 36, C2 rule 7)."""

from flows.triage.rule import Rule, cell
from flows.triage.signs import HARD, SOFT
from flows.words import Level

E, U, S = Level.EMERGENCY, Level.URGENT, Level.SAME_DAY


OTHER_RULES: tuple[Rule, ...] = (
    cell("C3.26.plan", "suicide", E, "a plan, means, an attempt or a goodbye", "C3 row 26", having="plan"),
    cell("C3.26.wish", "suicide", U, "a wish to be dead, not wanting to go on", "C3 row 26"),
    cell("C3.28.open", "line", E, "line open or broken, or bleeding", "C3 row 28",
         having="open", together="breath bleed dizzy_bp"),
    cell("C3.28.broken", "line", U, "fell out, broken, red, pus, swelling", "C3 row 28", lacking="minor"),
    cell("C3.28.early", "line", U, "won't flush or loose dressing inside day 30", "C4",
         having="minor", within="body_window"),
    cell("C3.28.minor", "line", S, "won't flush, dressing loose", "C3 row 28", having="minor"),
    cell("C3.29.head", "fall", E, "hit the head, or a change in alertness", "C3 row 29", having="head"),
    cell("C3.29.with", "fall", E, "a fall with confusion, bleeding or drowsiness", "C3 row 29",
         together="confusion unresponsive bleed dizzy_bp.fainted"),
    cell("C3.29.early", "fall", U, "any fall inside day 30", "C3 row 29", within="body_window"),
    cell("C3.29.late", "fall", S, "a trip, well, after day 30", "C3 row 29"),
    cell("C3.30.fast", "relapse_new", U, "fast neck or face swelling", "C3 row 30", having="fast"),
    cell("C3.30.breath", "relapse_new", E, "with trouble breathing or swallowing", "C3 row 30", together="breath"),
    cell("C3.30.lump", "relapse_new", S, "a new lump, sweats, weight loss", "C3 row 30", soft=True),
    cell("C3.31.spasm", "collect", E, "with a tight throat, chest pain, a faint or a seizure", "C3 row 31",
         together="chest_pain seizure dizzy_bp.fainted allergy.throat breath"),
    cell("C3.31.tingle", "collect", U, "tingling or cramps at or after the collection", "C3 row 31",
         within="body_window"),
    cell("C3.31.late", "collect", S, "mild tingling", "C3 row 31"),
    cell("C3.32.over", "medicine", E, "too much of a medicine was taken", "C3 row 32", having="overdose"),
    cell("C3.32.fever", "medicine", U, "took a fever medicine or steroid before calling", "C3 row 32",
         having="fever_medicine", together=f"{HARD} {SOFT}"),
    cell("C3.32.slip", "medicine", U, "a medicine missed, stopped or taken wrongly inside day 30", "C3 row 32",
         having="slip", within="body_window"),
    cell("C3.32.nurse", "medicine", S, "a medicine taken or missed: nurse", "C3 row 32", soft=True),
    cell("C3.33.alone", "alone", E, "alone, with an urgent sign", "C3 row 33", together=HARD),
    cell("C3.33.mild", "alone", U, "alone inside day 30, with a mild sign", "C3 row 33",
         together=SOFT, within="body_window"),
    cell("C3.34.crash", "drove", E, "drove and crashed", "C3 row 34", having="crash"),
    cell("C3.34.drove", "drove", E, "drove and passed out", "C3 row 34", together="dizzy_bp.fainted seizure"),
    cell("C3.34.odd", "drove", U, "drove and felt odd", "C3 row 34", having="odd"),
    cell("C3.36.danger", "vague", E, "unwell, with an emergency word", "C3 row 36",
         together="unresponsive.cannot_wake seizure"),
    cell("C3.36.awful", "vague", U, "feels awful inside day 30", "C3 row 36", having="awful", within="body_window"),
    cell("C3.36.unwell", "vague", S, "not well", "C3 row 36, C2 rule 2a", soft=True),
    cell("C2.7.early", "worry", U, "a caregiver who is worried, inside day 60", "C2 rule 7", within="brain_window"),
    cell("C2.7.late", "worry", S, "a caregiver who is worried", "C2 rule 7"),
)  # fmt: skip
