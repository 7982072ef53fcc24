"""Calls: Twilio's Call resource, one leg between Twilio and a phone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.desk.time.agenda import Entry

FINAL = ("completed", "busy", "no-answer", "failed", "canceled")


class Listener(Protocol):
    """What runs on a call and may wait for its keys and words."""

    def key(self, digits: str) -> None:
        """A key was pressed."""

    def speech(self, words: str) -> None:
        """Something was said."""

    def stop(self) -> None:
        """Do nothing more."""


@dataclass(frozen=True)
class Callback:
    """Where the life of a call or a conference is reported, and which parts of it."""

    url: str
    events: tuple[str, ...]
    method: str = "POST"


@dataclass
class Call:
    """One leg."""

    sid: str
    from_: str
    to: str
    direction: str
    number: str  # of the phone at the other end
    created: datetime
    status: str = "queued"
    parent: str = ""
    callback: Callback | None = None
    timeout: float = 60
    time_limit: float = 14400
    fallback: str = ""
    fallback_method: str = "POST"
    machine_detection: str = ""
    amd_callback: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    sip: int | None = None
    sequence: int = 0
    seen: bool = False
    script: Listener | None = None
    partner: "Call | None" = None  # bridged with, by <Dial><Number>
    room: str = ""  # sid of the conference it is in
    pending: list[Entry] = field(default_factory=list)
    on_answer: Callable[[], None] = field(default=lambda: None)
    on_leave: Callable[[], None] | None = None  # undoes a bridge or a conference
    on_end: list[Callable[[], None]] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """It has ended, one way or another."""
        return self.status in FINAL

    @property
    def inbound(self) -> bool:
        """A phone called the helpline."""
        return self.direction == "inbound"

    def seconds(self) -> int:
        """How long it was talked."""
        if self.answered_at is None or self.ended_at is None:
            return 0
        return max(0, round((self.ended_at - self.answered_at).total_seconds()))
