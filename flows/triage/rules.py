"""The rules of the sign table (reference C3), with those above it (C2) and beside it (C4, C5, C7), one row a cell."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flows.triage.rule import Rule
from flows.triage.rules_body import BODY_RULES
from flows.triage.rules_brain import BRAIN_RULES
from flows.triage.rules_other import OTHER_RULES

PAIRING = frozenset({"confusion", "breath", "unresponsive", "dizzy_bp.fainted"})
STILL_COUNTS_WHEN_OVER = frozenset({"seizure", "chest_pain", "stroke", "suicide", "drove"})
SERIOUS_ORDER = MappingProxyType(
    {
        sign: place
        for place, sign in enumerate(
            (
                "unresponsive", "seizure", "breath", "stroke", "chest_pain", "allergy", "suicide", "bleed", "confusion",
                "speech", "fever", "weakness", "vision", "dizzy_bp", "heart", "agitation", "balance", "tremor",
                "handwriting", "chills", "child_ill", "headache", "line", "belly_dehyd", "infection", "rash", "fall",
                "worry", "late_neuro", "diarrhea", "nv", "fatigue", "aches", "collect", "swelling", "relapse_new",
                "medicine", "drove", "vague", "alone",
            )
        )
    }
)  # fmt: skip


def _by_sign(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        index.setdefault(rule.sign, []).append(rule)
    return MappingProxyType({sign: tuple(group) for sign, group in index.items()})


TABLE: tuple[Rule, ...] = (*BODY_RULES, *BRAIN_RULES, *OTHER_RULES)
RULES = _by_sign(TABLE)
