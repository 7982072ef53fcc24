"""The sender, in a process of its own: `python -m tools.benchmarks.load` reads a JSON order and prints what happened.

Closed loop: so many senders, each waits for its answer and sends again. Open loop: so many texts per second, whether
the answers come or not, as in real life.
"""

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from tools.benchmarks.wire import Connection, signed_post

ORDINARY = ("hi", "MENU", "2", "1", "BACK", "3", "what is car t cell therapy", "who helps with the cost of travel")
DANGER = "my dad has 102 fever and hes talking gibberish"


@dataclass(frozen=True)
class Order:
    """What to send where. `rate` 0 = closed loop. Of `every` texts one is a danger sign, from a phone of its own."""

    url: str
    seconds: float
    rate: float = 0.0
    every: int = 0
    senders: int = 16
    phones: int = 200
    first: int = 0  # the first phone's number; two runs on one database take different ones
    path: str = "/twilio/sms"


@dataclass
class Sent:
    """What came of it: the answers' delays in seconds, and when each danger sign was sent, by phone."""

    seconds: float = 0.0
    delays: list[float] = field(default_factory=list)
    flags: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Text:
    """One text, ready to go."""

    sender: str
    request: bytes
    danger: bool


class Load:
    """One run."""

    def __init__(self, order: Order) -> None:
        self.order = order
        parts = urlsplit(order.url)
        self._idle: asyncio.LifoQueue[Connection] = asyncio.LifoQueue()
        self._host, self._port = parts.hostname or "", parts.port or 80
        self.sent = Sent()

    def text(self, number: int) -> Text:
        """The n-th text."""
        order = self.order
        danger = bool(order.every) and number % order.every == order.every - 1
        turn, phone = divmod(number, order.phones)
        sender = f"+1773{order.first + number:07d}" if danger else f"+1312{order.first + phone:07d}"
        form = {
            "MessageSid": f"SM{order.first:012x}{number:020x}",
            "AccountSid": "AC" + "0" * 31 + "1",
            "From": sender,
            "To": "+15555550000",
            "Body": DANGER if danger else ORDINARY[turn % len(ORDINARY)],
            "NumMedia": "0",
            "NumSegments": "1",
        }
        return Text(sender, signed_post(order.url, order.path, form), danger)

    async def run(self) -> Sent:
        """Send it all."""
        started = time.monotonic()
        await (self._open() if self.order.rate else self._closed())
        self.sent.seconds = time.monotonic() - started
        return self.sent

    async def _closed(self) -> None:
        until = time.monotonic() + self.order.seconds
        numbers = iter(range(sys.maxsize))

        async def sender() -> None:
            while time.monotonic() < until:
                await self._send(self.text(next(numbers)))

        await asyncio.gather(*(sender() for _ in range(self.order.senders)))

    async def _open(self) -> None:
        texts = [self.text(number) for number in range(int(self.order.rate * self.order.seconds))]
        begin = time.monotonic() + 0.1
        going = set()
        for number, text in enumerate(texts):
            await asyncio.sleep(max(0.0, begin + number / self.order.rate - time.monotonic()))
            going.add(asyncio.create_task(self._send(text)))
        await asyncio.gather(*going)

    async def _send(self, text: Text) -> None:
        line = self._idle.get_nowait() if not self._idle.empty() else Connection(self._host, self._port)
        begin = time.monotonic()
        if text.danger:
            self.sent.flags[text.sender] = begin
        try:
            status, body = await line.ask(text.request)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.sent.failed.append(repr(error))
            return
        self.sent.delays.append(time.monotonic() - begin)
        if status != 200 or (self.order.path == "/twilio/sms" and b"<Message" not in body):
            self.sent.failed.append(f"{status} {body[:200]!r}")
        self._idle.put_nowait(line)


if __name__ == "__main__":
    ordered = Order(**json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps(asdict(asyncio.run(Load(ordered).run()))))
