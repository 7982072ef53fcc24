"""The line from Twilio to the product: posts webhooks with the signature that Twilio would give them, or another."""

import base64
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.app import create_app
from bot.carrier import Carrier
from bot.desk.transport import AsgiTransport
from bot.lifeline.lifeline import Lifeline
from bot.settings import Settings
from bot.shelf import Shelf, clocked
from bot.start import prepare
from bot.world import World
from flows.library import Library
from storage.database import Database
from storage.spool import Spool
from tests.conftest import SECRET
from tests.house import HELPLINE, START, center

TOKEN = "the token of these tests"
PUBLIC = "https://helpline.example.org"
FORM_TYPE = "application/x-www-form-urlencoded"
Pairs = Sequence[tuple[str, str]]


def signature(url: str, pairs: Pairs, token: str = TOKEN) -> str:
    """As Twilio describes it: the URL, then every name and value, in order, repeated ones once."""
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


class Line:
    """Webhooks to one product; every thread may use it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app = create_app(world)
        self._client = httpx.Client(transport=AsgiTransport(self.app), base_url="http://10.0.0.7:8000")

    def post(self, path: str, pairs: Pairs, *, token: str = TOKEN, base: str = "", **headers: str) -> httpx.Response:
        """A webhook, signed for the public URL; `headers` in the way of keyword arguments, over all others."""
        signed = signature((base or self.world.settings.base_url) + path, pairs, token)
        return self.send(path, urlencode(list(pairs)).encode(), x_twilio_signature=signed, **headers)

    def send(self, path: str, body: Any, **headers: str) -> httpx.Response:
        """Any bytes to any path."""
        named = {"content-type": FORM_TYPE} | {name.replace("_", "-"): value for name, value in headers.items()}
        # As bytes: a header need not be ASCII.
        sent = [(name.encode("ascii"), value.encode("latin-1")) for name, value in named.items() if value]
        return self._client.post(path, content=body, headers=sent)

    def text(self, sender: str, body: str, sid: str) -> httpx.Response:
        """A text to the helpline."""
        return self.post("/twilio/sms", [("MessageSid", sid), ("From", sender), ("To", HELPLINE), ("Body", body)])


@contextmanager
def line_over(library: Library, url: str, folder: Path, **settings: Any) -> Iterator[Line]:
    """A product over a migrated database, with nobody who sends: what is paged stays in the outbox."""
    given = {"public_url": PUBLIC, "phone_number": HELPLINE, "auth_token": TOKEN, **settings}
    kept = Settings(**given)
    at = center(ben="")
    lifeline = Lifeline(Spool(folder / "spool", [SECRET]), lambda: START, at.on_call)
    nobody = httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(503)), base_url="http://twilio")
    database = Database(url, [SECRET], timeout=15)  # a loaded machine is no fault of the product
    carrier = Carrier(nobody, kept.account_sid, TOKEN)
    world = World(kept, at, Shelf(clocked(library, at)), database, carrier, lambda: START, lifeline)
    prepare(world, migrate=False)
    try:
        yield Line(world)
    finally:
        database.close()
