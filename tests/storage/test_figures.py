"""The figures: how fast help came, from what is stored."""

from pathlib import Path
from zoneinfo import ZoneInfo

from flows.library import Library
from storage.figures import figure_lines
from tests.house import PEOPLE, house


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
