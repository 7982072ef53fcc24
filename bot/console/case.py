"""The page `/console/{code}`: one case, what it is about first."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.console.look import look
from bot.console.pages import page, world_of
from bot.console.story import story
from bot.console.visit import Refused, Visit, Visiting
from bot.console.watch import GONE
from storage.audit import audited
from storage.casebook import case_seen, chart, names, versions

router = APIRouter(include_in_schema=False)


@router.get("/console/{code}")
def case(request: Request, visiting: Visiting, code: str) -> Response:
    """One case. Every look is kept in the audit, also those that the page takes by itself: they show what is new."""
    said = str(request.query_params.get("said", ""))
    return shown(request, visiting, code, said)


def shown(request: Request, visiting: Visit, code: str, said: str = "", bare: str = "") -> Response:
    """The page of a case; `said`: the key of what was just done, `bare`: the phone whose number may be seen."""
    visiting.clinician()
    world = world_of(request)
    row = look(world, lambda db: case_seen(db, code)) if code.isdecimal() and len(code) == 4 else None
    if row is None:
        raise Refused("no_case")
    act = "refreshed" if "live" in request.query_params else "saw_case"
    # Kept before anything is shown: who can't be recorded sees nothing.
    world.database.retrying(lambda db: audited(db, row.id, act, visiting.now, visiting.account.id))
    seen, called, seen_as = look(world, lambda db: (chart(db, row), names(db), versions(db)))
    told = story(world, seen, called, visiting.clinician().id, visiting.now, bare)
    values = {"visit": visiting, "story": told, "version": seen_as.get(code, GONE), "said": said}
    return page(request, "case.html", values)
