"""The world that a request needs, put together once by main.py and passed along; there are no globals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Event

from bot.carrier import Carrier
from bot.center import Center
from bot.lifeline.lifeline import Lifeline
from bot.settings import Settings
from flows.library import Library
from storage.database import Database


@dataclass(frozen=True)
class World:
    """Everything outside of a turn. `clock` gives aware UTC; `wake` tells the engine that something is due."""

    settings: Settings
    center: Center
    library: Library
    database: Database
    carrier: Carrier
    clock: Callable[[], datetime]
    lifeline: Lifeline
    wake: Event = field(default_factory=Event)

    def today(self, now: datetime) -> date:
        """The date at the centre."""
        return self.local(now).date()

    def local(self, now: datetime) -> datetime:
        """The wall-clock time at the centre, without a zone, for the weekly windows."""
        return now.astimezone(self.center.zone).replace(tzinfo=None)

    def url(self, path: str) -> str:
        """A public URL below ours."""
        return self.settings.base_url + path
