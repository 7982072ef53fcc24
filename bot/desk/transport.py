"""The wire: how the desk posts to the product, and how tests join the two without a network."""

import asyncio
import threading
import weakref
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlencode, urlsplit

import httpx

Scope = MutableMapping[str, Any]
Event = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
Answered = tuple[int, Mapping[str, str], bytes]
# What a path may hold as it is; everything else leaves percent-encoded, as a client would send it.
LEFT_ALONE = "/%:@!$&'()*+,;=~"


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
    """A Post straight into an ASGI app, in the calling thread; no client in between, which would cost as much again."""
    inside = Inside(app)

    def post(url: str, form: Mapping[str, str], headers: Mapping[str, str], method: str = "POST") -> Answered:
        body = urlencode(form).encode() if method == "POST" else b""
        kind = {"content-type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        lines = {"host": urlsplit(url).netloc, "content-length": str(len(body)), **kind, **headers}
        sent = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in lines.items()]
        exchange = inside.ask(_scope(method, url, _target(url), sent), body)
        return exchange.status, httpx.Headers(exchange.headers), b"".join(exchange.parts)

    return post


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


class Inside:
    """Runs an ASGI app to the end of one answer, in the calling thread.

    Works in any thread, also where a loop runs (as under a browser's driver). What the app raises is kept in
    `crashes`, and is a 500 to the caller, as it would be behind a server; httpx's own errors pass through, so that
    an app can play dead.
    """

    def __init__(self, app: AsgiApp) -> None:
        """`app` is any ASGI app; its lifespan is the test's business."""
        self._app = app
        self.crashes: list[Exception] = []
        self._loops = _Loops()

    def ask(self, scope: Scope, body: bytes) -> _Exchange:
        """One request and its answer."""
        exchange = _Exchange(body)
        try:
            self._run(scope, exchange)
        except httpx.TransportError:
            raise
        except Exception as crash:
            self.crashes.append(crash)
            if exchange.done.is_set() and exchange.status < 500:
                return exchange  # it had said its last word before
            return _Exchange(b"", 500, [(b"content-type", b"text/plain; charset=utf-8")], [repr(crash).encode()])
        if exchange.status == 0:
            raise httpx.RemoteProtocolError("the app sent no answer")
        return exchange

    def _run(self, scope: Scope, exchange: _Exchange) -> None:
        def run() -> None:
            self._loops.mine().run_until_complete(self._app(scope, exchange.receive, exchange.send))

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            run()
        else:
            with ThreadPoolExecutor(1) as aside:
                aside.submit(run).result()


class AsgiTransport(httpx.BaseTransport):
    """A synchronous httpx transport into an ASGI app, in the calling thread."""

    def __init__(self, app: Any) -> None:
        """`app` is any ASGI app; its lifespan is the test's business."""
        self._inside = Inside(app)

    @property
    def crashes(self) -> list[Exception]:
        """What the app raised."""
        return self._inside.crashes

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Run the app for this request."""
        lines = [(name.lower(), value) for name, value in request.headers.raw]
        scope = _scope(request.method, str(request.url), request.url.raw_path, lines)
        exchange = self._inside.ask(scope, request.read())
        content = b"".join(exchange.parts)
        return httpx.Response(exchange.status, headers=exchange.headers, content=content, request=request)


def _scope(method: str, url: str, target: bytes, headers: list[tuple[bytes, bytes]]) -> Scope:
    parts = urlsplit(url)
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": parts.scheme,
        "path": unquote(path.decode("ascii")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 40000),
        "server": (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)),
        "state": {},
    }


def _target(url: str) -> bytes:
    parts = urlsplit(url)
    path, query = quote(parts.path or "/", safe=LEFT_ALONE), quote(parts.query, safe=LEFT_ALONE + "?")
    return f"{path}?{query}".encode() if query else path.encode()
