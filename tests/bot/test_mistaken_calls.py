"""A call in doubt is looked up by its phone alone; another of ours to the same phone must not pass for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.carrier import Carrier
from bot.desk.faults import RestFault
from bot.senders import Senders
from bot.work import deliver
from storage.tables import OutboxRow
from tests.house import PEOPLE, House


class InTurn(Senders):
    """Senders who begin when the test says so."""

    def __init__(self) -> None:
        super().__init__(lambda: None)
        self.waiting: list[Callable[[], object]] = []

    def begin(self, send: Callable[[], object]) -> None:
        """Not yet."""
        self.waiting.append(send)


def calls_to_ana(at: House) -> int:
    return sum(call.to == PEOPLE["ana"] for call in at.desk.exchange.calls.values())


def page_calls(at: House) -> list[OutboxRow]:
    with at.world.database.reading() as db:
        return list(db.exec(select(OutboxRow).where(OutboxRow.kind == "call", OutboxRow.purpose == "page")))


def test_a_call_under_way_is_not_taken_for_one_in_doubt(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """while one in doubt is looked up, Twilio has one of another case that is not written down yet: both are made."""
    at.desk.add_fault(RestFault(status=500, path="/Calls.json"))
    at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
    deliver(at.world)
    assert [row.status for row in page_calls(at)] == ["unknown"] and calls_to_ana(at) == 0
    at.stage.clock.now += timedelta(seconds=4)
    at.desk.phone(PEOPLE["daughter"]).texts("she cannot breathe")
    senders, call = InTurn(), Carrier.call
    deliver(at.world, senders)

    def called(carrier: Carrier, *arguments: Any) -> Any:
        outcome = call(carrier, *arguments)
        while senders.waiting:
            senders.waiting.pop()()
        return outcome

    monkeypatch.setattr(Carrier, "call", called)
    # The later one begins; the one in doubt is looked up before its answer is written down.
    senders.waiting.pop()()
    senders.close()
    at.stage.wait(5)

    assert calls_to_ana(at) == 2
    assert len({row.sid for row in page_calls(at)}) == 2
