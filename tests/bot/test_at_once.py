"""Things that happen in the same moment: one of them comes first, and nothing is lost or done twice."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from bot.moves import look_at
from flows.case import CaseState
from flows.library import Library
from storage.cases import case_by_id
from storage.events import first_broken
from storage.tables import CaseRow, ContactRow, MessageRow, OutboxRow, PageRow, PatientRow, SpecialistRow
from tests.bot.line import Line, line_over
from tests.house import PEOPLE, START

ROUNDS = 4  # each race is run several times: a race that is lost once in a while is lost
DANGER = "my husband is having a seizure"


@pytest.fixture
def line(library: Library, database_url: str, tmp_path: Path) -> Iterator[Line]:
    with line_over(library, database_url, tmp_path) as made:
        yield made


def at_once(*works: Callable[[], str]) -> list[str]:
    """Do them in the same moment; what each gave."""
    barrier = threading.Barrier(len(works))
    given = [""] * len(works)

    def run(index: int, work: Callable[[], str]) -> None:
        barrier.wait()
        given[index] = work()

    threads = [threading.Thread(target=run, args=(index, work)) for index, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def texted(line: Line, sender: str, body: str, sid: str) -> str:
    """What a text is answered with."""
    return line.text(sender, body, sid).text


def pressed(line: Line, path: str) -> str:
    """What is said after a 1 on a call that pages."""
    return line.post(path, [("Digits", "1"), ("CallSid", "CA1")]).text


def count(db: Session, table: type[ContactRow | PatientRow | CaseRow | PageRow | OutboxRow]) -> int:
    """How many rows a table has."""
    return len(db.exec(select(table)).all())


def said(line: Line) -> list[str]:
    """What patients wrote, as it is stored."""
    with line.world.database.reading() as db:
        return [row.body or "" for row in db.exec(select(MessageRow).where(MessageRow.direction == "in"))]


def open_case(line: Line, number: int) -> tuple[str, str]:
    """A case that nobody has: its code, and the path of the call that pages Ana."""
    with line.world.database.reading() as db:
        before = set(db.exec(select(CaseRow.id)))
    line.text(f"+1555555{3000 + number}", DANGER, f"SMopen{number}")
    with line.world.database.reading() as db:
        (mine,) = [case for case in db.exec(select(CaseRow)) if case.id not in before]
        ana = {one.id for one in db.exec(select(SpecialistRow)) if one.name == "Ana Ruiz"}
        calls = db.exec(select(OutboxRow).where(OutboxRow.case_id == mine.id, OutboxRow.kind == "call")).all()
        return mine.code, next(f"/twilio/page/{call.id}/key" for call in calls if call.specialist_id in ana)


def owner(line: Line, code: str) -> str | None:
    """Who has a case; None = nobody. Its chain of events must be whole, whatever happened at once."""
    with line.world.database.reading() as db:
        case = db.exec(select(CaseRow).where(CaseRow.code == code)).one()
        assert first_broken(db, case.id) is None
        return db.get_one(SpecialistRow, case.owner_id).name if case.owner_id else None


def test_the_same_webhook_three_times_at_once_is_one(line: Line) -> None:
    """Three copies of one webhook hear the same reply, and leave one message, one case and one set of pages."""
    for number in range(ROUNDS):
        sender = f"+1555555{1000 + number}"
        replies = at_once(*[lambda s=sender, n=number: line.text(s, DANGER, f"SM{n}").text] * 3)
        assert len(set(replies)) == 1 and "911" in replies[0]

    assert len(said(line)) == ROUNDS
    with line.world.database.reading() as db:
        assert count(db, CaseRow) == ROUNDS
        # Ana and Ben, each by text and by call.
        assert count(db, PageRow) == 4 * ROUNDS


def test_two_first_texts_of_a_new_phone_at_once(line: Line) -> None:
    """Both are answered, both are kept, and they are one contact with one patient and one case."""
    for number in range(ROUNDS):
        sender = f"+1555555{1000 + number}"
        first, second = at_once(
            partial(texted, line, sender, "hello", f"SMa{number}"),
            partial(texted, line, sender, DANGER, f"SMb{number}"),
        )
        assert "<Message" in first
        assert "911" in second

    assert sorted(said(line)) == ["hello"] * ROUNDS + [DANGER] * ROUNDS
    with line.world.database.reading() as db:
        assert [count(db, table) for table in (ContactRow, PatientRow, CaseRow)] == [ROUNDS] * 3


def test_two_specialists_take_a_case_at_once_one_by_key_one_by_text(line: Line) -> None:
    """Exactly one has it, and the other hears who."""
    for number in range(ROUNDS):
        code, key = open_case(line, number)
        by_key, by_text = at_once(
            partial(pressed, line, key),
            partial(texted, line, PEOPLE["ben"], f"A {code}", f"SMben{number}"),
        )
        winner = owner(line, code)
        assert winner in ("Ana Ruiz", "Ben Okafor")
        loser_heard, winner_heard = (by_text, by_key) if winner == "Ana Ruiz" else (by_key, by_text)
        assert str(winner) in loser_heard
        assert "yours" in winner_heard
        assert "yours" not in loser_heard


def test_two_bare_commands_at_once_take_two_cases(line: Line) -> None:
    """An A without a code means the first case that nobody has: two of them at once never mean the same."""
    for number in range(ROUNDS):
        codes = {open_case(line, 2 * number)[0], open_case(line, 2 * number + 1)[0]}
        at_once(
            partial(texted, line, PEOPLE["ana"], "A", f"SMana{number}"),
            partial(texted, line, PEOPLE["ben"], "A", f"SMben{number}"),
        )
        assert {owner(line, code) for code in codes} == {"Ana Ruiz", "Ben Okafor"}


def test_callbacks_and_the_ladder_at_once_lose_nothing(line: Line) -> None:
    """While callbacks of all its pages come in, a case climbs, is answered and taken: every change stays."""
    code, key = open_case(line, 1)
    with line.world.database.reading() as db:
        calls = [row.id for row in db.exec(select(OutboxRow).where(OutboxRow.purpose == "page"))]
        case_id = db.exec(select(CaseRow.id)).one()

    def climb() -> str:
        line.world.database.retrying(lambda db: look_at(line.world, db, case_by_id(db, case_id), START))
        return ""

    def callback(call: str) -> str:
        return line.post(f"/twilio/status/{call}", [("MessageStatus", "delivered"), ("MessageSid", "SM" + call)]).text

    at_once(
        *[lambda c=call: callback(c) for call in calls],
        *[climb] * 3,
        lambda: line.post(key, [("Digits", "1"), ("CallSid", "CA1")]).text,
        lambda: line.text("+15555553001", "he is confused too", "SMmore").text,
    )

    assert owner(line, code) == "Ana Ruiz"
    with line.world.database.reading() as db:
        case = db.get_one(CaseRow, case_id)
        assert {"seizure", "confusion"} <= set(case.signs)
        assert case.policy["rung"] >= 1
        assert {page.status for page in db.exec(select(PageRow).where(col(PageRow.id).in_(pages_of(db, calls))))} == {
            "delivered"
        }
        assert case.state in (CaseState.accepted.value, CaseState.open.value)


def pages_of(db: Session, calls: list[str]) -> list[str | None]:
    """The pages that these texts and calls are."""
    return list(db.exec(select(OutboxRow.page_id).where(col(OutboxRow.id).in_(calls))))
