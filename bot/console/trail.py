"""The page with the audit: who saw and did what, for leads and admins."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session, select

from bot.console.look import look
from bot.console.pages import page, world_of
from bot.console.visit import Refused, Visiting
from storage.accounts import sign_in_name
from storage.audit import audited, broken_audits, latest
from storage.tables import AccountRow, CaseRow

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the audit."""

    at: datetime
    who: str
    act: str
    about: str


@router.get("/console/audit")
def audit(request: Request, visiting: Visiting) -> Response:
    """The latest lines, and whether every chain is whole."""
    if not visiting.audits:
        raise Refused("not_audit")
    world = world_of(request)
    world.database.retrying(lambda db: audited(db, visiting.account.id, "saw_audit", visiting.now, visiting.account.id))
    traces, broken = look(world, lambda db: (_traces(db), len(broken_audits(db))))
    return page(request, "audit.html", {"visit": visiting, "traces": traces, "broken": broken})


def _traces(db: Session) -> list[Trace]:
    people = {row.id: sign_in_name(row.name or "") for row in db.exec(select(AccountRow))}
    cases = {row_id: f"case {code}" for row_id, code in db.exec(select(CaseRow.id, CaseRow.code))}
    return [
        Trace(
            at=row.at,
            who=people.get(row.account_id or "", "nobody signed in"),
            act=row.act.replace("_", " "),
            about=cases.get(row.subject) or people.get(row.subject) or "the door",
        )
        for row in latest(db)
    ]
