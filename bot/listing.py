"""What the commands print of what is stored: cases, figures, questions without an answer."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.world import World
from flows.words import Level
from storage.figures import figure_lines
from storage.tables import CaseRow, PageRow, SpecialistRow
from storage.unanswered import unanswered


def case_lines(db: Session) -> Iterator[str]:
    """One JSON line per case, oldest first."""
    pages: dict[str, list[PageRow]] = {}
    for page in db.exec(select(PageRow).order_by(col(PageRow.at))):
        pages.setdefault(page.case_id, []).append(page)
    for row in db.exec(select(CaseRow).order_by(col(CaseRow.opened_at))):
        yield json.dumps(_case(row, pages.get(row.id, [])))


def _case(row: CaseRow, pages: list[PageRow]) -> dict[str, object]:
    return {
        "code": row.code,
        "level": Level(row.level).name.lower(),
        "state": row.state,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "signs": row.signs,
        "rules": row.rules,
        "opened_at": row.opened_at.isoformat(),
        "pages": [
            {"tier": page.tier, "channel": page.channel, "at": page.at.isoformat(), "status": page.status}
            for page in pages
        ],
    }


def short_cases(world: World) -> list[str]:
    """One line per case, oldest first: code, level, state and signs."""
    with world.database.reading() as db:
        rows = db.exec(select(CaseRow).order_by(col(CaseRow.opened_at), col(CaseRow.id))).all()
        owners = {row.id: row.name for row in db.exec(select(SpecialistRow))}
        return [_short(row, owners) for row in rows]


def _short(row: CaseRow, owners: dict[str, str | None]) -> str:
    who = f" by {owners.get(row.owner_id)}" if row.owner_id else ""
    signs = ", ".join(row.signs) or "no sign"
    return f"case {row.code} {Level(row.level).name.lower()} {row.state}{who} ({signs})"


@dataclass(frozen=True, slots=True)
class Listing:
    """A command that only prints: what it says of itself, and its lines."""

    help: str
    lines: Callable[[World, Session], Iterator[str]]


LISTS = {
    "cases": Listing("The cases as JSON lines, without PHI.", lambda _world, db: case_lines(db)),
    "figures": Listing(
        "How fast help came, pages per night, what became of the cases.",
        lambda world, db: figure_lines(db, world.center.zone),
    ),
    "unanswered": Listing(
        "Questions that no approved answer fitted, newest first: language, tab, words.",
        lambda _world, db: (f"{language}\t{words}" for language, words in unanswered(db)),
    ),
}
