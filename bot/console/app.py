"""Puts the console into the application: its routes, its files, and what it says when something is not allowed."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, Response
from jinja2 import Environment
from sqlalchemy.exc import DBAPIError

from bot.console import account, acts, case, door, enrolment, gaps, queue, trail, watch
from bot.console.pages import away, guarded, message, templates
from bot.console.visit import Refused, SignInFirst
from bot.world import World
from storage.database import DatabaseDown

HERE = Path(__file__).parent
FILES = {"console.css": "text/css", "console.js": "text/javascript", "icon.svg": "image/svg+xml"}
STATUS = {"no_case": 404, "no_act": 404, "no_invitation": 410, "too_large": 413}
files = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Console:
    """What the console keeps beside the world."""

    templates: Environment
    watch: watch.Watch


def add_console(app: FastAPI, world: World) -> None:
    """Everything below `/console`."""
    app.state.console = Console(templates(), watch.Watch(world))
    app.state.let_go = app.state.console.watch.let_go
    # `/console/{code}` takes whatever the others have not.
    parts = (
        files,
        door.router,
        enrolment.router,
        account.router,
        trail.router,
        gaps.router,
        watch.router,
        queue.router,
    )
    for router in (*parts, case.router, acts.router):
        app.include_router(router)
    app.exception_handler(SignInFirst)(_sign_in_first)
    app.exception_handler(Refused)(_refused)
    app.exception_handler(DatabaseDown)(_down)
    app.exception_handler(DBAPIError)(_down)


@files.get("/console/files/{name}")
def file(request: Request, name: str) -> Response:
    """A script, a style sheet, a picture."""
    if name not in FILES:
        raise Refused("no_act")
    return guarded(request, FileResponse(HERE / "files" / name, media_type=FILES[name]))


async def _sign_in_first(request: Request, _error: Exception) -> Response:
    code = str(request.path_params.get("code", ""))
    return away(request, f"/console/sign-in?case={code}" if door.where_to(code) != "/console" else "/console/sign-in")


async def _refused(request: Request, error: Exception) -> Response:
    key = error.key if isinstance(error, Refused) else "no_act"
    return message(request, key, STATUS.get(key, 403))


async def _down(request: Request, error: Exception) -> Response:
    if not request.url.path.startswith("/console"):
        raise error
    return message(request, "down", 503)
