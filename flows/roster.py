"""The roster as the ladder sees it: who may be paged now, in which order."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.words import Language


@dataclass(frozen=True, slots=True)
class Specialist:
    """One specialist at this moment. `busy`: in a joined call. `texts_blocked`: sent STOP, so is called instead."""

    id: str
    tier: int
    languages: frozenset[Language] = field(default_factory=lambda: frozenset(Language))
    on_call: bool = True
    busy: bool = False
    texts_blocked: bool = False


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


def in_order(specialists: Iterable[Specialist], language: Language) -> list[Specialist]:
    """Those who speak the patient's language first, then by tier; each keeps its place otherwise."""
    return sorted(specialists, key=lambda one: (language not in one.languages, one.tier))
