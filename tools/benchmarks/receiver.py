"""Twilio's REST API as a tiny, quick server in a process of its own: it takes everything, and says when it came.

`python -m tools.benchmarks.receiver PORT DELAY CALLBACKS` answers every POST with 201 after DELAY seconds; GET
/arrivals lists what came, with the time of the monotonic clock, which all processes of a machine share. With CALLBACKS
(1) it tells what becomes of each text and call, as Twilio does: a text is sent and delivered; calls are dialled one a
second, ring, and nobody answers.
"""

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

from tools.benchmarks.wire import Connection, signed_post

TEXT_STEP = 0.3  # seconds between two reports of a text
RINGS = 20.0  # seconds that a phone rings
Arrival = dict[str, str | float]


class Teller:
    """Tells the product what became of texts and calls."""

    def __init__(self) -> None:
        self._next_dial = 0.0
        self._going: set[asyncio.Task[None]] = set()
        self._lines: dict[str, list[Connection]] = {}

    def follow(self, sid: str, callback: str, to: str) -> None:
        """One text or call begins its life."""
        story = self._call(sid, callback, to) if sid.startswith("CA") else self._text(sid, callback, to)
        task = asyncio.get_running_loop().create_task(story)
        self._going.add(task)
        task.add_done_callback(self._going.discard)

    async def _text(self, sid: str, callback: str, to: str) -> None:
        for status in ("sent", "delivered"):
            await asyncio.sleep(TEXT_STEP)
            await self._tell(callback, {"MessageSid": sid, "MessageStatus": status, "To": to})

    async def _call(self, sid: str, callback: str, to: str) -> None:
        now = time.monotonic()
        start = max(now, self._next_dial)
        self._next_dial = start + 1.0
        await asyncio.sleep(start - now)
        for status, pause in (("initiated", 0.5), ("ringing", RINGS), ("no-answer", 0.0)):
            await self._tell(callback, {"CallSid": sid, "CallStatus": status, "To": to})
            await asyncio.sleep(pause)

    async def _tell(self, callback: str, form: dict[str, str]) -> None:
        parts = urlsplit(callback)
        base = f"{parts.scheme}://{parts.netloc}"
        free = self._lines.setdefault(base, [])
        line = free.pop() if free else Connection(parts.hostname or "", parts.port or 80)
        with suppress(OSError, asyncio.IncompleteReadError):
            await line.ask(signed_post(base, parts.path, form))
            free.append(line)


class Receiver(asyncio.Protocol):
    """One connection; requests come one after the other."""

    def __init__(self, arrivals: list[Arrival], delay: float, teller: Teller | None) -> None:
        self._arrivals, self._delay, self._teller = arrivals, delay, teller
        self._buffer = b""
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody connects."""
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """A part of a request, or a whole one."""
        self._buffer += data
        head, blank, rest = self._buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        length = _length(head)
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        self._take(head.split(b" ", 2)[0].decode(), head.split(b" ", 2)[1].decode(), rest[:length].decode())

    def _take(self, method: str, path: str, body: str) -> None:
        if method == "GET":
            found = self._arrivals if path == "/arrivals" else {}
            self._answer("200 OK", json.dumps(found))
            return
        form = {name: values[0] for name, values in parse_qs(body).items()}
        what = path.rpartition("/")[2]
        self._arrivals.append(_arrival(what, form))
        sid = ("CA" if what.startswith("Calls") else "SM") + f"{len(self._arrivals):032x}"
        created = json.dumps({"sid": sid, "status": "queued"})
        asyncio.get_running_loop().call_later(self._delay, self._answer, "201 Created", created)
        if self._teller and "StatusCallback" in form:
            self._teller.follow(sid, form["StatusCallback"], form.get("To", ""))

    def _answer(self, status: str, body: str) -> None:
        if self._transport is not None and not self._transport.is_closing():
            head = (
                f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n\r\n"
            )
            self._transport.write((head + body).encode())


def _arrival(what: str, form: Mapping[str, str]) -> Arrival:
    kept = {name: form.get(name, "") for name in ("To", "Body", "Url")}
    row = form.get("StatusCallback", "").rpartition("/")[2]
    return {"at": time.monotonic(), "row": row, "kind": "call" if what.startswith("Calls") else "text", **kept}


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


async def receive(port: int, delay: float, callbacks: bool) -> None:
    """Listen for ever."""
    arrivals: list[Arrival] = []
    teller = Teller() if callbacks else None
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiver(arrivals, delay, teller), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(receive(int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "1"))
