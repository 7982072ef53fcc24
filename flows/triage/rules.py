"""The rules of the sign table (reference C3), with those above it (C2) and beside it (C4, C5, C7), one row a cell."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flows.triage.rule import Rule
from flows.triage.rules_body import BODY_RULES
from flows.triage.rules_brain import BRAIN_RULES
from flows.triage.rules_other import OTHER_RULES


def _by_sign(rules: Iterable[Rule]) -> Mapping[str, tuple[Rule, ...]]:
    index: dict[str, list[Rule]] = {}
    for rule in rules:
        index.setdefault(rule.sign, []).append(rule)
    return MappingProxyType({sign: tuple(group) for sign, group in index.items()})


TABLE: tuple[Rule, ...] = (*BODY_RULES, *BRAIN_RULES, *OTHER_RULES)
RULES = _by_sign(TABLE)
# The signs with a cell that asks before it pages (reference C2 rule 2a).
SOFT_SIGNS = frozenset(rule.sign for rule in TABLE if rule.soft)
