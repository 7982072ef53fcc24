"""The short ladder without a database: who is paged from memory, how long after a message came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.lifeline.lost import Paging
from flows.words import Channel
from storage.roster import Entry


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the short ladder: seconds after the message came, the highest tier that is paged, by which ways."""

    at: int
    tier: int
    by: tuple[Channel, ...]


BOTH = (Channel.sms, Channel.voice)
# Shorter than the ladder of rows, and without its finesse: nobody's state is known now. The last one repeats.
RUNGS = (Rung(0, 1, BOTH), Rung(60, 1, (Channel.voice,)), Rung(120, 2, BOTH), Rung(240, 99, BOTH))
REPEAT = 180  # seconds between two rounds to everyone
AGAIN = timedelta(seconds=3)  # after texts that no carrier took
TRIES = 5


def due_at(paging: Paging) -> datetime:
    """When the next rung of a message is due."""
    last = RUNGS[-1].at
    late = (paging.rung - len(RUNGS) + 1) * REPEAT
    at = paging.since + timedelta(seconds=RUNGS[paging.rung].at if paging.rung < len(RUNGS) else last + late)
    return max(at, paging.not_before or at)


def rung_of(paging: Paging) -> Rung:
    """The rung that is next."""
    return RUNGS[min(paging.rung, len(RUNGS) - 1)]


def people_of(rung: Rung, on_call: Sequence[Entry]) -> Sequence[Entry]:
    """Whom a rung pages; where that is nobody, whoever there is."""
    return [one for one in on_call if one.tier <= rung.tier] or on_call


def taken_back(paging: Paging, now: datetime) -> None:
    """No carrier took the texts of a rung: soon once more, but not for ever."""
    paging.refused += 1
    if paging.refused < TRIES:
        paging.rung, paging.not_before = max(paging.rung - 1, 0), now + AGAIN


def stepped(paging: Paging) -> Rung:
    """The rung that is due; the next one is next."""
    rung = rung_of(paging)
    paging.rung, paging.not_before = paging.rung + 1, None
    return rung
