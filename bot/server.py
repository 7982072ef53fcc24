"""The web server: uvicorn, which lets go of the pages that stream before it waits for them to end."""

import contextlib
import gc
import socket
from collections.abc import Callable
from functools import wraps
from types import FrameType
from typing import ParamSpec, TypeVar

import uvicorn
from fastapi import FastAPI

Given = ParamSpec("Given")
Made = TypeVar("Made")

# Seconds for what is being answered; a deploy waits no longer than this.
GRACE = 3
BACKLOG = 2048


class Server(uvicorn.Server):
    """On its first signal it calls `let_go`: whoever streams then ends its streams."""

    def __init__(self, config: uvicorn.Config, let_go: Callable[[], None]) -> None:
        """`let_go` must only set a flag: it runs inside a signal."""
        super().__init__(config)
        self._let_go = let_go

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal to end."""
        self._let_go()
        super().handle_exit(sig, frame)


class PortTaken(Exception):
    """Nobody can listen there; the message says why, and what moves it."""


def listen(host: str, port: int) -> socket.socket:
    """Take the port, before anything is said or begun. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise PortTaken(f"{host}:{port} cannot be listened on ({error.strerror}): PORT=… moves it") from error


def run(app: FastAPI, at: socket.socket, let_go: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal comes."""
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE)
    # What was made for the start lives as long as the process: there is no need to look at it again and again.
    gc.freeze()
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, let_go).run(sockets=[at])


def undisturbed(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Make it without the collector, which would look through all that is there already again and again."""

    @wraps(make)
    def made(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        collects = gc.isenabled()
        gc.disable()
        try:
            return make(*args, **kwargs)
        finally:
            if collects:
                gc.enable()

    return made
