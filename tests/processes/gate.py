"""The gate in front of the desk: holds what the product asks of Twilio, before it arrives or before it is answered."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Literal

import uvicorn

from bot.desk.desk import Desk
from bot.desk.transport import AsgiApp, Event, Receive, Scope, Send
from tests.until import until

Held = Literal["nothing", "requests", "answers"]
LOOK_EVERY = 0.01
SENDS = ("/Messages.json", "/Calls.json")


class Gate:
    """An ASGI application around the desk's. What was held when the gate opens is dropped: its caller is dead."""

    def __init__(self, app: AsgiApp) -> None:
        self._app = app
        self._lock = Lock()
        self.holds: Held = "nothing"
        self.held = 0
        self.closing = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        sends = scope["type"] == "http" and scope["method"] == "POST" and scope["path"].endswith(SENDS)
        holds = self.holds if sends else "nothing"
        if holds == "nothing":
            await self._app(scope, receive, send)
            return
        if holds == "answers":
            await self._app(scope, receive, _unheard)
        with self._lock:
            self.held += 1
        while self.holds == holds and not self.closing:
            await asyncio.sleep(LOOK_EVERY)
        await send({"type": "http.response.start", "status": 503, "headers": []})
        await send({"type": "http.response.body", "body": b"dropped"})

    def shut(self, what: Held) -> None:
        """Hold from now on."""
        self.held, self.holds = 0, what

    def open(self) -> None:
        """Let everything through that comes from now on."""
        self.holds = "nothing"


async def _unheard(_event: Event) -> None:
    """Where an answer goes that nobody hears."""


@contextmanager
def served_desk(desk: Desk, port: int) -> Iterator[Gate]:
    """The desk in real time behind its gate, on a port of its own."""
    gate = Gate(desk.app)
    config = uvicorn.Config(gate, port=port, log_level="critical", access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, name="desk-server", daemon=True)
    thread.start()
    until(lambda: server.started, "the desk listens")
    desk.start()
    try:
        yield gate
    finally:
        gate.closing = True
        server.should_exit = True
        thread.join(timeout=10)
        desk.stop()
