"""The roster as the ladder sees it: who may be paged now, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.words import Language


@dataclass(frozen=True, slots=True)
class Specialist:
    """One specialist at this moment.

    `busy`: in a joined call. `full`: has as many cases as they may have. `texts_blocked`: sent STOP, so is called
    instead. `children`: is there for children.
    """

    id: str
    tier: int
    languages: frozenset[Language] = field(default_factory=lambda: frozenset(Language))
    on_call: bool = True
    busy: bool = False
    full: bool = False
    texts_blocked: bool = False
    children: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """All active specialists, read afresh at every rung."""

    specialists: tuple[Specialist, ...]

    def on_call(self) -> list[Specialist]:
        """Those on call now."""
        return [one for one in self.specialists if one.on_call]

    def tier(self, number: int) -> list[Specialist]:
        """The `number`th tier (1 = first) among the tiers that have somebody on call now; may be empty."""
        tiers = sorted({one.tier for one in self.on_call()})
        if not 1 <= number <= len(tiers):
            return []
        return [one for one in self.on_call() if one.tier == tiers[number - 1]]

    def first(self) -> list[Specialist]:
        """The first tier; with the second one where nobody in the first can take another case now."""
        tier = self.tier(1)
        taken = bool(tier) and all(one.busy or one.full for one in tier)
        return [*tier, *self.tier(2)] if taken else tier


def in_order(specialists: Iterable[Specialist], language: Language, child: bool = False) -> list[Specialist]:
    """Those who are there for a child's case first, then those who speak the patient's language, then by tier."""
    return sorted(specialists, key=lambda one: (child and not one.children, language not in one.languages, one.tier))
