"""The rungs of the ladder: who is paged how long after the round began, by which ways. Clocks: reference C6."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flows.case import Case, Timings
from flows.words import Channel

BOTH = (Channel.sms, Channel.voice)
CALL = (Channel.voice,)


class Who(StrEnum):
    """Whom a rung pages."""

    first = "first"
    second = "second"
    everyone = "everyone"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung: seconds after the round began, whom, by which channels."""

    name: str
    at: Callable[[Timings], int]
    who: Who
    by: tuple[Channel, ...]


# Read top to bottom; after the last rung the next round begins at once with the first one.
LADDER = (
    Rung("first", lambda _: 0, Who.first, BOTH),
    Rung("first_again", lambda t: t.second_call, Who.first, CALL),
    Rung("second", lambda t: t.next_tier, Who.second, BOTH),
    Rung("second_again", lambda t: t.next_tier + t.second_call, Who.second, CALL),
    Rung("everyone", lambda t: t.everyone, Who.everyone, BOTH),
    Rung("everyone_again", lambda t: t.everyone + t.second_call, Who.everyone, CALL),
)
# They say that 911 or an emergency room has them: the first tier every quarter of an hour, everyone each hour (C6).
QUARTER = 900
SLOW = (
    Rung("first", lambda _: 0, Who.first, BOTH),
    Rung("first_again", lambda _: QUARTER, Who.first, BOTH),
    Rung("first_again", lambda _: 2 * QUARTER, Who.first, BOTH),
    Rung("first_again", lambda _: 3 * QUARTER, Who.first, BOTH),
    Rung("everyone", lambda _: 4 * QUARTER, Who.everyone, BOTH),
)
SECOND = 2  # the rung that goes past the first tier


def ladder_of(case: Case) -> tuple[Rung, ...]:
    """The ladder that a case climbs."""
    return SLOW if case.slowed else LADDER


def round_length(case: Case) -> int:
    """Seconds from the start of one round of the ladder to the start of the next."""
    return 5 * QUARTER if case.slowed else case.timings.everyone + case.timings.next_tier
