"""Two people talk only by a key at each end; who does not answer is followed by who may be told."""

import pytest
from sqlmodel import Session, select

from bot.desk.faults import Drop, Duplicate
from storage.legs import busy_specialists
from storage.outbox import by_id
from storage.tables import CaseRow, ContactRow, OutboxRow
from tests.house import PEOPLE
from tests.voice.conftest import Line

TAKEN = "patient texts: i have chills and im shaking\nana answers\nana presses 1\n"
WAITING = "daughter calls\ndaughter presses 1\ndaughter says: he has a seizure right now\nwait 50 s\nwait 20 s\n"


def called(line: Line) -> list[str]:
    """The phones that were called to be joined, in order."""

    def rows(db: Session) -> list[str]:
        query = select(OutboxRow).where(OutboxRow.purpose == "reach")
        return [row.to or "" for row in sorted(db.exec(query), key=lambda row: row.made_at)]

    names = {number: name for name, number in PEOPLE.items()}
    return [names[number] for number in line.ask(rows)]


def test_a_caregiver_is_called_after_the_patient_twice(line: Line) -> None:
    """The patient's phone rings twice, then the caregiver who may be told, then a welfare check is offered."""
    line.play(TAKEN)
    assert line.link("patient", "daughter", "caregiver1", told=True) == "same.linked"
    line.play("patient is silent\ndaughter is silent\nana presses 1\nwait 110 s\n")
    assert called(line) == ["patient", "patient", "daughter"]
    assert "nobody_answered" in line.kinds()
    assert "welfare check" in line.phone("ana").heard[-1].text


def test_who_may_not_be_told_is_not_called(line: Line) -> None:
    """A linked phone that may not be told is never called, whoever does not answer."""
    line.play(TAKEN)
    line.link("patient", "daughter", "caregiver1", told=False)
    line.play("patient is silent\nana presses 1\nwait 2 min\n")
    assert called(line) == ["patient", "patient"]


def test_two_linked_phones_are_one_case(line: Line) -> None:
    """Patient and daughter on two phones, linked by a specialist, are one case, and both can be joined to it."""
    line.play("daughter calls\ndaughter says: my mom is shaking with chills\nwait 70 s\nwait 30 s\n")
    line.play(TAKEN)
    assert line.link("patient", "daughter", "caregiver1", told=True) == "same.linked"
    open_ones = line.ask(lambda db: list(db.exec(select(CaseRow).where(CaseRow.state != "closed"))))
    assert len(open_ones) == 1
    line.play("wait 5 s\nana presses 1\nwait 10 s\n")
    assert line.phone("ana").joined_with == [PEOPLE["daughter"]]


def test_a_specialist_who_talks_is_busy(line: Line) -> None:
    """While joined a specialist counts as busy; afterwards not any more."""
    line.play(WAITING + "ana answers\nana presses 1\nwait 1 s\nana presses 1\nwait 8 s\n")
    assert len(line.ask(busy_specialists)) == 1
    line.play("ana hangs up\n")
    assert line.ask(busy_specialists) == frozenset()


def test_the_reach_clock_waits_while_they_talk(line: Line) -> None:
    """Nobody else is paged while two people talk, however long; without a word afterwards, somebody is."""
    line.play(WAITING + "ana answers\nana presses 1\nwait 1 s\nana presses 1\nwait 8 s\n")
    pages = line.kinds().count("paged")
    line.wait(1200)
    assert line.kinds().count("paged") == pages
    line.play("daughter hangs up\nana hangs up\nwait 4 min\n")
    assert line.kinds().count("paged") > pages


def test_the_first_to_accept_is_joined_and_the_other_is_not(line: Line) -> None:
    """Whoever was slower hears who has the case, and never comes into the room."""
    line.play(WAITING + "ana answers\nana presses 1\nwait 1 s\nana presses 1\nwait 8 s\ncarla texts: A\n")
    assert line.phone("daughter").joined_with == [PEOPLE["ana"]]


@pytest.mark.parametrize("times", [2, 3])
def test_a_repeated_step_says_the_same(line: Line, times: int) -> None:
    """The same webhook twice gives the same document and no second case."""
    line.at.desk.add_fault(Duplicate(about="voice", copies=times, times=3))
    line.play("daughter calls\ndaughter presses 1\ndaughter says: he has a seizure right now\n")
    assert len(line.at.cases()) == 1
    assert line.kinds().count("danger") == 1


def test_lost_reports_are_made_up_for(line: Line) -> None:
    """No word of a call's end: Twilio is asked after a minute, and the caller is called back."""
    line.play("daughter calls\ndaughter presses 1\ndaughter says: I have a fever of 102\nwait 30 s\n")
    line.at.desk.add_fault(Drop(about="callback", times=100))
    line.play("daughter hangs up\n")
    assert ("caller", "asking") in line.legs()
    line.at.desk.exchange.faults.clear()
    line.wait(70)
    assert ("caller", "over") in line.legs()
    assert "phoned_patient" in line.kinds()


def test_without_any_report_the_next_phone_is_called(line: Line) -> None:
    """A call to the patient whose end is never reported is left after a while, and the next one is made."""
    line.play(TAKEN + "patient is silent\n")
    line.at.desk.add_fault(Drop(about="callback", times=100))
    line.play("ana presses 1\nwait 80 s\n")
    assert called(line) == ["patient", "patient"]


def test_a_stranger_s_key_is_needed(line: Line) -> None:
    """Whoever picks up hears nothing of anybody before the key, and is not joined without it."""
    line.play(TAKEN + "ana presses 1\nwait 6 s\npatient answers\nwait 12 s\n")
    assert line.phone("ana").joined_with == []
    assert all("chills" not in one.text and "CAR" not in one.text for one in line.phone("patient").heard)


def test_numbers_are_masked_both_ways(line: Line) -> None:
    """On a joined call each phone sees only the helpline's number."""
    line.play(TAKEN + "ana presses 1\nwait 6 s\n")
    ringing = line.phone("patient").handset.ringing[0]
    assert ringing.from_ not in (PEOPLE["ana"], PEOPLE["patient"])


def test_a_withheld_number_is_never_called(line: Line) -> None:
    """Nothing is ever sent to a caller whose number is not one; on the line they are joined like anybody."""
    line.play(WAITING.replace("daughter calls", "daughter calls hidden") + "ana answers\nana presses 1\n")
    line.play("wait 1 s\nana presses 1\nwait 8 s\n")
    assert line.phone("daughter").joined_with == [PEOPLE["ana"]]
    line.play("daughter hangs up\nana presses 2\nwait 5 min\n")
    hidden = line.ask(lambda db: [one.id for one in db.exec(select(ContactRow)) if not one.reachable])
    sent = line.ask(lambda db: [row.id for row in db.exec(select(OutboxRow)) if row.contact_id in hidden])
    assert len(hidden) == 1
    assert sent == []


def test_a_refused_redirect_is_the_end_of_that_call(line: Line) -> None:
    """The caller hangs up in the moment in which they are sent to the room: they are called instead."""
    line.play("daughter calls\ndaughter presses 1\ndaughter says: I have a fever of 102\nana answers\nana presses 1\n")
    line.at.desk.add_fault(Drop(about="callback", times=100))
    line.play("daughter hangs up\nana presses 1\nwait 10 s\n")
    assert called(line) == ["daughter"]
    assert line.ask(lambda db: by_id(db, "nothing")) is None
