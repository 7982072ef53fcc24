"""The page `/desk`: its files, its live view by server-sent events, and what a person does with a phone."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast, get_args

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse

from bot.desk.desk import Desk
from bot.desk.exchange import Exchange
from bot.desk.handset import Behaviour
from bot.desk.page.view import view
from bot.desk.phone import Phone

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
FILES = {
    "desk.js": "text/javascript",
    "card.js": "text/javascript",
    "desk.css": "text/css",
    "icon.svg": "image/svg+xml",
}
LOOK_EVERY = 0.1
# A stream ends by itself now and then, and the browser comes back: a server that stops need not wait long for it.
STREAM_SECONDS = 50.0
MAX_TEXT = 1600

Said = dict[str, Any]
Deed = Callable[[Phone, Said], None]


def _behave(phone: Phone, said: Said) -> None:
    if said.get("behaviour") not in get_args(Behaviour):
        raise LookupError("no such behaviour")
    phone.behaviour = cast(Behaviour, said["behaviour"])


DEEDS: dict[str, Deed] = {
    "text": lambda phone, said: phone.texts(str(said["text"])[:MAX_TEXT]),
    "call": lambda phone, _: phone.calls(),
    "answer": lambda phone, _: phone.answers(),
    "decline": lambda phone, _: phone.declines(),
    "keys": lambda phone, said: phone.presses(str(said["keys"])),
    "speech": lambda phone, said: phone.speaks(str(said["words"])),
    "hangup": lambda phone, _: phone.hangs_up(),
    "behaviour": _behave,
}


def page_router() -> APIRouter:
    """Everything below `/desk`."""
    router = APIRouter(include_in_schema=False)
    router.add_api_route("/desk", _page, methods=["GET"])
    router.add_api_route("/desk/state", _state, methods=["GET"])
    router.add_api_route("/desk/events", _events, methods=["GET"])
    router.add_api_route("/desk/files/{name}", _file, methods=["GET"])
    router.add_api_route("/desk/phones/{number}/{name}", _deed, methods=["POST"])
    return router


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


async def _state(request: Request) -> Response:
    return JSONResponse(_look(_desk(request).exchange), headers=HEADERS)


async def _events(request: Request) -> Response:
    return StreamingResponse(_stream(_desk(request).exchange, request), media_type="text/event-stream", headers=HEADERS)


async def _page() -> Response:
    return FileResponse(HERE / "desk.html", headers=HEADERS, media_type="text/html")


async def _file(name: str) -> Response:
    if name not in FILES:
        raise HTTPException(404)
    return FileResponse(HERE / name, headers=HEADERS, media_type=FILES[name])


def _look(exchange: Exchange) -> dict[str, object]:
    with exchange.lock:
        return view(exchange)


async def _stream(exchange: Exchange, request: Request) -> AsyncIterator[str]:
    seen, until = -1, time.monotonic() + STREAM_SECONDS
    yield "retry: 300\n\n"
    while time.monotonic() < until and not exchange.closing and not await request.is_disconnected():
        if exchange.version != seen:
            shown = _look(exchange)
            seen = cast(int, shown["version"])
            yield f"data: {json.dumps(shown)}\n\n"
        await asyncio.sleep(LOOK_EVERY)


async def _deed(number: str, name: str, request: Request) -> Response:
    # JSON alone: a form on another site can't send it.
    if name not in DEEDS or request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(404)
    try:
        said = await request.json()
    except ValueError as wrong:
        raise HTTPException(400, "no JSON") from wrong
    if not isinstance(said, dict):
        raise HTTPException(400, "a JSON object is needed")
    try:
        # In a thread of its own, since without the real-time thread the product is asked right here.
        await run_in_threadpool(DEEDS[name], _desk(request).phone(number), said)
    except (KeyError, LookupError) as wrong:
        raise HTTPException(409, str(wrong)) from wrong
    return Response(status_code=204)
