"""When everything behind a webhook fails, people still hear what to do, and what they said is not lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.lifeline.lifeline import Lifeline
from bot.missed import Missed
from flows.library import Library
from storage.database import Database
from tests.house import PEOPLE, House, house


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    """A house on each kind of database that has had a text before."""
    with house(library, database_url, record) as made:
        made.player().play("stranger texts: hi")
        Missed(made.world).look()
        yield made


@contextmanager
def all_broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bug in the transaction, and one in what is done without it."""

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "transaction", broken)
        patch.setattr(Lifeline, "keep", broken)
        yield


def test_a_texter_hears_what_to_do_and_is_paged_for_afterwards(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A danger sign on which everything broke is answered with 911, and fetched and paged for when it is mended."""
    with all_broken(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
    assert any("call 911" in text.body for text in at.desk.phone(PEOPLE["patient"]).inbox)

    at.stage.wait(120)
    assert Missed(at.world).look() == 1
    at.stage.wait(5)
    assert any("EMERGENCY" in text.body for text in at.desk.phone(PEOPLE["ana"]).inbox)


def test_a_caller_hears_what_to_do(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A caller for whom everything broke hears twice, in each language, to call 911."""
    phone = at.desk.phone(PEOPLE["patient"])
    with all_broken(monkeypatch):
        phone.calls()
        at.desk.run_due()
        at.stage.clock.now += timedelta(seconds=60)
        at.desk.run_due()
    assert " ".join(one.text for one in phone.heard).count("call 911") == 2
