"""The points at which a fault strikes inside the product: around every commit, every REST call, every spooled note."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.desk.transport import AsgiTransport
from storage.database import Database, DatabaseDown
from storage.spool import Spool

WHERE = (
    "begin",
    "before commit",
    "after commit",
    "before send",
    "after send",
    "before keep",
    "after keep",
    "before drop",
)
# Where no transaction is open, another replica may do its work in between.
BETWEEN = ("begin", "after commit", "before send", "after send")
WHAT = ("kill", "down", "hiccup", "outage", "other")


class Killed(BaseException):
    """The process is dead: nothing of it goes on, not even what catches every Exception."""


@dataclass
class Trap:
    """At the `nth` time that the product comes to `where`, `what` happens."""

    where: str
    nth: int
    what: str


@dataclass
class Points:
    """The points of one run; all replicas share the traps and the state of the database."""

    traps: list[Trap] = field(default_factory=list)
    is_down: bool = False
    killed: bool = False
    deaths: int = 0
    refused: int = 0
    ambiguous: set[str] = field(default_factory=set)
    other: Callable[[], None] = lambda: None
    within: bool = False

    def at(self, where: str, about: str = "") -> None:
        """The product has come to this point."""
        if self.is_down and where in ("begin", "before commit"):
            self.refused += 1
            raise DatabaseDown("away")
        for trap in [one for one in self.traps if one.where == where and not self.within]:
            trap.nth -= 1
            if trap.nth <= 0:
                self.traps.remove(trap)
                self._spring(trap, about)

    def _spring(self, trap: Trap, about: str) -> None:
        if trap.where == "after send":
            self.ambiguous.add(about)
        if trap.what == "kill":
            self.killed = True
            raise Killed(trap.where)
        if trap.what == "other" and trap.where in BETWEEN:
            self.within = True
            try:
                self.other()
            finally:
                self.within = False
        if trap.what == "outage":
            self.is_down = True
        self._break(trap)

    def _break(self, trap: Trap) -> None:
        self.refused += 1
        of_database = trap.where in ("begin", "before commit", "after commit")
        if trap.what in ("down", "outage") and of_database:
            raise DatabaseDown("away")
        if trap.what == "hiccup" and of_database:
            cause = OperationalError("", {}, Exception("the connection died"), connection_invalidated=True)
            raise DatabaseDown("died") from cause
        if trap.what == "down" and trap.where.endswith("keep"):
            raise OSError(28, "No space left on device")


class LentDatabase(Database):
    """A database whose engine is lent: the engine outlives it."""

    def __init__(self, engine: Engine, secrets: Sequence[str]) -> None:
        super().__init__(str(engine.url), secrets, engine=engine)

    def close(self) -> None:
        """Its connections are closed by whom the engine belongs to."""


class WatchedDatabase(LentDatabase):
    """A database with points around its commit."""

    def __init__(self, engine: Engine, secrets: Sequence[str], points: Points) -> None:
        super().__init__(engine, secrets)
        self._points = points

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        self._points.at("begin")
        with super()._writing() as db:
            yield db
            self._points.at("before commit")
        self._points.at("after commit")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """The same as ever, unless the database is away."""
        if self._points.is_down:
            self._points.refused += 1
            raise DatabaseDown("away")
        with super().reading() as db:
            yield db

    def ping(self) -> bool:
        """Is it there?"""
        return not self._points.is_down and super().ping()


class WatchedSpool(Spool):
    """A spool with points around each note. On a file system in memory there is nothing to sync."""

    def __init__(self, folder: Path, secrets: Sequence[str], points: Points) -> None:
        super().__init__(folder, secrets)
        self._points = points

    def keep(self, kind: str, name: str, note: Mapping[str, Any]) -> bool:
        """Keep it."""
        self._points.at("before keep")
        kept = super().keep(kind, name, note)
        self._points.at("after keep")
        return kept

    def drop(self, kind: str, name: str) -> None:
        """Drop it."""
        self._points.at("before drop")
        super().drop(kind, name)


class WatchedTransport(httpx.BaseTransport):
    """The product's way to Twilio, with points before and after each request; `look` sees each and names its row."""

    def __init__(self, app: Any, points: Points, look: Callable[[httpx.Request], str]) -> None:
        self._inner = AsgiTransport(app)
        self._points, self._look = points, look

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass it on."""
        row = self._look(request)
        self._points.at("before send")
        try:
            response = self._inner.handle_request(request)
        except httpx.ReadTimeout:
            self._points.ambiguous.add(row)
            raise
        if response.status_code >= 500:
            self._points.ambiguous.add(row)
        self._points.at("after send", row)
        return response
