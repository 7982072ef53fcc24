"""The figures: how fast help came, from what is stored."""

from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import select

from flows.case import CaseState
from flows.library import Library
from storage.figures import figure_lines
from storage.tables import CaseRow
from tests.house import PEOPLE, House, house


def test_they_tell_how_long_each_step_took(library: Library, database_url: str, record: Path) -> None:
    """From red flag to page, accept and reach, and whether 911 was called, without a word of anybody."""
    with house(library, database_url, record) as at:
        patient, ana = at.desk.phone(PEOPLE["patient"]), at.desk.phone(PEOPLE["ana"])
        patient.texts("my husband is having a seizure")
        at.stage.wait(3)
        patient.texts("1")
        at.stage.wait(60)
        code = ana.inbox[0].body.split("A ")[1][:4]
        ana.texts(f"A {code}")
        at.stage.wait(30)
        ana.texts(f"D {code}")
        at.stage.wait(3)
        with at.world.database.reading() as db:
            lines = list(figure_lines(db, ZoneInfo("America/Chicago")))

    assert "1 cases that were paged for" in lines
    assert "all: red flag to paged: median 0:00:00, p90 0:00:00 (1 of 1)" in lines
    assert "EMERGENCY: red flag to accepted: median 0:01:03, p90 0:01:03 (1 of 1)" in lines
    assert "called 911: yes 1, no 0, silent 0" in lines
    assert not any("seizure" in line and "rule" not in line for line in lines)


def test_they_are_told_by_level_language_channel_and_hour(library: Library, database_url: str, record: Path) -> None:
    """Each group has its own lines; a joined call is a human voice; nights, rules and silence about 911 are counted."""
    with house(library, database_url, record) as at:
        ana = at.desk.phone(PEOPLE["ana"])
        at.desk.phone(PEOPLE["patient"]).texts("mi esposo tiene una convulsión")
        at.stage.wait(3)
        ana.answers()
        at.stage.wait(4)
        ana.presses("1")
        at.stage.wait(25)
        ana.presses("1")
        at.stage.wait(8)
        at.desk.phone(PEOPLE["patient"]).answers()
        at.stage.wait(6)
        at.desk.phone(PEOPLE["patient"]).presses("1")
        at.stage.wait(30)
        close_all(at, "no_action")
        with at.world.database.reading() as db:
            lines = list(figure_lines(db, ZoneInfo("America/Chicago")))
            rules = db.exec(select(CaseRow)).one().rules

    for group in ("all", "EMERGENCY", "es", "sms", "02h"):
        for step in ("paged", "accepted", "human voice"):
            (line,) = [one for one in lines if one.startswith(f"{group}: red flag to {step}: ")]
            assert line.endswith("(1 of 1)"), line
    assert "pages per on-call night and specialist: median 2, most 2" in lines
    assert rules
    assert {f"rule {rule}: 1 of 1 closed with no action (100 %)" for rule in rules} <= set(lines)
    assert "called 911: yes 0, no 0, silent 1" in lines


def close_all(at: House, outcome: str) -> None:
    """A human closes every case."""
    with at.world.database.transaction() as db:
        for row in db.exec(select(CaseRow)):
            row.state, row.outcome, row.closed_at = CaseState.closed.value, outcome, at.stage.clock.now
