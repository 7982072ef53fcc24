"""Real processes under load, killed with SIGKILL at random moments: no red flag is lost, and every rung is paged."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlmodel import col, select

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.settings import DESK_ACCOUNT, DESK_TOKEN
from flows.case import CaseState
from flows.rungs import LADDER
from storage.cases import overdue
from storage.database import Database
from storage.tables import CaseRow, ContactRow, OutboxRow, PageRow
from storage.vault import vault_of
from tests.chaos.words import FLAGS
from tests.conftest import SECRET
from tests.house import CENTER, HELPLINE, PEOPLE, SPECIALISTS
from tests.processes.gate import served_desk
from tests.processes.replica import Replica
from tools.served import free_port

# Quick clocks, so that whole ladders are climbed between kills.
CLOCKS = {"second_call": 10, "next_tier": 20, "everyone": 40, "tell_patient": 50, "reach_patient": 600}
ROUND = CLOCKS["everyone"] + CLOCKS["next_tier"]
FLAG = list(FLAGS)
QUIET = 60.0  # seconds after the last kill in which everything must be made up for


@dataclass
class Town:
    """Replicas, desk, and what patients were told. A webhook is tried at each replica in turn, as Twilio would."""

    replicas: list[Replica]
    desk: Desk
    database: Database
    rng: random.Random
    answered: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    slowest: float = 0.0
    stopping: bool = False

    def texts(self, rate: float) -> None:
        """Patients text, each from a phone of its own, until it is over; for a thread."""
        number = 0
        while not self.stopping:
            number += 1
            self._one(f"+1312555{number:04d}", self.rng.choice(FLAG), f"SM{number:032x}")
            time.sleep(1 / rate)

    def _one(self, sender: str, body: str, sid: str) -> None:
        began = time.monotonic()
        for attempt in range(3):
            replica = self.replicas[attempt % len(self.replicas)]
            try:
                replica.text(sender, body, sid)
            except (httpx.HTTPError, AssertionError):
                continue
            self.answered[sender] = FLAGS[body]
            self.slowest = max(self.slowest, time.monotonic() - began)
            return
        self.unanswered += 1

    def kill_one(self) -> None:
        """SIGKILL at a moment of chance, and a new process in its place."""
        time.sleep(self.rng.uniform(0.2, 4.0))
        replica = self.rng.choice(self.replicas)
        replica.kill()
        replica.start()

    def wrong(self) -> list[str]:
        """What was lost, is stuck, was not paged, or was repeated without a kill to explain it."""
        with self.database.reading() as db:
            vault = vault_of(db)
            cases = {
                key: row
                for row, key in db.exec(
                    select(CaseRow, ContactRow.phone_key).join(ContactRow, col(ContactRow.id) == CaseRow.contact_id)
                )
            }
            found = [
                f"red flag lost: {sign} of {phone}"
                for phone, sign in self.answered.items()
                if (row := cases.get(vault.lookup(phone))) is None or sign not in row.signs
            ]
            late = overdue(db, datetime.now(UTC), timedelta(seconds=10))
            found += [f"{late} cases are past their due time"] if late else []
            pages = db.exec(select(PageRow)).all()
            # Some page is always on its way; one whose lease ran out a minute ago is left by everybody.
            left = datetime.now(UTC) - timedelta(seconds=60)
            unsent = select(OutboxRow.id).where(OutboxRow.status == "sending", col(OutboxRow.lease_until) < left)
            found += ["a page hangs in the outbox"] if db.exec(unsent).first() else []
        rungs = Counter((page.case_id, page.rung) for page in pages)
        old = datetime.now(UTC) - timedelta(seconds=2 * ROUND)
        open_ones = [row for row in cases.values() if row.state == CaseState.open.value and row.opened_at < old]
        found += [
            f"case {row.code} was never paged on {rung.name}"
            for row in open_ones
            for rung in LADDER
            if not rungs[row.id, rung.name]
        ]
        return found

    def repeats(self) -> int:
        """How many texts and calls Twilio got more than once for one row: only a kill may explain them."""
        calls = [call.callback.url for call in self.desk.exchange.calls.values() if call.callback]
        sent = Counter([*calls, *(one.callback for one in self.desk.exchange.messages.values())])
        return sum(count - 1 for count in sent.values())


@contextmanager
def town(folder: Path, database_url: str, replicas: int, seed: int) -> Iterator[Town]:
    """Processes on that (migrated, or new SQLite) database, and the desk that they send to."""
    port, config = free_port(), folder / "center.toml"
    lines = "".join(f"{name} = {seconds}\n" for name, seconds in CLOCKS.items())
    both = f"\n[escalation]\n{lines}\n[escalation.emergency]\n{lines}"
    config.write_text(CENTER + both + SPECIALISTS.format(ben=""), encoding="utf-8")
    url = "http://127.0.0.1:9"
    desk = create_desk(
        DeskConfig(DESK_ACCOUNT, DESK_TOKEN, HELPLINE, f"{url}/twilio/sms", f"{url}/twilio/voice", call_spacing=0.0)
    )
    for number in PEOPLE.values():
        desk.phone(number).behaviour = "busy"
    settings = {
        "HELPLINE_DATABASE_URL": database_url,
        "HELPLINE_CONFIG": str(config),
        "HELPLINE_TWILIO_API_URL": f"http://127.0.0.1:{port}",
    }
    made = [Replica(folder / f"replica{index}", free_port(), settings) for index in range(replicas)]
    database = Database(database_url, [SECRET])
    with served_desk(desk, port):
        try:
            for replica in made:
                replica.start()
            yield Town(made, desk, database, random.Random(seed))
        finally:
            for replica in made:
                replica.kill()
            database.close()


def killed(
    folder: Path, database_url: str, replicas: int, kills: int, seed: int, say: Callable[[str], None], rate: float = 2.0
) -> list[str]:
    """Load, kills, quiet; what is wrong then, and a line of figures on the way."""
    with town(folder, database_url, replicas, seed) as here:
        load = threading.Thread(target=here.texts, args=(rate,), daemon=True)
        load.start()
        began = time.monotonic()
        for number in range(1, kills + 1):
            here.kill_one()
            if number % 10 == 0:
                say(f"{number} kills, {len(here.answered)} red flags, {time.monotonic() - began:.0f} s")
        here.stopping = True
        load.join()
        give_up = time.monotonic() + QUIET + 2 * ROUND
        while (wrong := here.wrong()) and time.monotonic() < give_up:
            time.sleep(1)
        say(
            f"{kills} kills, {len(here.answered)} red flags answered (slowest {here.slowest:.1f} s), {here.unanswered} "
            f"not taken by anybody, {here.repeats()} repeated sends, {len(wrong)} wrong"
        )
        return wrong
