"""A message that came while there was no database: what is kept of it, and its code of the nines."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from flows.model import Inbound
from flows.words import Channel, Level

KIND, TAKEN = "lost", "taken"


@dataclass(frozen=True, slots=True)
class Lost:
    """`level` None = no danger sign in it. `at`: ISO time at which it came."""

    sid: str
    sender: str
    channel: str
    text: str
    level: int | None
    at: str
    code: str

    @classmethod
    def of(cls, inbound: Inbound, level: Level | None, now: datetime) -> "Lost":
        """The note of an inbound."""
        grave = None if level is None else int(level)
        code = code_of(inbound.sid)
        return cls(inbound.sid, inbound.sender, inbound.channel.value, inbound.text, grave, now.isoformat(), code)

    @classmethod
    def from_note(cls, note: Mapping[str, Any]) -> "Lost":
        """From a note of the spool; a field of another version is left out."""
        return cls(**{name: note.get(name) for name in cls.__dataclass_fields__})  # type: ignore[arg-type]

    def note(self) -> dict[str, Any]:
        """As kept in the spool."""
        return asdict(self)

    def inbound(self) -> Inbound:
        """As the conversation gets it, once the database is back."""
        return Inbound(self.sid, self.sender, Channel(self.channel), self.text)


def code_of(sid: str) -> str:
    """A code from 9000 up, the same on every replica; it never looks like the emergency number."""
    for salt in range(1000):
        code = 9000 + int.from_bytes(sha256(f"{sid}/{salt}".encode()).digest()[:4], "big") % 1000
        if "911" not in str(code):
            return str(code)
    raise AssertionError("a thousand draws without a code")


@dataclass
class Paging:
    """How far paging for a lost message has come, in this process. `accepted`: the number of who took it."""

    lost: Lost
    since: datetime
    rung: int = 0
    accepted: str | None = None
    tries: dict[str, int] = field(default_factory=dict)
