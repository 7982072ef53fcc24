"""What will happen on the desk, and when: a queue of actions by due time."""

import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

# An action runs while the desk is locked. Where it needs the network it returns an errand, which runs
# unlocked and gives back what is to be done with the answer (locked again).
Finish = Callable[[], None]
Errand = Callable[[], Finish]
Action = Callable[[], "Errand | None"]


@dataclass(order=True)
class Entry:
    """One thing that will happen; `cancel()` makes it not happen."""

    due: datetime
    order: int
    action: Action = field(compare=False)
    canceled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Take it off the agenda."""
        self.canceled = True


class Agenda:
    """Entries by due time; those due together come in the order in which they were put."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._entries: list[Entry] = []
        self._orders = itertools.count()

    def put(self, due: datetime, action: Action) -> Entry:
        """Plan an action."""
        entry = Entry(due, next(self._orders), action)
        heapq.heappush(self._entries, entry)
        return entry

    def next_due(self) -> datetime | None:
        """When the next thing happens; None when nothing is planned."""
        while self._entries and self._entries[0].canceled:
            heapq.heappop(self._entries)
        return self._entries[0].due if self._entries else None

    def take(self, now: datetime) -> Entry | None:
        """Remove and return the first entry that is due."""
        due = self.next_due()
        return heapq.heappop(self._entries) if due is not None and due <= now else None
