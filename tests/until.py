"""Waiting for something to become true elsewhere: looked at again and again, never longer than a deadline."""

from collections.abc import Callable
from threading import Event
from time import monotonic

DEADLINE = 60.0  # seconds: a loaded machine may be slow, which is no fault
PAUSE = 0.05


def until(true: Callable[[], object], what: str, seconds: float = DEADLINE) -> None:
    """Return as soon as it is true; fail, saying what was waited for, at the deadline."""
    give_up = monotonic() + seconds
    nothing = Event()
    while not true():
        assert monotonic() < give_up, f"not within {seconds} s: {what}"
        nothing.wait(PAUSE)
