"""When which process was dead: what a kill explains, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Absences:
    """The times between each kill and the moment at which the next process answered, by the port of the replica."""

    ports: Sequence[int] = ()
    gone: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def add(self, port: int, gone: datetime, back: datetime) -> None:
        """That replica was dead from then to then."""
        self.gone.setdefault(port, []).append((gone, back))

    def killed_between(self, start: datetime, end: datetime) -> bool:
        """Was any process killed in that time?"""
        return any(start <= gone <= end for times in self.gone.values() for gone, _ in times)

    def somebody_lived(self, start: datetime, end: datetime, long_enough: timedelta) -> bool:
        """Was any one process there, in that time, for so long without a break?"""
        return any(self._lived(port, start, end) >= long_enough for port in self.ports)

    def _lived(self, port: int, start: datetime, end: datetime) -> timedelta:
        longest, since = timedelta(0), start
        for gone, back in sorted(self.gone.get(port, [])):
            if back <= start or gone >= end:
                continue
            longest = max(longest, gone - since)
            since = back
        return max(longest, end - since)
