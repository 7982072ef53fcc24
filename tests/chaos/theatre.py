"""The theatre: two replicas of the product over one database, the desk, a moved clock, and faults between them."""

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

import httpx

from bot.carrier import Carrier
from bot.center import Center
from bot.desk.app import create_desk
from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.desk.faults import Fault, Job
from bot.desk.stage import MovedClock
from bot.desk.transport import Answered, Post, asgi_post
from bot.desk.wire.hook import Hook
from bot.lifeline.degraded import document
from bot.lifeline.lifeline import Lifeline
from bot.settings import Settings
from bot.shelf import Shelf, clocked
from bot.start import prepare
from bot.work import work
from bot.world import World
from storage.database import DatabaseDown
from storage.roster import roster
from tests.chaos.due import Due
from tests.chaos.ledger import Ledger, Violation
from tests.chaos.playhouse import Playhouse
from tests.chaos.points import Killed, LentDatabase, Points, WatchedDatabase, WatchedSpool, WatchedTransport
from tests.house import HELPLINE, SECRET, START

PUBLIC = "https://helpline.example.org"
# As the design has the webhooks configured: Twilio asks twice more, also after a time-out or a 5xx.
OVERRIDES = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000"
MOST_PASSES = 3000
UNREPORTED = 0.7  # of all schedules
PROGRESS = ("initiated", "ringing", "sent")
SETTINGS = Settings(public_url=PUBLIC, phone_number=HELPLINE)


@dataclass
class Replica:
    """One process of the product."""

    world: World
    post: Post


@dataclass(kw_only=True)
class Unreported(Fault):
    """Twilio's callbacks are best effort: those that only say how far something has got do not come."""

    times: int = 1_000_000_000

    def takes(self, hook: Hook) -> bool:
        """Only what is on its way."""
        form = hook.form
        return hook.about == "callback" and (form.get("MessageStatus") or form.get("CallStatus")) in PROGRESS

    def shape(self, _job: Job) -> list[Job]:
        """Nothing leaves."""
        return []


@dataclass
class Theatre:
    """Everything that a schedule is played on."""

    house: Playhouse
    center: Center
    rng: random.Random
    points: Points = field(default_factory=Points)
    replicas: list[Replica] = field(default_factory=list)
    clock: MovedClock = field(default_factory=lambda: MovedClock(START))

    def __post_init__(self) -> None:
        """Open it: both replicas, the desk, the witness."""
        config = DeskConfig(
            account_sid=SETTINGS.account_sid,
            auth_token=SETTINGS.tokens[0],
            helpline_number=HELPLINE,
            sms_url=f"{PUBLIC}/twilio/sms{OVERRIDES}",
            voice_url=f"{PUBLIC}/twilio/voice{OVERRIDES}",
            voice_status_url=f"{PUBLIC}/twilio/voice/status",
            seed=1,
            call_spacing=0.0,
        )
        self.desk: Desk = create_desk(config, self.clock, self.post, self.house.desk_app)
        if self.rng.random() < UNREPORTED:
            self.desk.add_fault(Unreported())
        self.witness = LentDatabase(self.house.engine, [SECRET])
        self.due = Due(self.house.database)
        self.ledger = Ledger(self.witness, self.desk, self.clock, self.points, "")
        self.points.other = self.someone_works
        self.replicas = [self.replica(0), self.replica(1)]
        self.ledger.unkept = document(self.replicas[0].world, "paging_failed")
        prepare(self.replicas[0].world, migrate=False)

    def replica(self, index: int) -> Replica:
        """A process starts."""
        database = WatchedDatabase(self.house.engine, [SECRET], self.points)
        transport = WatchedTransport(self.desk.app, self.points, self.ledger.sends)
        client = httpx.Client(transport=transport, base_url="http://desk")
        carrier = Carrier(client, SETTINGS.account_sid, SETTINGS.tokens[0])
        spool = WatchedSpool(self.house.folder / "spool", [SECRET], self.points)
        lifeline = Lifeline(spool, self.clock, self.center.on_call)
        world = World(
            SETTINGS,
            self.center,
            Shelf(clocked(self.house.library, self.center)),
            database,
            carrier,
            self.clock,
            lifeline,
        )
        lifeline.remember()
        return Replica(world, asgi_post(self.house.app(index, world)))

    def close(self) -> None:
        """Let go of everything."""
        self.due.close()
        self.desk.stop()

    def restart(self, index: int) -> None:
        """That process is dead; another one starts in its place."""
        self.points.killed = False
        self.points.deaths += 1
        self.replicas[index] = self.replica(index)

    def post(self, url: str, form: Mapping[str, str], headers: Mapping[str, str], method: str = "POST") -> Answered:
        """What Twilio asks goes to any of the replicas; one that dies in it gives no answer."""
        index = self.rng.randrange(len(self.replicas))
        try:
            status, about, body = self.replicas[index].post(url, form, headers, method)
        except BaseException:
            if not self.points.killed:
                raise
            self.restart(index)
            raise httpx.ReadError("the process died") from None
        self.ledger.answered(url, form, status, body.decode(), self.lifelines())
        return status, about, body

    def somebody_on_call(self) -> bool:
        """Is it anybody's turn now?"""
        with self.witness.reading() as db:
            return bool(roster(db, self.replicas[0].world.local(self.clock.now)).on_call())

    def mend(self) -> None:
        """Nothing breaks any more."""
        self.points.traps.clear()
        self.points.is_down = False
        faults = self.desk.exchange.faults
        faults[:] = [one for one in faults if isinstance(one, Unreported)]

    def lifelines(self) -> list[Lifeline]:
        """What each process knows without a database."""
        return [one.world.lifeline for one in self.replicas]

    def someone_works(self) -> None:
        """One of the replicas does what is due; like the engine, it waits where there is no database."""
        index = self.rng.randrange(len(self.replicas))
        try:
            work(self.replicas[index].world)
        except Killed:
            self.restart(index)
        except DatabaseDown:
            return
        except Exception as error:
            self.ledger.breaks("the engine", f"{type(error).__name__}: {error}")

    def settle(self) -> datetime | None:
        """Let everything happen that is due at this moment; when the next thing is due."""
        for _ in range(MOST_PASSES):
            self.desk.run_due()
            due = self.next_due()
            if due is None or due > self.clock.now:
                return due
            self.someone_works()
        raise Violation("rest", "something is due again and again at one moment")

    def wait(self, seconds: float) -> None:
        """Move the clock, stopping wherever something is due."""
        end = self.clock.now + timedelta(seconds=seconds)
        due = self.settle()
        while due is not None and due <= end:
            self.clock.now = max(due, self.clock.now)
            due = self.settle()
        self.clock.now = end
        self.settle()

    def next_due(self) -> datetime | None:
        """When something happens next, as far as anybody can know now."""
        times = [self.desk.next_due(), *(one.next_due() for one in self.lifelines())]
        if not self.points.is_down:
            if self.lifelines()[0].spool.count():
                return self.clock.now
            times.append(self.due.first())
        return min((time for time in times if time is not None), default=None)


async def inline(work: Callable[..., Any], *args: Any, **_options: Any) -> Any:
    """One process is single-threaded here: what would go to a thread is done at once, in the same order every time."""
    return work(*args)


@dataclass
class Drawn:
    """Stands for the module `secrets`: ids and codes come from the seed, so that it plays the same each time."""

    rng: random.Random

    def token_hex(self, size: int) -> str:
        """An id."""
        return self.rng.randbytes(size).hex()

    def randbelow(self, above: int) -> int:
        """A number for a code."""
        return self.rng.randrange(above)


@contextmanager
def theatre(house: Playhouse, center: Center, seed: int) -> Iterator[Theatre]:
    """A theatre over a copy of a migrated SQLite file."""
    drawn = Drawn(random.Random(seed))
    with (
        house.opened(),
        patch("anyio.to_thread.run_sync", inline),
        patch("storage.ids.secrets", drawn),
        patch("storage.cases.secrets", drawn),
    ):
        made = Theatre(house, center, random.Random(seed))
        try:
            yield made
        finally:
            made.close()
