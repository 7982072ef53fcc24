"""Pages of the console: templates, and the headers that every answer carries."""

from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.console.wording import phrase
from bot.world import World

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
YEAR = 31_536_000  # seconds


def world_of(request: Request) -> World:
    """The world of this application."""
    world: World = request.app.state.world
    return world


def is_secure(request: Request) -> bool:
    """Whether people reach us by https: then cookies are for https alone."""
    return world_of(request).settings.base_url.startswith("https://")


def templates() -> Environment:
    """The templates; what is put into them stays text, and a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.globals["phrase"] = phrase
    return made


def page(request: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
    """One page. `values` become text in it."""
    world = world_of(request)
    made: Environment = request.app.state.console.templates
    common = {"center": world.center.name, "now": world.clock(), "local": lambda time: local(world, time)}
    return guarded(request, HTMLResponse(made.get_template(template).render({**common, **values}), status))


def away(request: Request, path: str) -> Response:
    """Go on to another page, after a form."""
    return guarded(request, RedirectResponse(path, 303))


def guarded(request: Request, response: Response) -> Response:
    """The same answer with the headers of the console."""
    response.headers.update(HEADERS)
    if is_secure(request):
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return response


def local(world: World, time: datetime) -> datetime:
    """A time as the clocks at the centre show it."""
    return time.astimezone(world.center.zone)


def message(request: Request, key: str, status: int) -> Response:
    """A page that says one thing."""
    # What only looks may try again by itself; a form never.
    again = status == 503 and request.method == "GET"
    values = {"title": phrase(f"{key}.title"), "text": phrase(key), "again": again}
    return page(request, "message.html", values, status)
