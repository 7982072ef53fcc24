"""A desk that lives while the product is killed: phones here, the product in processes of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.settings import DESK_ACCOUNT, DESK_TOKEN
from storage.database import Database
from storage.tables import CaseRow, OutboxRow, PageRow
from tests.conftest import SECRET
from tests.house import CENTER, HELPLINE, PEOPLE, SPECIALISTS
from tests.processes.gate import Gate, served_desk
from tests.processes.replica import Replica
from tools.served import free_port

RUNG = 600  # seconds between two rungs
CLOCKS = {"second_call": RUNG, "next_tier": 2 * RUNG, "everyone": 4 * RUNG}
CODE = re.compile(r"Reply A (\d{4})")


@dataclass
class Table:
    """The desk, its gate, and as many replicas of the product as a test makes."""

    desk: Desk
    gate: Gate
    folder: Path
    port: int
    replicas: list[Replica] = field(default_factory=list)

    def replica(self, database_url: str, *, public: str = "") -> Replica:
        """One more replica, not yet started; its clocks are slow, so that only a test lets time pass."""
        lines = "".join(f"{name} = {seconds}\n" for name, seconds in CLOCKS.items())
        config = self.folder / f"center{len(self.replicas)}.toml"
        both = f"\n[escalation]\n{lines}\n[escalation.emergency]\n{lines}"
        config.write_text(CENTER + both + SPECIALISTS.format(ben=""), encoding="utf-8")
        settings = {
            "HELPLINE_DATABASE_URL": database_url,
            "HELPLINE_CONFIG": str(config),
            "HELPLINE_TWILIO_API_URL": f"http://127.0.0.1:{self.port}",
        }
        port = free_port()
        made = Replica(self.folder / f"replica{len(self.replicas)}", port, settings, public)
        self.replicas.append(made)
        return made

    def codes(self, name: str) -> list[str]:
        """The codes of the pages that this specialist has got by text, in order."""
        with self.desk.exchange.lock:
            bodies = [text.body for text in self.desk.phone(PEOPLE[name]).inbox]
        return [found[1] for body in bodies if (found := CODE.search(body))]

    def calls(self, name: str) -> int:
        """How many calls this specialist has got."""
        with self.desk.exchange.lock:
            handset = self.desk.phone(PEOPLE[name]).handset
            return sum(1 for call in self.desk.exchange.calls.values() if call.to == handset.number)


@dataclass
class Rows:
    """What the product has written, seen from outside."""

    database: Database

    def pages(self) -> list[PageRow]:
        """All pages, oldest first."""
        with self.database.reading() as db:
            return list(db.exec(select(PageRow).order_by(col(PageRow.at), col(PageRow.id))))

    def pass_time(self, seconds: int) -> None:
        """While nobody runs: everything that was to happen later is that much nearer, as after a night."""
        gone = timedelta(seconds=seconds)
        with self.database.transaction() as db:
            for case in db.exec(select(CaseRow)):
                since = {name: case.policy[name] for name in ("since", "paging_since") if case.policy[name]}
                earlier = {name: (datetime.fromisoformat(at) - gone).isoformat() for name, at in since.items()}
                case.policy = {**case.policy, **earlier}
                case.due_at = case.due_at - gone if case.due_at else None
            for row in db.exec(select(OutboxRow).where(col(OutboxRow.lease_until).is_not(None))):
                row.lease_until = row.lease_until - gone if row.lease_until else None

    def unsent(self) -> int:
        """How many pages have no SID yet."""
        with self.database.reading() as db:
            mine = select(OutboxRow).where(OutboxRow.purpose == "page", col(OutboxRow.sid).is_(None))
            return len(db.exec(mine).all())


@pytest.fixture
def table(tmp_path: Path, record: Path) -> Iterator[Table]:
    port = free_port()
    config = DeskConfig(
        account_sid=DESK_ACCOUNT,
        auth_token=DESK_TOKEN,
        helpline_number=HELPLINE,
        sms_url="http://127.0.0.1:9/twilio/sms",
        voice_url="http://127.0.0.1:9/twilio/voice",
        record=record,
        call_spacing=0.0,
    )
    desk = create_desk(config)
    for number in PEOPLE.values():
        desk.phone(number)
    with served_desk(desk, port) as gate:
        made = Table(desk, gate, tmp_path, port)
        yield made
        for replica in made.replicas:
            replica.kill()


@pytest.fixture
def rows(database_url: str) -> Iterator[Rows]:
    database = Database(database_url, [SECRET])
    yield Rows(database)
    database.close()
