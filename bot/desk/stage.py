"""The stage: a product and a desk joined in one process, single-threaded, on a clock that is moved by hand.

It knows the product only by what it is given: its ASGI application, a function that works what is due, and one that
says when something is due next. Tests play on it, and so does `main.py talk`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.desk.desk import Desk
from bot.desk.phone import Phone

MOST_TURNS = 5000  # more things at one moment than this are a loop


class Product(Protocol):
    """What the stage must know of a product."""

    @property
    def app(self) -> Any:
        """Its ASGI application."""

    def work(self) -> int:
        """Do what is due now; how much that was."""

    def next_due(self) -> datetime | None:
        """When something is due next."""


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@dataclass
class Stage:
    """Product, desk and clock. `again` makes a new product over the same database: the old process is dead."""

    product: Product
    desk: Desk
    clock: MovedClock
    again: Callable[[], Product] | None = None

    def phone(self, number: str) -> Phone:
        """The phone with that number."""
        return self.desk.phone(number)

    def settle(self) -> None:
        """Let everything happen that is due at this moment, on both sides, until nothing is left."""
        for _ in range(MOST_TURNS):
            if not self.product.work() + self.desk.run_due():
                return
        raise RuntimeError("the stage does not come to rest: something is due again and again at one moment")

    def wait(self, seconds: float) -> None:
        """Move the clock, stopping wherever something is due."""
        end = self.clock.now + timedelta(seconds=seconds)
        self.settle()
        while (due := self._next()) is not None and due <= end:
            self.clock.now = max(due, self.clock.now)
            self.settle()
        self.clock.now = end
        self.settle()

    def crash(self) -> None:
        """The process is dead; another one starts over the same database."""
        assert self.again is not None
        self.product = self.again()

    def _next(self) -> datetime | None:
        times = (self.product.next_due(), self.desk.next_due())
        later = [time for time in times if time is not None]
        return min(later, default=None)
