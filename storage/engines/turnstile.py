"""The turnstile: so many at a time, the most urgent first, then in the order of arrival, and nobody waits for ever."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from threading import Event, Lock
from time import monotonic


class TurnstileBusy(Exception):
    """Nobody came out in time."""


class Rank(IntEnum):
    """Who goes before whom. A page that waits to leave is short, and somebody in danger has waited for it already."""

    ordinary = 0
    danger = 1
    page = 2


class Turnstile:
    """A fair semaphore: behind SQLite's own lock, or a connection pool, the unlucky wait until they time out."""

    def __init__(self, seats: int) -> None:
        self._guard = Lock()
        self._free = seats
        self._moved_at = 0.0
        self._waiting: tuple[deque[Event], ...] = tuple(deque[Event]() for _ in Rank)

    @contextmanager
    def passing(self, timeout: float, rank: Rank = Rank.ordinary, at_most: float = 0.0) -> Iterator[None]:
        """Hold a seat, or raise TurnstileBusy. A higher rank goes ahead of all lower ones.

        Nobody comes out for `timeout`: whoever is inside is stuck. While the line moves, it is worth waiting `at_most`.
        """
        self._enter(timeout, max(timeout, at_most), self._waiting[rank])
        try:
            yield
        finally:
            self._leave()

    def waiting(self, *ranks: Rank) -> int:
        """How many wait now, of these ranks, or of all."""
        with self._guard:
            return sum(len(self._waiting[rank]) for rank in ranks or Rank)

    def _enter(self, timeout: float, at_most: float, queue: deque[Event]) -> None:
        ticket, came = Event(), monotonic()
        with self._guard:
            if self._free:
                self._free -= 1
                return
            queue.append(ticket)
        called = False
        try:
            left = timeout
            while left >= 0 and not (called := ticket.wait(left)):
                left = min(max(came, self._moved_at) + timeout, came + at_most) - monotonic()
        finally:
            if not called:
                self._give_up(ticket)
        if not called:
            raise TurnstileBusy(f"the database was busy for {monotonic() - came:.1f} s")

    def _leave(self) -> None:
        with self._guard:
            self._moved_at = monotonic()
            queue = next((queue for queue in reversed(self._waiting) if queue), None)
            if queue:
                queue.popleft().set()
            else:
                self._free += 1

    def _give_up(self, ticket: Event) -> None:
        with self._guard:
            for queue in self._waiting:
                if ticket in queue:
                    queue.remove(ticket)
                    return
        # Called in the very instant of giving up: the turn is passed on.
        self._leave()
