"""The web application: routes, and what is true of every answer. main.py makes it; tests make several."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.canary import silent
from bot.console.app import add_console
from bot.engine import Engine, overdue_cases
from bot.last_word import last_word
from bot.webhooks import joined, lost, page, patient, rooms, sms, status, voice
from bot.world import World

THREADS = 120
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


ROUTERS = (
    sms.router,
    voice.router,
    rooms.router,
    page.router,
    joined.router,
    patient.router,
    status.router,
    lost.router,
)


def create_app(world: World, engine: Engine | None = None) -> FastAPI:
    """The application over a world. With an engine it also works what is due, for as long as it runs."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        # Texts wait for the database in its own queue, where danger goes first, and not for a thread.
        current_default_thread_limiter().total_tokens = THREADS
        if engine:
            engine.start()
        yield
        if engine:
            await run_in_threadpool(engine.stop)

    # A redirect would lose the form of a webhook, and the schema pages are for nobody here.
    app = FastAPI(lifespan=lifespan, redirect_slashes=False, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.world = world
    for router in ROUTERS:
        app.include_router(router)
    add_console(app, world)
    app.add_exception_handler(Exception, last_word(world))
    app.add_middleware(WithHeaders)
    app.get("/healthz")(healthz)
    app.get("/readyz")(readyz)
    app.get("/metrics")(metrics)
    return app


class WithHeaders:
    """Adds the headers of every answer, where the answer has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. Plain ASGI: a middleware of the framework's own kind would cost each text a task of its own."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sending)


async def healthz() -> Response:
    """200 = the process answers."""
    return Response("ok\n", media_type="text/plain")


async def readyz(request: Request) -> Response:
    """200 = a patient would be answered, if need be without the database."""
    world: World = request.app.state.world
    up = await run_in_threadpool(world.database.ping)
    state = {"database": "up" if up else "down", "spool": world.lifeline.spool.count()}
    return Response(json.dumps(state), media_type="application/json")


async def metrics(request: Request) -> Response:
    """Counts for a monitor, without a word of anybody."""
    world: World = request.app.state.world
    lines = ["# HELP helpline_overdue_cases Open cases past their due time by more than 10 s; must stay 0."]
    lines += ["# TYPE helpline_overdue_cases gauge"]
    try:
        lines.append(f"helpline_overdue_cases {await run_in_threadpool(overdue_cases, world)}")
        lines.append("helpline_database_up 1")
        lines.append(f"helpline_canary_silent {int(await run_in_threadpool(silent, world))}")
    except Exception:
        lines.append("helpline_database_up 0")
    lines.append(f"helpline_content_unfit {int(bool(world.shelf.unfit))}")
    lines.append(f"helpline_spooled_messages {world.lifeline.spool.count()}")
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
