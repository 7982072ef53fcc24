"""Who is in the room, by reports that come late, twice, or in the wrong order."""

import itertools

import pytest
from sqlmodel import Session, select

from bot.joining.ending import call_ended
from bot.joining.presence import came, went
from storage.cases import case_by_id, policy_of
from storage.legs import live_legs
from storage.tables import CaseRow
from tests.voice.conftest import Line

JOINED = (
    "daughter calls\ndaughter presses 1\ndaughter says: he has a seizure right now\nwait 70 s\n"
    "ana answers\nana presses 1\nwait 1 s\nana presses 1\nwait 8 s\n"
)


def states(line: Line) -> list[str]:
    """The states of the legs that live."""
    return sorted(state for _, state in line.legs() if state != "over")


def test_both_are_joined_by_two_reports(line: Line) -> None:
    """Connected is said only when both have been reported to be in the room, and once."""
    line.play(JOINED)
    assert states(line) == ["joined", "joined"]
    assert line.kinds().count("connected") == 1


def test_a_repeated_or_late_report_changes_nothing(line: Line) -> None:
    """A report with a number that was passed already is ignored."""
    line.play(JOINED)

    def late(db: Session) -> None:
        case = case_by_id(db, db.exec(select(CaseRow.id)).one())
        for leg, does in itertools.product(live_legs(db, case.id), (came, went)):
            does(line.at.world, db, case, leg, 0, line.at.world.clock())

    line.ask(late)
    assert states(line) == ["joined", "joined"]
    assert line.kinds().count("parted") == 0


@pytest.mark.parametrize("first", ["leave", "end"])
def test_parting_is_told_once(line: Line, first: str) -> None:
    """The leave report and the end of the call come in any order: parted once, and the clock knows."""
    line.play(JOINED)

    def gone(db: Session) -> None:
        world, now = line.at.world, line.at.world.clock()
        case = case_by_id(db, db.exec(select(CaseRow.id)).one())
        leg = next(one for one in live_legs(db, case.id) if one.side == "specialist")
        if first == "leave":
            went(world, db, case, leg, 99, now)
        call_ended(world, db, leg.call_sid, None, now)
        call_ended(world, db, leg.call_sid, None, now)
        if first == "end":
            went(world, db, case, leg, 99, now)

    line.ask(gone)
    assert line.kinds().count("parted") == 1
    policy = line.ask(lambda db: policy_of(db.exec(select(CaseRow)).one()))
    assert (policy.talking, policy.left_alone) == (False, True)


def test_an_unknown_call_that_ended_is_no_error(line: Line) -> None:
    """The end of a call that nobody knows is taken without a word."""
    line.ask(lambda db: call_ended(line.at.world, db, "CA" + "0" * 32, "nothing", line.at.world.clock()))
    assert line.legs() == []
