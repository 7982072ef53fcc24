"""The lifeline: keeps what comes without a database, pages from memory until somebody takes it, hands it over later."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from bot.lifeline.breaker import Breaker
from bot.lifeline.lost import KIND, TAKEN, Lost, Paging
from flows.model import Inbound
from flows.words import Channel, Level
from storage.roster import Entry
from storage.spool import Spool

log = logging.getLogger(__name__)


class Send(Protocol):
    """Sends one page; True if a carrier took it."""

    def __call__(self, lost: Lost, to: Entry, channel: Channel) -> bool:
        """Send it."""


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


class Lifeline:
    """Of one process. `on_call`: who may be paged now, from memory."""

    def __init__(
        self, spool: Spool, clock: Callable[[], datetime], on_call: Callable[[datetime], Sequence[Entry]]
    ) -> None:
        self.spool = spool
        self.breaker = Breaker(clock)
        self._clock = clock
        self._on_call = on_call
        self._lock = Lock()
        self._pagings: dict[str, Paging] = {}

    def keep(self, inbound: Inbound, level: Level | None) -> Lost:
        """Keep a message on disk, and page for it if it is grave; this process keeps and pages for a repeat once."""
        now = self._clock()
        lost = Lost.of(inbound, level, now)
        first = self.spool.keep(KIND, inbound.sid, lost.note())
        # A repeat that another process kept is paged for here as well: that process may have died with it.
        if lost.level is not None and (first or self.taken_by(lost.code) is None):
            with self._lock:
                self._pagings.setdefault(lost.code, Paging(lost, now))
        return lost

    def remember(self) -> None:
        """After a start: go on paging for what an earlier process kept."""
        now = self._clock()
        for note in self.spool.notes(KIND):
            lost = Lost.from_note(note)
            if lost.level is not None and self.taken_by(lost.code) is None:
                with self._lock:
                    self._pagings.setdefault(lost.code, Paging(lost, now))

    def page(self, send: Send) -> int:
        """Send the pages that are due; how many that were."""
        now = self._clock()
        with self._lock:
            due = [(paging, rung) for paging in self._pagings.values() if (rung := _due(paging, now)) is not None]
            for paging, _ in due:
                paging.rung += 1
        return sum(self._send(send, paging.lost, rung) for paging, rung in due)

    def _send(self, send: Send, lost: Lost, rung: Rung) -> int:
        people = [one for one in self._on_call(self._clock()) if one.tier <= rung.tier]
        sent = [send(lost, one, channel) for one in people for channel in rung.by]
        log.warning("paged without a database: code %s, %d of %d taken by the carrier", lost.code, sum(sent), len(sent))
        return len(sent)

    def accept(self, code: str, phone: str) -> bool:
        """Take a lost message; the first one wins, over all processes that share the spool."""
        won = self.spool.keep(TAKEN, code, {"code": code, "by": phone, "at": self._clock().isoformat()})
        with self._lock:
            self._pagings.pop(code, None)
        return won or self.taken_by(code) == phone

    def taken_by(self, code: str) -> str | None:
        """The number of who took it."""
        note = self.spool.note(TAKEN, code)
        return None if note is None else str(note["by"])

    def find(self, code: str) -> Lost | None:
        """The message with that code, from the spool."""
        return next((lost for note in self.spool.notes(KIND) if (lost := Lost.from_note(note)).code == code), None)

    def open_codes(self) -> list[str]:
        """The codes that nobody has taken."""
        with self._lock:
            return sorted(self._pagings)

    def handed_over(self, lost: Lost) -> None:
        """The database has it: no more paging from memory."""
        with self._lock:
            self._pagings.pop(lost.code, None)
        self.spool.drop(KIND, lost.sid)
        self.spool.drop(TAKEN, lost.code)

    def next_due(self) -> datetime | None:
        """When the next page from memory is due."""
        with self._lock:
            return min((_at(paging) for paging in self._pagings.values()), default=None)


def _at(paging: Paging) -> datetime:
    last = RUNGS[-1].at
    late = (paging.rung - len(RUNGS) + 1) * REPEAT
    return paging.since + timedelta(seconds=RUNGS[paging.rung].at if paging.rung < len(RUNGS) else last + late)


def _due(paging: Paging, now: datetime) -> Rung | None:
    if now < _at(paging):
        return None
    return RUNGS[min(paging.rung, len(RUNGS) - 1)]
