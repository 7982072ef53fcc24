"""Real processes under load, killed with SIGKILL at random moments: no red flag is lost, and every rung is paged."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from sqlmodel import col, select

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.settings import DESK_ACCOUNT, DESK_TOKEN
from storage.cases import OPEN
from storage.database import Database, DatabaseDown
from storage.tables import CaseRow
from tests.chaos.absences import Absences
from tests.chaos.verdict import Told, Verdict
from tests.chaos.words import FLAGS, STAFF
from tests.conftest import SECRET
from tests.house import CENTER, HELPLINE, PEOPLE, SPECIALISTS
from tests.processes.gate import served_desk
from tests.processes.replica import Replica
from tests.processes.warm import WarmReplica
from tools.served import free_port

# Quick clocks, so that whole ladders are climbed between kills.
CLOCKS = {"second_call": 20, "next_tier": 40, "everyone": 80, "tell_patient": 100, "reach_patient": 600}
ROUND = timedelta(seconds=CLOCKS["everyone"] + CLOCKS["next_tier"])
FLAG = list(FLAGS)
RATE = 0.5  # red flags a second
NURSE_LOOKS_EVERY = 2.0  # seconds
QUIET = ROUND.total_seconds() * 2 + 60  # seconds after the last kill in which everything must be made up for


@dataclass
class Town:
    """Replicas, desk, and what patients were told. A webhook is tried at each replica in turn, as Twilio would."""

    replicas: list[Replica]
    desk: Desk
    database: Database
    rng: random.Random
    absences: Absences = field(default_factory=Absences)
    answered: dict[str, Told] = field(default_factory=dict)
    waiting: dict[str, tuple[str, float]] = field(default_factory=dict)
    texts: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def patients(self) -> None:
        """Patients text, each from a phone of its own; who gets no answer texts again; for a thread."""
        number = 0
        while not self.stopping.wait(1 / RATE):
            number += 1
            self.waiting[f"+1312555{number:04d}"] = (self.rng.choice(FLAG), time.monotonic())
            for phone, (body, began) in list(self.waiting.items()):
                number_of_text = f"SM{self.texts:032x}"
                self.texts += 1
                if self._says(phone, body, number_of_text):
                    self.answered[phone] = Told(FLAGS[body], time.monotonic() - began)
                    del self.waiting[phone]

    def nurse(self) -> None:
        """A specialist takes and closes what has climbed a whole round, so that the crowd stays a crowd; a thread."""
        number = 0
        while not self.stopping.wait(NURSE_LOOKS_EVERY):
            for command in self._commands():
                number += 1
                self._says(STAFF["ana"], command, f"SMa{number:031x}")

    def _commands(self) -> list[str]:
        climbed = datetime.now(UTC) - ROUND - timedelta(seconds=15)
        try:
            with self.database.reading() as db:
                query = select(CaseRow.code).where(col(CaseRow.state).in_(OPEN), col(CaseRow.opened_at) < climbed)
                codes = list(db.exec(query))
        except DatabaseDown:
            return []
        return [command for code in codes for command in (f"A {code}", f"D {code}", f"D {code}")]

    def _says(self, sender: str, body: str, sid: str) -> bool:
        for replica in (*self.replicas, self.replicas[0]):
            with suppress(httpx.HTTPError, AssertionError):
                replica.text(sender, body, sid)
                return True
        return False

    def kill_one(self) -> None:
        """SIGKILL at a moment of chance, mostly in the middle of making up for the last one; a new process follows.

        Now and then it stays away for so long that rungs of the ladder pass.
        """
        lives = self.rng.uniform(0.2, 4.0) if self.rng.random() < 0.75 else self.rng.uniform(5.0, 10.0)
        time.sleep(lives)
        replica = self.rng.choice(self.replicas)
        gone = datetime.now(UTC)
        replica.kill()
        time.sleep(self.rng.uniform(5.0, 30.0) if self.rng.random() < 0.12 else 0.0)
        replica.start()
        self.absences.add(replica.port, gone, datetime.now(UTC))


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
    made: list[Replica] = [WarmReplica(folder / f"replica{index}", free_port(), settings) for index in range(replicas)]
    # The verdict reads for longer than the product ever may.
    database = Database(database_url, [SECRET], timeout=30)
    with served_desk(desk, port):
        try:
            for replica in made:
                replica.start()
            yield Town(made, desk, database, random.Random(seed), Absences([one.port for one in made]))
        finally:
            for replica in made:
                replica.kill()
            database.close()


def killed(
    folder: Path, database_url: str, replicas: int, kills: int, seed: int, say: Callable[[str], None]
) -> list[str]:
    """Load, kills, quiet; what is wrong then, and a line of figures on the way."""
    with town(folder, database_url, replicas, seed) as here:
        crowd = [threading.Thread(target=one, daemon=True) for one in (here.patients, here.nurse)]
        for thread in crowd:
            thread.start()
        began = time.monotonic()
        for number in range(1, kills + 1):
            here.kill_one()
            if number % 10 == 0:
                say(f"{number} kills, {len(here.answered)} red flags, {time.monotonic() - began:.0f} s")
        here.stopping.set()
        for thread in crowd:
            thread.join()
        return _judged(here, kills, say)


def _judged(here: Town, kills: int, say: Callable[[str], None]) -> list[str]:
    verdict = Verdict(here.database, here.desk, here.absences, here.answered, datetime.now(UTC))
    give_up = time.monotonic() + QUIET
    # Whatever is still being made up for has a whole round without kills for it.
    while (wrong := verdict.wrong()) and time.monotonic() < give_up:
        time.sleep(2)
    slowest = max((one.seconds for one in here.answered.values()), default=0.0)
    say(
        f"{kills} kills, {len(here.answered)} red flags answered (slowest {slowest:.1f} s after the first try), "
        f"{len(here.waiting)} still to be answered; {verdict.figures()}; {len(wrong)} wrong"
    )
    return wrong
