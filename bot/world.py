"""The world that a request needs, put together once by main.py and passed along; there are no globals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event

from bot.carrier import Carrier
from bot.center import Center
from bot.lifeline.lifeline import Lifeline
from bot.settings import Settings
from bot.shelf import Shelf
from flows.case import Timings
from flows.library import Library
from flows.words import Level
from storage.database import Database


@dataclass(frozen=True)
class World:
    """Everything outside of a turn. `clock` gives aware UTC; `wake` tells the engine that something is due."""

    settings: Settings
    center: Center
    shelf: Shelf
    database: Database
    carrier: Carrier
    clock: Callable[[], datetime]
    lifeline: Lifeline
    wake: Event = field(default_factory=Event)

    @property
    def library(self) -> Library:
        """The words and rules in force now."""
        return self.shelf.library

    def timings(self, level: Level) -> Timings:
        """The clocks for a level, as they are now; a snapshot of them goes with each case."""
        return self.library.clocks.timings[level]

    def today(self, now: datetime) -> date:
        """The date at the centre."""
        return self.local(now).date()

    def local(self, now: datetime) -> datetime:
        """The wall-clock time at the centre, without a zone, for the weekly windows."""
        return now.astimezone(self.center.zone).replace(tzinfo=None)

    def url(self, path: str) -> str:
        """A public URL below ours."""
        return self.settings.base_url + path
