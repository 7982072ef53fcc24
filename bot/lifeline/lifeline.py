"""The lifeline: keeps what comes without a database, pages from memory until somebody takes it, hands it over later."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Protocol

from bot.lifeline.breaker import Breaker
from bot.lifeline.calls import Call, Calls
from bot.lifeline.lost import CODE, KIND, TAKEN, Lost, Paging, code_of, codes_of
from bot.lifeline.rungs import due_at, people_of, stepped, taken_back
from flows.model import Inbound
from flows.words import Channel, Level
from storage.roster import Entry
from storage.spool import Spool

log = logging.getLogger(__name__)


class Send(Protocol):
    """Sends one page; True if a carrier took it."""

    def __call__(self, lost: Lost, to: Entry, channel: Channel, waiting: int) -> bool:
        """Send it; a call speaks for so many messages."""


Begin = Callable[[Callable[[], object]], object]


def at_once(do: Callable[[], object]) -> object:
    """Begin a send by doing it here and now."""
    return do()


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
        self._calls = Calls()

    def keep(self, inbound: Inbound, level: Level | None) -> Lost:
        """Keep a message on disk, and page for it if it is grave; this process keeps and pages for a repeat once.

        Raises OSError where the disk does not take it; it is paged for all the same, and is kept as soon as it can be.
        """
        now = self._clock()
        lost = Lost.of(inbound, level, now, "" if level is None else self._code(inbound.sid))
        try:
            first = self.spool.keep(KIND, inbound.sid, lost.note())
        except OSError:
            self._page_for(Paging(lost, now, kept=False))
            raise
        # A repeat that another process kept is paged for here as well: that process may have died with it.
        if first or self.taken_by(lost.code) is None:
            self._page_for(Paging(lost, now))
        return lost

    def _page_for(self, paging: Paging) -> None:
        if paging.lost.level is not None:
            with self._lock:
                self._pagings.setdefault(paging.lost.sid, paging)

    def remember(self) -> None:
        """After a start: go on paging for what an earlier process kept."""
        now = self._clock()
        for note in self.spool.notes(KIND):
            lost = Lost.from_note(note)
            if self.taken_by(lost.code) is None:
                self._page_for(Paging(lost, now))

    def _code(self, sid: str) -> str:
        """A code that no other message has, over all processes that share the spool."""
        with suppress(OSError):
            for code in codes_of(sid):
                if self.spool.keep(CODE, code, {"sid": sid}) or (self.spool.note(CODE, code) or {}).get("sid") == sid:
                    return code
        return code_of(sid)  # a full disk, or more messages than codes: better one code for two than none

    def page(self, send: Send, begin: Begin = at_once) -> int:
        """Send the pages that are due; how many that were. With `begin` they leave side by side."""
        now = self._clock()
        self._keep_the_unkept()
        with self._lock:
            due = [(paging, stepped(paging)) for paging in self._pagings.values() if due_at(paging) <= now]
        on_call = self._on_call(now) if due else ()
        for paging, rung in due:
            people = people_of(rung, on_call)
            for one in people if Channel.voice in rung.by else ():
                self._calls.want(one, paging.lost)
            if people and Channel.sms in rung.by:
                begin(partial(self._text, send, paging, people))
        calls = self._calls.due(now)
        for call in calls:
            begin(partial(self._ring, send, call))
        return len(due) + len(calls)

    def _keep_the_unkept(self) -> None:
        """What the disk did not take when it came."""
        with self._lock:
            unkept = [paging for paging in self._pagings.values() if not paging.kept]
        for paging in unkept:
            with suppress(OSError):
                self.spool.keep(KIND, paging.lost.sid, paging.lost.note())
                paging.kept = True

    def _text(self, send: Send, paging: Paging, people: Sequence[Entry]) -> None:
        sent = [send(paging.lost, one, Channel.sms, 1) for one in people]
        log.warning("texted without a database: code %s, %d of %d taken", paging.lost.code, sum(sent), len(sent))
        with self._lock:
            if any(sent):
                paging.refused = 0
            else:
                taken_back(paging, self._clock())

    def _ring(self, send: Send, call: Call) -> None:
        if not send(call.lost, call.to, Channel.voice, len(call.waiting)):
            self._calls.refused(call, self._clock())

    def accept(self, code: str, phone: str) -> bool:
        """Take a lost message; the first one wins, over all processes that share the spool."""
        won = self.spool.keep(TAKEN, code, {"code": code, "by": phone, "at": self._clock().isoformat()})
        self._over(code)
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
            return sorted({paging.lost.code for paging in self._pagings.values()})

    def handed_over(self, lost: Lost) -> None:
        """The database has it: no more paging from memory."""
        self._over(lost.code)
        self.spool.drop(KIND, lost.sid)
        self.spool.drop(TAKEN, lost.code)
        self.spool.drop(CODE, lost.code)

    def _over(self, code: str) -> None:
        with self._lock:
            self._pagings = {sid: one for sid, one in self._pagings.items() if one.lost.code != code}
        self._calls.over(code)

    def next_due(self) -> datetime | None:
        """When the next page from memory is due."""
        with self._lock:
            times = [due_at(paging) for paging in self._pagings.values()]
        calls = self._calls.next_due()
        return min([*times, *([calls] if calls else [])], default=None)
