"""A phone as it lies on the desk: what it got, what it hears, how its owner behaves."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.desk.config import Kind
from bot.desk.texts.text import Text
from bot.desk.voice.call import Call

Behaviour = Literal["person", "voicemail", "silent", "busy", "off"]


@dataclass(frozen=True)
class Spoken:
    """Something said on a call: by the product (`by` is empty), or by the phone with number `by`."""

    text: str
    language: str
    at: datetime
    call_sid: str
    by: str = ""


@dataclass
class Handset:
    """One phone."""

    number: str
    label: str
    kind: Kind
    hint: str = ""
    behaviour: Behaviour = "person"
    auto: Literal["", "accept"] = ""
    greeting: str = "You have reached my voicemail. Please leave a message after the tone."
    blocked: bool = False
    thread: list[Text] = field(default_factory=list)
    transcript: list[Spoken] = field(default_factory=list)
    ringing: list[Call] = field(default_factory=list)
    call: Call | None = None
    history: list[Call] = field(default_factory=list)

    @property
    def heard(self) -> list[Spoken]:
        """What its owner has heard; their own words and keys are in `transcript` only."""
        return [spoken for spoken in self.transcript if spoken.by != self.number]
