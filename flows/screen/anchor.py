"""Anchors: under which of its parts each pattern is kept, so that a message only meets those that it might fit."""

from collections.abc import Iterable, Mapping

from flows.screen.draft import MARKS, NEGATIVE_WORDS
from flows.screen.pattern import Pattern

# Concepts, and words beside the small and the negative ones, that nearly every message has: anchors of last resort.
FREQUENT_CONCEPTS = frozenset({*MARKS, "cannot", "not", "severe", "very", "self", "other", "small"})
FREQUENT_WORDS = NEGATIVE_WORDS | frozenset(
    "i he she it we they my his me her se le te nos lo la el un una mi su que como con y and in of to for a the is was "
    "has had de en por para es esta like so but all out up on at this that".split()
)
FREQUENT = 10_000


def by_anchor(
    patterns: Iterable[Pattern], words_of: Mapping[str, int], small: frozenset[str]
) -> dict[str, tuple[Pattern, ...]]:
    """The patterns under the rarest of their parts. `words_of`: how many words each concept has."""
    weights = {**words_of, **dict.fromkeys(FREQUENT_CONCEPTS, FREQUENT)}
    frequent = FREQUENT_WORDS | small
    index: dict[str, list[Pattern]] = {}
    for pattern in patterns:
        anchor = min(pattern.parts, key=lambda part: _commonness(part, weights, frequent))
        index.setdefault(anchor, []).append(pattern)
    return {anchor: tuple(group) for anchor, group in index.items()}


def _commonness(part: str, weights: Mapping[str, int], frequent: frozenset[str]) -> int:
    """How often a part may stand in a message: that of its most common choice, else the number of them."""
    if not part.startswith("="):
        return weights.get(part, 1)
    choices = part[1:].split("|")
    common = (frequent.issuperset(choice.split("_")) or weights.get(choice[1:-1]) == FREQUENT for choice in choices)
    return FREQUENT if any(common) else len(choices)
