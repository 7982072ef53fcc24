"""The web server: uvicorn, which lets go of the pages that stream before it waits for them to end."""

import contextlib
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

# Seconds for what is being answered; a deploy waits no longer than this.
GRACE = 3


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


def run(app: FastAPI, host: str, port: int, let_go: Callable[[], None] = lambda: None) -> None:
    """Serve until a signal comes."""
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, let_go).run()
