"""Groups of signs that rules name together."""

from types import MappingProxyType

# Signs that page when they are found, and those that ask first (reference C2 rule 2a), in the sense of "any sign".
HARD = (
    "fever chills breath dizzy_bp heart headache rash agitation balance confusion speech handwriting unresponsive "
    "seizure tremor bleed chest_pain weakness vision stroke allergy suicide"
)
SOFT = "nv diarrhea fatigue aches infection vague belly_dehyd swelling"
# Beside an urgent sign, said in other words, they make an emergency (C2 rule 2). Who is only drowsy is not among them.
PAIRING = frozenset({"confusion", "breath", "unresponsive.cannot_wake", "dizzy_bp.fainted"})
# A sign that counts as present though it is said to be over (C3 row 18).
STILL_COUNTS_WHEN_OVER = frozenset({"seizure", "chest_pain", "stroke", "suicide", "drove"})
# These are no complaints of their own beside another one, so the two are not two (C2 rule 2).
NO_SECOND_AMBER = frozenset({"alone", "medicine", "vague", "worry"})
# Signs that are asked about with the question of another.
ASKED_AS = MappingProxyType({"child_ill": "worry", "mood": "suicide"})
SERIOUS_ORDER = MappingProxyType(
    {
        sign: place
        for place, sign in enumerate(
            (
                "unresponsive", "seizure", "breath", "stroke", "chest_pain", "allergy", "suicide", "bleed", "confusion",
                "speech", "fever", "weakness", "vision", "dizzy_bp", "heart", "agitation", "balance", "tremor",
                "handwriting", "chills", "child_ill", "headache", "line", "belly_dehyd", "infection", "rash", "fall",
                "worry", "late_neuro", "diarrhea", "nv", "fatigue", "aches", "collect", "swelling", "relapse_new",
                "mood", "medicine", "drove", "vague", "alone",
            )
        )
    }
)  # fmt: skip
