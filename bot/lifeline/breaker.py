"""The breaker: after two failures in a row nobody waits for the database any more; it is tried again each second."""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

FAILURES = 2
PROBE_EVERY = timedelta(seconds=1)


class Breaker:
    """Thread-safe. Closed = the database is asked; open = only one caller a second asks, the others do without."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._probe_at: datetime | None = None

    def lets_through(self) -> bool:
        """May this caller ask the database?"""
        with self._lock:
            if self._failures < FAILURES or self._probe_at is None:
                return True
            if self._clock() < self._probe_at:
                return False
            self._probe_at = self._clock() + PROBE_EVERY
            return True

    def failed(self) -> None:
        """The database did not answer."""
        with self._lock:
            self._failures += 1
            self._probe_at = self._clock() + PROBE_EVERY

    def worked(self) -> None:
        """The database answered."""
        with self._lock:
            self._failures, self._probe_at = 0, None

    @property
    def closed(self) -> bool:
        """Is all well, as far as we know?"""
        with self._lock:
            return self._failures == 0
