"""On-call windows: which wall-clock times of the week a specialist is on call."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
WEEK = 7 * DAY

_CLOCK = r"(\d{1,2}):(\d{2})"
_NAME = r"(mon|tue|wed|thu|fri|sat|sun)"
# "Fri 19:00-Mon 07:00": one stretch that may last for days
_STRETCH = re.compile(rf"{_NAME}\s+{_CLOCK}\s*-\s*{_NAME}\s+{_CLOCK}", re.IGNORECASE)
# "Mon-Fri 07:00-19:00", "Sat,Sun 19:00-07:00": the same hours on several days, past midnight if the end is earlier
_HOURS = re.compile(rf"([a-z,\s-]+?)\s+{_CLOCK}\s*-\s*{_CLOCK}", re.IGNORECASE)


class WindowError(ValueError):
    """A window that cannot be read; the message says which and what one looks like."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Minutes of the week from Monday 00:00, `[start, start + length)`, going round the end of the week."""

    start: int
    length: int

    def covers(self, minute: int) -> bool:
        """Is that minute of the week inside?"""
        return (minute - self.start) % WEEK < self.length


def parse(window: str) -> tuple[Stretch, ...]:
    """Read one window such as `Mon-Fri 07:00-19:00` or `Fri 19:00-Mon 07:00`.

    Raises WindowError.
    """
    text = window.strip()
    stretch = _STRETCH.fullmatch(text)
    if stretch:
        first, hour, minute, last, to_hour, to_minute = stretch.groups()
        start = DAYS.index(first.lower()) * DAY + _minutes(window, hour, minute)
        end = DAYS.index(last.lower()) * DAY + _minutes(window, to_hour, to_minute)
        return (Stretch(start, (end - start) % WEEK or WEEK),)
    hours = _HOURS.fullmatch(text)
    if not hours:
        raise WindowError(f"on_call {window!r}: write it as 'Mon-Fri 07:00-19:00' or 'Fri 19:00-Mon 07:00'")
    days, hour, minute, to_hour, to_minute = hours.groups()
    start, end = _minutes(window, hour, minute), _minutes(window, to_hour, to_minute)
    length = (end - start) % DAY or DAY
    return tuple(Stretch(day * DAY + start, length) for day in _days(window, days))


def _minutes(window: str, hour: str, minute: str) -> int:
    value = int(hour) * 60 + int(minute)
    if value > DAY or int(minute) > 59:
        raise WindowError(f"on_call {window!r}: {hour}:{minute} is not a time of day")
    return value


def _days(window: str, text: str) -> list[int]:
    days: list[int] = []
    for part in text.replace(" ", "").lower().split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise WindowError(f"on_call {window!r}: days are Mon, Tue, Wed, Thu, Fri, Sat, Sun")
        start = DAYS.index(first)
        count = (DAYS.index(last) - start) % 7 if last else 0
        days.extend((start + step) % 7 for step in range(count + 1))
    return days


def on_call(windows: Iterable[str], local: datetime) -> bool:
    """Is somebody with these windows on call at that local wall-clock time? No windows = always.

    Wall-clock time carries a window over a change to or from daylight saving: 07:00 stays 07:00.
    """
    stretches = [stretch for window in windows for stretch in parse(window)]
    minute = local.weekday() * DAY + local.hour * 60 + local.minute
    return not stretches or any(stretch.covers(minute) for stretch in stretches)
