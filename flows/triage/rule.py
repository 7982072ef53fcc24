"""A rule: one cell of the sign table, as a row that people and the program both read."""

from dataclasses import dataclass

from flows.words import Level

ANY_URGENT = "any urgent sign"


@dataclass(frozen=True, slots=True)
class Rule:
    """One cell: `sign` at `level`, when everything that is given here holds.

    `having`: at least one of these qualities; `lacking`: none of these; `together`: at least one of these other signs
    present (`sign` or `sign.quality`), said in other words; `within`: at most that many days since the infusion, or
    unknown, or before it; `bcma`: a BCMA product or an unknown one, and more than 30 days or unknown; `child`: only
    for children or when unknown. Only `having`, `together` and `bcma` add; nothing here can lower a level.
    """

    id: str
    sign: str
    level: Level
    because: str
    source: str
    having: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    within: int | None = None
    bcma: bool = False
    child: bool = False
    soft: bool = False
