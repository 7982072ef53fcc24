"""Watching: one look at the database a second at most, however many pages are open, and never inside a stream."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.console.board import board_version
from bot.console.pages import HEADERS
from bot.console.visit import Visiting
from bot.world import World
from storage.casebook import versions
from storage.database import DatabaseDown
from storage.sessions import living_sessions

EVERY = 1.0  # seconds
# A stream ends by itself now and then, and the browser comes back: a server that stops need not wait long for it.
STREAM_SECONDS = 50.0
GONE = "gone"  # a closed case

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look saw: a word for the queue, one for every open case, and whose sessions are alive."""

    board: str = ""
    cases: dict[str, str] = field(default_factory=dict)
    living: frozenset[str] = frozenset()


class Watch:
    """What was seen last, shared by all streams of this process."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: Seen | None = None
        self._at = 0.0
        self._looking = asyncio.Lock()
        self.closing = False
        self.at_end: list[Callable[[], None]] = []

    def let_go(self) -> None:
        """The server stops: end all streams, and whatever else wants to hear of it. Only sets flags."""
        self.closing = True
        for one in self.at_end:
            one()

    async def look(self) -> Seen | None:
        """What there is to see, at most a second old; None while there is no database."""
        async with self._looking:
            if time.monotonic() - self._at >= EVERY:
                self._seen = await run_in_threadpool(self._read)
                self._at = time.monotonic()
            return self._seen

    def _read(self) -> Seen | None:
        now = self._world.clock()
        try:
            with self._world.database.reading() as db:
                return Seen(board_version(self._world, db, now), versions(db), living_sessions(db, now))
        except (DatabaseDown, SQLAlchemyError):
            return None


@router.get("/console/events")
async def events(request: Request, visiting: Visiting) -> Response:
    """A word whenever the queue, or the case that is named, has changed; never a word of what changed."""
    watch: Watch = request.app.state.console.watch
    stream = _stream(watch, request, visiting.session.key, request.query_params.get("case"))
    return StreamingResponse(stream, media_type="text/event-stream", headers=HEADERS)


async def _stream(watch: Watch, request: Request, session: str, case: str | None) -> AsyncIterator[str]:
    told, until = "", time.monotonic() + STREAM_SECONDS
    yield "retry: 1000\n\n"
    while time.monotonic() < until and not watch.closing and not await request.is_disconnected():
        seen = await watch.look()
        if seen is not None and session not in seen.living:
            yield "event: over\ndata: signed out\n\n"
            return
        word = told if seen is None else (seen.cases.get(case, GONE) if case else seen.board)
        if word != told:
            told = word
            yield f"data: {word}\n\n"
        await asyncio.sleep(EVERY)
