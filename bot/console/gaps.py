"""The page with the questions that no approved answer fitted, for whoever writes the content: leads."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.console.look import look
from bot.console.pages import page, world_of
from bot.console.visit import Refused, Visiting
from storage.audit import audited
from storage.unanswered import unanswered

router = APIRouter(include_in_schema=False)


@router.get("/console/unanswered")
def gaps(request: Request, visiting: Visiting) -> Response:
    """The words and their language, the newest first: no number, no name; who looked stands in the audit."""
    if not visiting.leads:
        raise Refused("not_gaps")
    world = world_of(request)
    account = visiting.account.id
    world.database.retrying(lambda db: audited(db, account, "saw_unanswered", visiting.now, account))
    asked = look(world, lambda db: list(unanswered(db)))
    return page(request, "unanswered.html", {"visit": visiting, "asked": asked})
