"""Rules of the brain and nerves (reference C3 rows 12 to 19, 22a to 24)."""
# ruff: noqa: E501

from flows.triage.rule import Rule
from flows.words import Level

E, U, S = Level.EMERGENCY, Level.URGENT, Level.SAME_DAY


def _q(*names: str) -> frozenset[str]:
    return frozenset(names)


BRAIN_RULES: tuple[Rule, ...] = (
    Rule("C3.12.danger", "agitation", E, "violent, or a danger to self or others", "C3 row 12", having=_q("danger")),
    Rule("C3.12.drowsy", "agitation", E, "with fever and drowsiness", "C3 row 12", together=_q("unresponsive")),
    Rule("C3.12.new", "agitation", U, "new restlessness, change of personality, seeing things", "C3 row 12", lacking=_q("mild")),
    Rule("C3.12.early", "agitation", U, "mild, inside day 60", "C3 row 12", within=60),
    Rule("C3.12.mild", "agitation", S, "mild, after day 60", "C3 row 12"),
    Rule("C3.13.sudden", "balance", E, "sudden, one-sided, can't walk, or with a fallen face", "C3 row 13",
         having=_q("sudden", "one_side", "cannot_walk")),
    Rule("C3.13.with", "balance", E, "with a fallen face, loss of vision, or a head that was hit", "C3 row 13",
         together=_q("stroke", "vision", "fall.head", "speech", "confusion", "unresponsive")),
    Rule("C3.13.new", "balance", U, "new stumbling or clumsiness", "C3 row 13", lacking=_q("slow")),
    Rule("C3.13.early", "balance", U, "slow, but inside day 60", "C3 row 13", within=60),
    Rule("C3.13.slow", "balance", S, "slow over weeks, after day 60", "C3 row 13, 24"),
    Rule("C3.14.worst", "confusion", E, "doesn't know own name or family, can't follow a request, worsening", "C3 row 14",
         having=_q("worst", "cannot_obey")),
    Rule("C3.14.with", "confusion", E, "with fever and drowsiness, or alone", "C3 row 14",
         together=_q("alone", "unresponsive", "seizure", "stroke", "breath")),
    Rule("C3.14.new", "confusion", U, "any new confusion or forgetfulness, any day", "C3 row 14", lacking=_q("chronic")),
    Rule("C3.14.early", "confusion", U, "confusion up to day 90, old or new", "C3 row 14, C4", within=90),
    Rule("C3.14.fog", "confusion", S, "long-standing mild fog after day 90", "C3 row 14"),
    Rule("C3.15.cannot", "speech", E, "can't speak, nonsense words, suddenly slurred", "C3 row 15", having=_q("cannot_speak", "sudden")),
    Rule("C3.15.with", "speech", E, "with any sign of face or arm", "C3 row 15",
         together=_q("stroke", "weakness", "unresponsive", "seizure")),
    Rule("C3.15.words", "speech", U, "trouble finding words, slow or wrong words, even if mild", "C3 row 15"),
    Rule("C3.16.with", "handwriting", E, "with an emergency of rows 14 and 15", "C3 row 16",
         together=_q("speech.cannot_speak", "confusion.worst", "unresponsive")),
    Rule("C3.16.new", "handwriting", U, "writing that changed", "C3 row 16", lacking=_q("slow", "chronic")),
    Rule("C3.16.early", "handwriting", U, "slow, but inside day 60", "C3 row 16", within=60),
    Rule("C3.16.slow", "handwriting", S, "long-standing or slow, after day 60", "C3 row 16, 24"),
    Rule("C3.17.wake", "unresponsive", E, "can't be woken, wakes only when shaken", "C3 row 17", having=_q("cannot_wake")),
    Rule("C3.17.drowsy", "unresponsive", U, "sleepier than usual, drifts off", "C3 row 17"),
    Rule("C3.18.seizure", "seizure", E, "any seizure or staring spell, even if it stopped", "C3 row 18", lacking=_q("days_ago")),
    Rule("C3.18.spell", "seizure", U, "a possible spell days ago", "C3 row 18"),
    Rule("C3.19.with", "tremor", E, "with a seizure, confusion, or not answering", "C3 row 19",
         together=_q("seizure", "confusion", "unresponsive")),
    Rule("C3.19.new", "tremor", U, "any new shake, jerk or twitch", "C3 row 19", lacking=_q("slow", "chronic")),
    Rule("C3.19.early", "tremor", U, "known or slow, but inside day 60", "C3 row 19", within=60),
    Rule("C3.19.known", "tremor", S, "known fine tremor, after day 60", "C3 row 19"),
    Rule("C3.22a.sudden", "weakness", E, "sudden, one-sided, or both legs", "C3 row 22a", having=_q("sudden", "one_side", "both_legs")),
    Rule("C3.22a.new", "weakness", U, "any new weakness or numbness of a limb, any day", "C3 row 22a"),
    Rule("C3.22a.sight", "vision", E, "sight lost or double, sudden, or one eye", "C3 row 22a", having=_q("lost_or_double", "sudden", "one_side")),
    Rule("C3.22a.vision", "vision", U, "any change of vision, any day", "C3 row 22a"),
    Rule("C3.23.stroke", "stroke", E, "a face that droops, one side weak or numb, stroke words", "C3 row 23"),
    Rule("C3.24.fast", "late_neuro", U, "new falls, trouble swallowing, or fast worsening", "C3 row 24", having=_q("fast", "worse")),
    Rule("C3.24.early", "late_neuro", U, "slowed or stiff, inside day 60", "C3 row 24", within=60),
    Rule("C3.24.slow", "late_neuro", S, "slow, stiff, small writing, flat face, less interest", "C3 row 24"),
)  # fmt: skip
