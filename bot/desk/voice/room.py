"""Conferences: Twilio's Conference and Participant resources."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.desk.voice.call import Call, Callback, Listener


@dataclass
class Participant:
    """A call in a conference."""

    call: Call
    label: str
    joined: datetime
    starts: bool = True
    ends: bool = False
    muted: bool = False
    hold: bool = False
    wait_url: str | None = None  # None = Twilio's music, "" = silence
    wait_method: str = "POST"
    waiting: Listener | None = None
    outer: Listener | None = None
    left: Callable[[], None] = field(default=lambda: None)


@dataclass
class Room:
    """A conference; it is over when its status is completed."""

    sid: str
    name: str
    created: datetime
    status: str = "init"
    updated: datetime | None = None
    callback: Callback | None = None
    sequence: int = 0
    ended_because: str | None = None
    ended_by: str | None = None
    participants: dict[str, Participant] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """It has ended."""
        return self.status == "completed"
