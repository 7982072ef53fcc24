"""Calls from memory: to one phone one at a time, since a second one would find it busy; what waits becomes one call."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from bot.lifeline.lost import Lost
from storage.roster import Entry

# As long as a phone rings before the carrier gives up.
RINGS = timedelta(seconds=25)
AGAIN = timedelta(seconds=3)  # after a call that no carrier took


@dataclass(frozen=True, slots=True)
class Call:
    """One call to make: for the gravest message, then the oldest, of those that wait for this phone."""

    to: Entry
    lost: Lost
    waiting: tuple[Lost, ...]


@dataclass
class Queue:
    """What waits for one phone, by code, and when it may ring again."""

    to: Entry
    waiting: dict[str, Lost] = field(default_factory=dict)
    free_at: datetime | None = None

    def ready(self, now: datetime) -> bool:
        """Does something wait, and may it ring?"""
        return bool(self.waiting) and (self.free_at is None or self.free_at <= now)


class Calls:
    """Of one process. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queues: dict[str, Queue] = {}

    def want(self, to: Entry, lost: Lost) -> None:
        """That phone should ring for that message."""
        with self._lock:
            self._queues.setdefault(to.phone, Queue(to)).waiting[lost.code] = lost

    def due(self, now: datetime) -> list[Call]:
        """The calls to make now, one for each phone that may ring; each speaks for all that waits for its phone."""
        with self._lock:
            return [_taken(queue, now) for queue in self._queues.values() if queue.ready(now)]

    def refused(self, call: Call, now: datetime) -> None:
        """No carrier took it: all that it spoke for waits again."""
        with self._lock:
            queue = self._queues[call.to.phone]
            queue.waiting = {lost.code: lost for lost in call.waiting} | queue.waiting
            queue.free_at = now + AGAIN

    def over(self, code: str) -> None:
        """Nobody need be called for that message any more."""
        with self._lock:
            for queue in self._queues.values():
                queue.waiting.pop(code, None)

    def next_due(self) -> datetime | None:
        """When a phone that has rung may ring for the next; nothing to say of calls that are due at once."""
        with self._lock:
            return min((one.free_at for one in self._queues.values() if one.waiting and one.free_at), default=None)


def _taken(queue: Queue, now: datetime) -> Call:
    waiting = tuple(sorted(queue.waiting.values(), key=lambda lost: (-(lost.level or 0), lost.at)))
    queue.waiting, queue.free_at = {}, now + RINGS
    return Call(queue.to, waiting[0], waiting)
