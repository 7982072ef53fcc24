"""The turnstile: so many at a time, in the order of arrival, danger first, and nobody waits for ever."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class TurnstileBusy(Exception):
    """Nobody came out in time."""


class Turnstile:
    """A fair semaphore: behind SQLite's own lock, or a connection pool, the unlucky wait until they time out."""

    def __init__(self, seats: int) -> None:
        self._guard = Lock()
        self._free = seats
        self._waiting: deque[Event] = deque()
        self._ahead: deque[Event] = deque()

    @contextmanager
    def passing(self, timeout: float, *, first: bool = False) -> Iterator[None]:
        """Hold a seat, or raise TurnstileBusy. Who comes `first` goes ahead of all who do not."""
        self._enter(timeout, self._ahead if first else self._waiting)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, timeout: float, queue: deque[Event]) -> None:
        ticket = Event()
        with self._guard:
            if self._free:
                self._free -= 1
                return
            queue.append(ticket)
        called = False
        try:
            called = ticket.wait(timeout)
        finally:
            if not called:
                self._give_up(ticket)
        if not called:
            raise TurnstileBusy(f"the database was busy for {timeout} s")

    def _leave(self) -> None:
        with self._guard:
            if queue := self._ahead or self._waiting:
                queue.popleft().set()
            else:
                self._free += 1

    def _give_up(self, ticket: Event) -> None:
        with self._guard:
            for queue in (self._ahead, self._waiting):
                if ticket in queue:
                    queue.remove(ticket)
                    return
        # Called in the very instant of giving up: the turn is passed on.
        self._leave()
