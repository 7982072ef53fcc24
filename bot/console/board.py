"""The queue as the page shows it: open cases by level and waiting time, their clocks, and who is on call."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.console.wording import LEVELS
from bot.world import World
from flows.case import CaseState
from flows.words import Level
from storage.casebook import names, versions
from storage.cases import open_cases
from storage.roster import roster
from storage.tables import CaseRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open case as a line of the queue: no word, name or number of the patient."""

    code: str
    level: str
    tone: str
    state: str
    owner: str
    mine: bool
    since: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    due: str
    language: str
    channel: str


@dataclass(frozen=True, slots=True)
class OnCall:
    """Somebody who is on call now."""

    name: str
    tier: int
    texts_blocked: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The whole queue. `loud`: how many urgent cases nobody has."""

    cases: list[Waiting]
    on_call: list[OnCall]
    version: str
    loud: int


def board(world: World, db: Session, specialist_id: str | None, now: datetime) -> Board:
    """The queue as it stands."""
    called = names(db)
    rows = open_cases(db)
    people = roster(db, world.local(now)).on_call()
    return Board(
        cases=[_waiting(row, called, specialist_id) for row in rows],
        on_call=[OnCall(called.get(one.id, "?"), one.tier, one.texts_blocked) for one in people],
        version=board_version(world, db, now),
        loud=sum(row.state == CaseState.open.value and row.level >= Level.URGENT for row in rows),
    )


def board_version(world: World, db: Session, now: datetime) -> str:
    """A word that changes whenever the queue would look different."""
    on_call = sorted(one.id for one in roster(db, world.local(now)).on_call())
    seen = (sorted(versions(db).items()), on_call)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def due_word(row: CaseRow) -> str:
    """What the next due time of a case is for."""
    if row.state == CaseState.accepted.value:
        return "must be reached"
    if row.state == CaseState.reached.value:
        return "reminder to close"
    return "next step" if row.level >= Level.URGENT else "call-back due"


def tone(level: int) -> str:
    """The class that colours a level."""
    return LEVELS[level].lower().replace(" ", "-")


def _waiting(row: CaseRow, called: dict[str, str], specialist_id: str | None) -> Waiting:
    return Waiting(
        code=row.code,
        level=LEVELS[row.level],
        tone=tone(row.level),
        state=row.state,
        owner=called.get(row.owner_id or "", "") if row.state != CaseState.open.value else "",
        mine=row.owner_id == specialist_id and row.state != CaseState.open.value,
        since=row.opened_at,
        accepted_at=row.accepted_at if row.state == CaseState.accepted.value else None,
        due_at=row.due_at,
        due=due_word(row),
        language="Spanish" if row.language == "es" else "English",
        channel="call" if row.channel == "voice" else "text",
    )
