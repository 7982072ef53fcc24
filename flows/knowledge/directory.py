"""The directory: organizations that help, and whether their line is open at a given moment."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flows.oncall import on_call

ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Organization:
    """Who helps. `open`: weekly windows in `zone`; none = the hours are not confirmed."""

    id: str
    name: str
    phone: str | None
    open: tuple[str, ...]
    zone: str
    checked: date

    @property
    def key(self) -> str:
        """The catalog's key of its line."""
        return f"org.{self.id}"

    def is_open(self, now: datetime) -> bool | None:
        """Whether somebody answers at that moment (with its time zone); None where we do not know."""
        if not self.open:
            return None
        return ALWAYS in self.open or on_call(self.open, now.astimezone(ZoneInfo(self.zone)))


Directory = Mapping[str, Organization]


def parse(documents: Mapping[str, str]) -> Directory:
    """The organizations in these files (name → TOML text), in their order."""
    found = {}
    for text in documents.values():
        for name, table in tomllib.loads(text).get("organization", {}).items():
            found[name] = Organization(
                id=name,
                name=table["name"],
                phone=table.get("phone"),
                open=tuple(table.get("open", ())),
                zone=table.get("zone", "America/New_York"),
                checked=table["checked"],
            )
    return found
