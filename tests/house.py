"""The whole product on a stage: its application, its database, the desk, a clock that the test moves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from bot.carrier import Carrier
from bot.center import Center, read_center
from bot.desk.app import create_desk
from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.desk.script import Player
from bot.desk.stage import MovedClock, Stage
from bot.desk.transport import AsgiTransport, asgi_post
from bot.lifeline.lifeline import Lifeline
from bot.listing import short_cases
from bot.product import Product
from bot.settings import Settings
from bot.shelf import Shelf, clocked
from bot.start import prepare
from bot.world import World
from flows.library import Library
from storage.database import Database
from storage.spool import Spool

PATIENT = 15  # seconds: a loaded machine is no fault of the product
SECRET = "only for tests: thirty-two characters or more"
START = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)  # ten past two at night at the centre, a Saturday
HELPLINE = "+15555550000"
PEOPLE = {
    "patient": "+15555550171",
    "daughter": "+15555550172",
    "stranger": "+15555550173",
    "ana": "+15555550111",
    "ben": "+15555550112",
    "carla": "+15555550121",
    "dev": "+15555550131",
    "admin": "+15555550190",
}
CENTER = """
[center]
name = "Test Cancer Center"
team_phone = "+15555550100"
timezone = "America/Chicago"
admin_phone = "+15555550190"
"""
SPECIALISTS = """
[[specialist]]
name = "Ana Ruiz"
phone = "+15555550111"
tier = 1
languages = ["en", "es"]

[[specialist]]
name = "Ben Okafor"
phone = "+15555550112"
tier = 1
languages = ["en"]
{ben}

[[specialist]]
name = "Carla Weiss"
phone = "+15555550121"
tier = 2
languages = ["en", "es"]

[[specialist]]
name = "Dev Patel"
phone = "+15555550131"
tier = 3
"""


def center(text: str | None = None, ben: str = 'on_call = ["Mon 07:00-07:01"]') -> Center:
    """The centre of the tests; Ben is asleep unless a test wants him."""
    return read_center(text or CENTER + SPECIALISTS.format(ben=ben))


@dataclass
class House:
    """A stage with everything on it that a test may want to touch."""

    stage: Stage
    world: World
    desk: Desk

    def cases(self) -> list[str]:
        """One line per case, oldest first."""
        return short_cases(self.world)

    def player(self, people: dict[str, str] | None = None) -> Player:
        """Somebody who plays phone scripts here."""
        return Player(self.stage, people or PEOPLE, self.cases)


def make_world(
    library: Library, database: Database, desk: Desk, clock: Callable[[], datetime], at: Center, spool: Path
) -> World:
    """The product's world over a desk, in one process."""
    settings = Settings(public_url="https://helpline.example.org", phone_number=HELPLINE)
    client = httpx.Client(transport=AsgiTransport(desk.app), base_url="http://desk")
    carrier = Carrier(client, settings.account_sid, settings.tokens[0])
    lifeline = Lifeline(Spool(spool, settings.secrets), clock, at.on_call)
    return World(settings, at, Shelf(clocked(library, at)), database, carrier, clock, lifeline)


@contextmanager
def house(library: Library, url: str, record: Path, at: Center | None = None) -> Iterator[House]:
    """Product, desk and clock over a migrated database."""
    clock = MovedClock(START)
    settings = Settings(public_url="https://helpline.example.org", phone_number=HELPLINE)
    config = DeskConfig(
        account_sid=settings.account_sid,
        auth_token=settings.tokens[0],
        helpline_number=HELPLINE,
        sms_url="https://helpline.example.org/twilio/sms",
        voice_url="https://helpline.example.org/twilio/voice",
        voice_status_url="https://helpline.example.org/twilio/ended",
        record=record,
        seed=1,
        call_spacing=0.0,
    )
    holder: dict[str, Any] = {}
    opened: list[Database] = []
    desk = create_desk(config, clock, lambda *a, **k: holder["post"](*a, **k))

    def product() -> Product:
        world = make_world(
            library, Database(url, [SECRET], timeout=PATIENT), desk, clock, at or center(), record.with_suffix(".spool")
        )
        made = Product.over(world)
        holder["post"] = asgi_post(made.app)
        opened.append(world.database)
        return made

    first = product()
    prepare(first.world, migrate=False)
    stage = Stage(first, desk, clock, product)
    try:
        yield House(stage, first.world, desk)
    finally:
        for database in opened:
            database.close()
        desk.stop()
