"""A message that came while there was no database: what is kept of it, and its code of the nines."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from flows.model import Inbound
from flows.words import Channel, Level

KIND, TAKEN, CODE = "lost", "taken", "code"
DRAWS = 2000  # so many that a free code is found while there is one


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
    def of(cls, inbound: Inbound, level: Level | None, now: datetime, code: str = "") -> "Lost":
        """The note of an inbound."""
        grave = None if level is None else int(level)
        code = code or code_of(inbound.sid)
        return cls(inbound.sid, inbound.sender, inbound.channel.value, inbound.text, grave, now.isoformat(), code)

    @classmethod
    def from_note(cls, note: Mapping[str, Any]) -> "Lost":
        """From a note of the spool; a field of another version is left out."""
        known: dict[str, Any] = {name: note.get(name) for name in cls.__dataclass_fields__}
        return cls(**known)

    @property
    def grade(self) -> str:
        """Its level, as specialists read and hear it; what was not read counts as urgent."""
        return Level(Level.URGENT if self.level is None else self.level).name.replace("_", " ")

    def note(self) -> dict[str, Any]:
        """As kept in the spool."""
        return asdict(self)

    def inbound(self) -> Inbound:
        """As the conversation gets it, once the database is back."""
        return Inbound(self.sid, self.sender, Channel(self.channel), self.text)


def codes_of(sid: str) -> Iterator[str]:
    """Codes from 9000 up, in the same order on every replica; none looks like the emergency number."""
    for salt in range(DRAWS):
        code = 9000 + int.from_bytes(sha256(f"{sid}/{salt}".encode()).digest()[:4], "big") % 1000
        if "911" not in str(code):
            yield str(code)


def code_of(sid: str) -> str:
    """The code that a message has unless another one had it first."""
    return next(codes_of(sid))


@dataclass
class Paging:
    """How far paging for a lost message has come, in this process.

    `refused`: how often no carrier took the texts of the rung; `not_before`: when they are tried again; `kept`: the
    disk has it, so that it outlives this process.
    """

    lost: Lost
    since: datetime
    rung: int = 0
    refused: int = 0
    not_before: datetime | None = None
    kept: bool = True
