"""The product is killed without warning, and started again over the same rows: nobody is forgotten."""

from functools import partial

from flows.rungs import LADDER
from storage.bundles import BURST
from tests.house import PEOPLE
from tests.processes.conftest import RUNG, Rows, Table
from tests.until import until

DANGER = "my husband is having a seizure"
FIRST = 4  # two specialists, by text and by call
PATIENTS = [f"+1555555{number}" for number in range(2001, 2001 + BURST // 2)]
LAST = PEOPLE["patient"]
LEASE = 20  # seconds: after so long the sender of a page counts as dead


def test_killed_after_the_commit_and_before_the_page(table: Table, rows: Rows, database_url: str) -> None:
    """A page that was committed and never left goes out after the restart: once to each, by text and by call."""
    replica = table.replica(database_url)
    replica.start()
    table.gate.shut("requests")
    for index, patient in enumerate(PATIENTS):
        replica.text(patient, DANGER, f"SM{index}")
    until(lambda: table.gate.held >= FIRST * len(PATIENTS), "all their pages are held by a silent Twilio")

    said = replica.text(LAST, DANGER, "SMlast")
    replica.kill()
    assert "911" in said
    assert table.codes("ana") == []
    table.gate.open()
    rows.pass_time(LEASE)
    replica.start()

    everyone = len(PATIENTS) + 1
    until(lambda: len(table.codes("ana")) == everyone and len(table.codes("ben")) == everyone, "all pages by text")
    until(lambda: table.calls("ana") == everyone and table.calls("ben") == everyone, "all pages by call")
    until(lambda: rows.unsent() == 0, "all pages are recorded")
    assert len(set(table.codes("ana"))) == everyone
    assert sorted(table.codes("ana")) == sorted(table.codes("ben"))


def test_killed_between_twilios_acceptance_and_our_record(table: Table, rows: Rows, database_url: str) -> None:
    """What Twilio took and we could not write down is found again: no more than one repeat, under the same code."""
    replica = table.replica(database_url)
    replica.start()
    table.gate.shut("answers")
    replica.text(LAST, DANGER, "SM1")
    until(lambda: table.gate.held >= FIRST, "Twilio has all first pages")
    replica.kill()  # no answer was heard; at most a status callback has told of some of them
    table.gate.open()
    rows.pass_time(LEASE)

    replica.start()

    until(lambda: rows.unsent() == 0, "all pages are recorded")
    assert len(set(table.codes("ana") + table.codes("ben"))) == 1
    # The desk's lists do not lag, so that even the one repeat that we may make is not needed.
    assert [len(table.codes("ana")), len(table.codes("ben")), table.calls("ana"), table.calls("ben")] == [1, 1, 1, 1]


def reached(rows: Rows, number: int) -> bool:
    """Have that many rungs of the ladder paged somebody?"""
    return len({page.rung for page in rows.pages()}) >= number


def test_killed_between_any_two_rungs(table: Table, rows: Rows, database_url: str) -> None:
    """Killed after every rung and started again, the ladder runs each rung once, under one code."""
    replica = table.replica(database_url)
    replica.start()
    replica.text(LAST, DANGER, "SM1")

    for number in range(1, len(LADDER) + 1):
        until(partial(reached, rows, number), f"rung {number}")
        until(lambda: rows.unsent() == 0, f"the pages of rung {number} are recorded")
        replica.kill()
        if number < len(LADDER):
            rows.pass_time(RUNG)
            replica.start()

    pages = rows.pages()
    assert list(dict.fromkeys(page.rung for page in pages)) == [rung.name for rung in LADDER]
    assert len({(page.rung, page.specialist_id, page.channel) for page in pages}) == len(pages)
    codes = [code for name in ("ana", "ben", "carla", "dev") for code in table.codes(name)]
    calls = sum(table.calls(name) for name in ("ana", "ben", "carla", "dev"))
    assert len(set(codes)) == 1
    assert len(codes) + calls == len(pages)
