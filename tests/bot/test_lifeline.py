"""Without the database: screened, answered, kept, paged from memory, taken by key or code, and handed over once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from bot.product import Product
from bot.rescue import level_of
from bot.work import page_from_memory
from flows.model import Inbound
from flows.words import Channel, Level
from storage.database import Database, DatabaseDown
from storage.spool import Spool, SpoolError
from storage.tables import CaseEventRow, CaseRow, MessageRow
from tests.house import PEOPLE, SECRET, House


@contextmanager
def no_database(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database is away for as long as this lasts."""

    def down(*_: Any, **__: Any) -> Any:
        raise DatabaseDown("away")

    with monkeypatch.context() as away:
        for name in ("transaction", "reading", "retrying"):
            away.setattr(Database, name, down)
        away.setattr(Database, "ping", lambda _self: False)
        yield


def settle_without_database(at: House, seconds: int = 0) -> None:
    """Move the clock and let the desk and the lifeline go on, while no row can be read."""
    at.stage.clock.now += timedelta(seconds=seconds)
    for _ in range(20):
        at.desk.run_due()
        page_from_memory(at.world)


def bodies(at: House, name: str) -> list[str]:
    return [text.body for text in at.desk.phone(PEOPLE[name]).inbox]


def test_a_danger_sign_is_answered_and_paged_without_the_database(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no database the patient gets the emergency words in both languages, and the on-call phone rings."""
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
        settle_without_database(at, 3)

        assert any("Call 911 now" in body for body in bodies(at, "patient"))
        assert any("Llame al 911 ahora" in body for body in bodies(at, "patient"))
        assert any("EMERGENCY helpline case. Reply A 9" in body for body in bodies(at, "ana"))
        assert at.desk.phone(PEOPLE["ana"]).ringing


def test_an_ordinary_text_is_kept_and_says_that_something_is_wrong(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a sign the words say that we have a problem, nobody is paged, and the text is not lost."""
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("what does it cost")
        settle_without_database(at, 3)

        assert any("We have a problem on our side" in body for body in bodies(at, "patient"))
        assert bodies(at, "ana") == []
    at.stage.wait(1)
    with at.world.database.reading() as db:
        assert [row.body for row in db.exec(select(MessageRow).where(MessageRow.direction == "in"))] == [
            "what does it cost"
        ]


def test_what_was_kept_becomes_one_case_with_its_pages(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the database is back, a kept danger sign is one case, its code of the nines is noted, and it is paged."""
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
        settle_without_database(at, 3)
    at.stage.wait(2)
    with at.world.database.reading() as db:
        cases = db.exec(select(CaseRow)).all()
        noted = kinds(db, cases[0].id)

    assert len(cases) == 1
    assert cases[0].level == Level.EMERGENCY
    assert "paged_without_database" in noted
    assert "paged" in noted


def test_a_full_disk_is_no_reason_to_page_nobody(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """What neither database nor disk takes is paged for from memory; the words say so; it is kept once it can be."""

    def full(*_: Any) -> bool:
        raise OSError(28, "No space left on device")

    with no_database(monkeypatch):
        with monkeypatch.context() as disk:
            disk.setattr(Spool, "keep", full)
            at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
            settle_without_database(at, 3)
        assert any("could not reach the team" in body for body in bodies(at, "patient"))
        assert any("EMERGENCY helpline case. Reply A 9" in body for body in bodies(at, "ana"))
        assert at.world.lifeline.spool.count() == 0
        settle_without_database(at, 3)
        assert at.world.lifeline.spool.count() == 1
    at.stage.wait(2)
    with at.world.database.reading() as db:
        assert [row.level for row in db.exec(select(CaseRow))] == [Level.EMERGENCY]


def kinds(db: Session, case_id: str) -> list[str]:
    query = select(CaseEventRow.kind).where(CaseEventRow.case_id == case_id).order_by(col(CaseEventRow.id))
    return list(db.exec(query))


def test_the_key_takes_it_and_nobody_is_paged_again(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who pressed 1 without the database has the case when the database is back, and no page is sent for it."""
    ana = at.desk.phone(PEOPLE["ana"])
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
        settle_without_database(at, 3)
        ana.answers()
        settle_without_database(at, 4)
        ana.presses("1")
        settle_without_database(at, 2)
        assert any("my husband is having a seizure" in one.text for one in ana.heard)
        before = len(bodies(at, "carla"))
        settle_without_database(at, 600)
        assert len(bodies(at, "carla")) == before
    at.stage.wait(2)

    assert at.cases()[0].split(" ", 2)[2] == "emergency accepted by Ana Ruiz (seizure)"


def test_a_code_takes_it_without_the_database(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """`A 9…` works without the database, and the helpline rings who took it."""
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("he cannot breathe")
        settle_without_database(at, 3)
        at.desk.phone(PEOPLE["ana"]).declines()
        code = bodies(at, "ana")[0].split("A ")[1][:4]
        at.desk.phone(PEOPLE["ana"]).texts(f"A {code}")
        settle_without_database(at, 3)

        assert any(f"Case {code} is yours" in body for body in bodies(at, "ana"))
        assert at.desk.phone(PEOPLE["ana"]).ringing


def test_two_codes_take_both_without_the_database(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """One text with two codes takes both cases, also where they are only kept in memory."""
    with no_database(monkeypatch):
        for name in ("patient", "stranger"):
            at.desk.phone(PEOPLE[name]).texts("he cannot breathe")
        codes = sorted(at.world.lifeline.open_codes())
        at.desk.phone(PEOPLE["ana"]).texts("A " + " ".join(codes))

        assert len(codes) == 2
        assert [sum(f"Case {code} is yours" in body for body in bodies(at, "ana")) for code in codes] == [1, 1]


def test_the_same_webhook_again_is_kept_once(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that comes twice without the database has one note, one code and one set of pages."""
    with no_database(monkeypatch):
        inbound = Inbound("SM1", PEOPLE["patient"], Channel.sms, "he cannot breathe")
        first = at.world.lifeline.keep(inbound, level_of(at.world, inbound.text))
        second = at.world.lifeline.keep(inbound, level_of(at.world, inbound.text))

    assert first.code == second.code
    assert len(at.world.lifeline.open_codes()) == 1
    assert at.world.lifeline.spool.count() == 1


def test_a_dead_process_goes_on_paging_from_the_spool(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that starts without a database pages for what the one before it kept."""
    with no_database(monkeypatch):
        at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
        at.stage.crash()
        product = at.stage.product
        assert isinstance(product, Product)
        lifeline = product.world.lifeline
        assert lifeline.open_codes() == []
        lifeline.remember()
        assert len(lifeline.open_codes()) == 1


def test_the_spool_says_so_when_it_cannot_be_written(tmp_path: Path) -> None:
    """A spool that cannot be written ends the start with a clear word."""
    blocked = tmp_path / "file"
    blocked.write_text("in the way")

    with pytest.raises(SpoolError, match="HELPLINE_DATA_DIR"):
        Spool(blocked / "spool", [SECRET]).check()


def test_a_note_is_sealed(tmp_path: Path) -> None:
    """What lies in the spool cannot be read without a secret, and a token of another kind is refused."""
    spool = Spool(tmp_path, [SECRET])
    spool.keep("lost", "SM1", {"text": "he cannot breathe"})

    assert all(b"breathe" not in path.read_bytes() for path in tmp_path.iterdir())
    assert Spool(tmp_path, ["another secret of thirty-two characters"]).notes("lost") == []
    assert spool.from_token(spool.token({"a": 1}, "page"), "other") is None
    assert spool.from_token("!!", "page") is None
