"""A rule: one cell of the sign table, as a row that people and the program both read."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.words import Level


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell: `sign` at `level`, when everything that is given here holds.

    `having`: at least one of these qualities; `lacking`: none of these; `together`: at least one of these other signs
    present (`sign` or `sign.quality`), said in other words; `within`: inside that window of the limits, or
    unknown, or before the infusion; `bcma`: a BCMA product or an unknown one, after day 30 or unknown; `soft`: rests
    on a soft sign (C2 rule 2a). A rule can only add: every piece of evidence is asked by itself, and the highest level
    wins.
    """

    id: str
    sign: str
    level: Level
    because: str
    source: str
    having: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    within: str | None = None
    bcma: bool = False
    soft: bool = False


def cell(
    id: str,
    sign: str,
    level: Level,
    because: str,
    source: str,
    *,
    having: str = "",
    lacking: str = "",
    together: str | Iterable[str] = "",
    within: str | None = None,
    bcma: bool = False,
    soft: bool = False,
) -> Rule:
    """A rule from words: the sets are written as words with spaces between them."""
    beside = together.split() if isinstance(together, str) else together
    has, lacks = frozenset(having.split()), frozenset(lacking.split())
    return Rule(id, sign, level, because, source, has, lacks, frozenset(beside), within, bcma, soft)
