"""A desk with a helpline, two specialists and a patient, joined to a tiny product in one process."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig, PhoneCard
from bot.desk.desk import Desk
from bot.desk.transport import AsgiTransport, asgi_post
from tests.desk.product import ACCOUNT, ANN, BASE, BEN, HELPLINE, PAT, TOKEN, Clock, Product


@dataclass
class Table:
    """Everything that a test of the desk needs."""

    desk: Desk
    product: Product
    clock: Clock
    rest: httpx.Client
    record: Path

    def pass_time(self, seconds: float) -> None:
        """Let time go by as a patient would live it: thing after thing."""
        end = self.clock.now.timestamp() + seconds
        while (due := self.desk.next_due()) is not None and due.timestamp() <= end:
            self.clock.now = max(self.clock.now, due)
            self.desk.run_due()
        self.clock.move(end - self.clock.now.timestamp())

    def create(self, resource: str, **params: str | list[str]) -> httpx.Response:
        answer = self.rest.post(f"{resource}.json", data={name.rstrip("_"): v for name, v in params.items()})
        self.desk.run_due()
        return answer


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    product, clock = Product(), Clock()
    record = tmp_path / "diary.jsonl"
    config = DeskConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        helpline_number=HELPLINE,
        sms_url=f"{BASE}/sms",
        voice_url=f"{BASE}/voice",
        voice_status_url=f"{BASE}/voice/status",
        phones=(
            PhoneCard(ANN, "Ann", "specialist"),
            PhoneCard(BEN, "Ben", "specialist"),
            PhoneCard(PAT, "Pat"),
        ),
        record=record,
        seed=7,
    )
    desk = create_desk(config, clock, asgi_post(product.app))
    base = f"http://desk/2010-04-01/Accounts/{ACCOUNT}/"
    with httpx.Client(transport=AsgiTransport(desk.app), base_url=base, auth=(ACCOUNT, TOKEN)) as rest:
        yield Table(desk, product, clock, rest, record)
    desk.stop()
