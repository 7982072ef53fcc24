"""The page `/console`: who waits, for how long, and who is on call."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.console.board import board
from bot.console.look import look
from bot.console.pages import page, world_of
from bot.console.visit import Visiting
from storage.audit import audited

router = APIRouter(include_in_schema=False)


@router.get("/console")
def queue(request: Request, visiting: Visiting) -> Response:
    """The open cases. What the page fetches by itself is no new look of a person."""
    world = world_of(request)
    person = visiting.specialist
    if "live" not in request.query_params:
        account = visiting.account.id
        world.database.retrying(lambda db: audited(db, account, "saw_queue", visiting.now, account))
    seen = look(world, lambda db: board(world, db, person.id if person else None, visiting.now))
    opens = visiting.account.role in ("specialist", "lead")
    return page(request, "queue.html", {"visit": visiting, "board": seen, "opens": opens})
