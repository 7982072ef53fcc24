"""The turnstile: one at a time, in the order of arrival, and nobody waits for ever."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class TurnstileBusy(Exception):
    """Nobody came out in time."""


class Turnstile:
    """A fair lock: SQLite's own busy-waiting lets the unlucky wait twenty times as long as the lucky."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._taken = False
        self._waiting: deque[Event] = deque()

    @contextmanager
    def passing(self, timeout: float) -> Iterator[None]:
        """Hold the turnstile, or raise TurnstileBusy."""
        self._enter(timeout)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, timeout: float) -> None:
        ticket = Event()
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            self._waiting.append(ticket)
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
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    def _give_up(self, ticket: Event) -> None:
        with self._guard:
            if ticket in self._waiting:
                self._waiting.remove(ticket)
                return
        # Called in the very instant of giving up: the turn is passed on.
        self._leave()
