"""A crowd: every case has its own text at once, and a phone rings for all of them in one call that says how many."""

from pathlib import Path

from sqlmodel import col, select

from flows.library import Library
from storage.tables import CaseRow, OutboxRow, PageRow
from tests.house import PEOPLE, House, center, house

DANGER = "he cannot breathe"
FEVER = "day 5 and i have a fever of 102"
MANY = 30


def crowd(at: House, count: int) -> None:
    """So many phones report danger in one moment; the last one is the gravest."""
    for number in range(1, count + 1):
        at.desk.phone(f"+1555556{number:04d}").texts(DANGER if number == count else FEVER)
    at.desk.run_due()


def page_calls(at: House) -> list[OutboxRow]:
    """All page calls, oldest first."""
    with at.world.database.reading() as db:
        query = select(OutboxRow).where(OutboxRow.kind == "call", OutboxRow.purpose == "page")
        return list(db.exec(query.order_by(col(OutboxRow.made_at), col(OutboxRow.id))))


def test_a_few_cases_call_by_themselves(at: House) -> None:
    """The first page of a case is its own text and its own call as long as there is no crowd."""
    crowd(at, 4)
    at.stage.wait(2)

    assert [row.status for row in page_calls(at)].count("bundled") == 0
    assert len({row.sid for row in page_calls(at)}) == 4


def test_a_crowd_has_a_text_each_and_a_handful_of_calls(at: House) -> None:
    """Of thirty at once each is texted at once; the phone rings once, for all of them."""
    crowd(at, MANY)
    at.stage.wait(1)
    texts = [text.body for text in at.desk.phone(PEOPLE["ana"]).inbox]
    at.stage.wait(10)

    assert len({body.split("Reply A ")[1][:4] for body in texts}) == MANY
    calls = page_calls(at)
    made = [row for row in calls if row.sid]
    assert len(made) == 1
    spoken = {case for row in made for case in (row.case_id, *(row.parameters or {}).get("cases", []))}
    assert spoken == {row.case_id for row in calls}


def test_a_bundled_page_counts_as_carried_with_its_call(at: House) -> None:
    """A specialist who gets no texts is paged by call alone: the bundle's call carries the pages of all its cases."""
    at.desk.phone(PEOPLE["ana"]).texts("STOP")
    at.stage.wait(1)
    crowd(at, MANY)
    at.stage.wait(10)

    with at.world.database.reading() as db:
        assert {page.status for page in db.exec(select(PageRow))} & {"waiting", "bundled"} == set()


def test_the_bundled_call_says_how_many_and_takes_the_gravest(at: House) -> None:
    """`N cases wait. The most urgent: …`; 1 takes that one, and the others go on waiting for somebody."""
    ana = at.desk.phone(PEOPLE["ana"])
    crowd(at, MANY)
    at.stage.wait(1)
    heard = _answered_bundle(at)
    assert "helpline cases wait. The most urgent: EMERGENCY case" in heard
    ana.presses("1")
    at.stage.wait(2)

    with at.world.database.reading() as db:
        taken = [row for row in db.exec(select(CaseRow)) if row.owner_id]
        grave = max(row.level for row in db.exec(select(CaseRow)))
    assert [row.level for row in taken] == [grave]


def _answered_bundle(at: House) -> str:
    """Decline what rings until the call of the crowd comes; what it says."""
    ana = at.desk.phone(PEOPLE["ana"])
    for _ in range(60):
        if ana.ringing:
            ana.answers()
            at.stage.wait(3)
            said = " ".join(one.text for one in ana.heard)
            if "cases wait" in said:
                return said
            ana.hangs_up()
        at.stage.wait(1)
    raise AssertionError("no call spoke for the crowd")


def test_a_call_whose_case_is_taken_rings_on_for_the_others(library: Library, database_url: str, record: Path) -> None:
    """Two phones ring for a crowd; who takes the gravest case stops no call that speaks for others too."""
    with house(library, database_url, record, center(ben="")) as at:
        ana, ben = at.desk.phone(PEOPLE["ana"]), at.desk.phone(PEOPLE["ben"])
        crowd(at, MANY)
        at.stage.wait(2)
        with at.world.database.reading() as db:
            grave = max(db.exec(select(CaseRow)), key=lambda row: row.level)
        ana.declines()
        ana.texts(f"A {grave.code}")
        at.stage.wait(2)
        assert ben.ringing
        ben.answers()
        at.stage.wait(3)

        assert f"{MANY - 1} helpline cases wait. The most urgent: URGENT" in " ".join(one.text for one in ben.heard)
