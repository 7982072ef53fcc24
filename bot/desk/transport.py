"""The wire: how the desk posts to the product, and how tests join the two without a network."""

import asyncio
import threading
import weakref
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Callable[[], Awaitable[Event]], Callable[[Event], Awaitable[None]]], Awaitable[None]]
Answered = tuple[int, Mapping[str, str], bytes]


class Post(Protocol):
    """Sends one request and gives status, headers and body; raises httpx.TransportError when nothing comes back."""

    def __call__(self, url: str, form: Mapping[str, str], headers: Mapping[str, str], method: str = "POST") -> Answered:
        """Send `form` as a form (POST) or as the query (GET; it is in the URL already)."""


def http_post(client: httpx.Client) -> Post:
    """A Post over any httpx client."""

    def post(url: str, form: Mapping[str, str], headers: Mapping[str, str], method: str = "POST") -> Answered:
        data = dict(form) if method == "POST" else None
        answer = client.request(method, url, headers=dict(headers), data=data)
        return answer.status_code, answer.headers, answer.content

    return post


def asgi_post(app: Any) -> Post:
    """A Post straight into an ASGI app, in the calling thread."""
    return http_post(httpx.Client(transport=AsgiTransport(app)))


class _Loop:
    """An event loop that closes when its thread ends, or its transport is gone."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        # A finalizer keeps the loop whole until then; __del__ could find it half taken apart.
        weakref.finalize(self, self.loop.close)


class _Loops(threading.local):
    """One loop per thread, made at first use."""

    kept: _Loop | None = None

    def mine(self) -> asyncio.AbstractEventLoop:
        if self.kept is None:
            self.kept = _Loop()
        return self.kept.loop


@dataclass
class _Exchange:
    """One request's way through an ASGI app."""

    body: bytes
    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    parts: list[bytes] = field(default_factory=list)
    read: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> Event:
        if self.read:
            # The caller stays on the line until it has everything.
            await self.done.wait()
            return {"type": "http.disconnect"}
        self.read = True
        return {"type": "http.request", "body": self.body, "more_body": False}

    async def send(self, event: Event) -> None:
        if event["type"] == "http.response.start":
            self.status, self.headers = event["status"], list(event["headers"])
        elif event["type"] == "http.response.body":
            self.parts.append(event.get("body", b""))
            if not event.get("more_body", False):
                self.done.set()


class AsgiTransport(httpx.BaseTransport):
    """A synchronous httpx transport that runs an ASGI app to the end of one answer, in the calling thread.

    Works in any thread, also where a loop runs (as under a browser's driver). What the app raises is kept in
    `crashes`, and is a 500 to the caller, as it would be behind a server; httpx's own errors pass through, so that
    an app can play dead.
    """

    def __init__(self, app: Any) -> None:
        """`app` is any ASGI app; its lifespan is the test's business."""
        self.app: AsgiApp = app
        self.crashes: list[Exception] = []
        self._loops = _Loops()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Run the app for this request."""
        exchange = _Exchange(request.read())
        try:
            self._run(request, exchange)
        except httpx.TransportError:
            raise
        except Exception as crash:
            self.crashes.append(crash)
            return httpx.Response(500, text=f"{crash!r}", request=request)
        if exchange.status == 0:
            raise httpx.RemoteProtocolError("the app sent no answer", request=request)
        return httpx.Response(
            exchange.status, headers=exchange.headers, content=b"".join(exchange.parts), request=request
        )

    def _run(self, request: httpx.Request, exchange: _Exchange) -> None:
        def run() -> None:
            self._loops.mine().run_until_complete(self.app(_scope(request), exchange.receive, exchange.send))

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            run()
        else:
            with ThreadPoolExecutor(1) as aside:
                aside.submit(run).result()


def _scope(request: httpx.Request) -> Scope:
    raw_path, _, query = request.url.raw_path.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": request.url.path,
        "raw_path": raw_path,
        "query_string": query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 40000),
        "server": (request.url.host, request.url.port or (443 if request.url.scheme == "https" else 80)),
        "state": {},
    }
