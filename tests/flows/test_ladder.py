"""The ladder as pure policy: whatever happens and whenever it is asked, a case goes on until a human ends it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.case import Case, CaseState, Timings
from flows.ladder import PageSpecialist, RemindOwner, advance, given_back, restarted
from flows.roster import Roster, Specialist
from flows.rungs import LADDER, SLOW, round_length
from flows.telling import TellAdmin, TellPatient
from flows.words import Channel, Language, Level

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
CLOCKS = st.builds(
    Timings,
    second_call=st.integers(1, 400),
    next_tier=st.integers(1, 600),
    everyone=st.integers(601, 1200),
    tell_patient=st.integers(1, 900),
    go_to_er=st.integers(1, 2000),
    reach_patient=st.integers(1, 900),
)
SPECIALISTS = st.builds(
    Specialist,
    id=st.sampled_from("abcdef"),
    tier=st.integers(1, 3),
    languages=st.sets(st.sampled_from(Language)).map(frozenset),
    on_call=st.booleans(),
    busy=st.booleans(),
    texts_blocked=st.booleans(),
)
ROSTERS = st.lists(SPECIALISTS, max_size=6, unique_by=lambda one: one.id).map(lambda some: Roster(tuple(some)))
AGES = st.integers(0, 100_000).map(lambda seconds: NOW - timedelta(seconds=seconds))
CASES = st.builds(
    Case,
    code=st.just("4821"),
    level=st.sampled_from(Level),
    state=st.sampled_from([CaseState.open, CaseState.accepted, CaseState.reached]),
    since=AGES,
    timings=CLOCKS,
    paging_since=st.none() | AGES,
    task_due=st.none() | AGES,
    rung=st.integers(0, len(SLOW)),
    tells=st.integers(0, 30),
    decided=st.booleans(),
    owner=st.none() | st.sampled_from("abc"),
    accepted_at=st.none() | AGES,
    reached_at=st.none() | AGES,
    passed=st.sets(st.sampled_from("abc")).map(frozenset),
    carried=st.booleans(),
    failure_told=st.booleans(),
    slowed=st.booleans(),
)
PAIR = Roster((Specialist("a", 1), Specialist("b", 2), Specialist("c", 3)))


def rungs(actions: Sequence[object]) -> list[str]:
    """The rungs whose pages these actions are, each once."""
    return list(dict.fromkeys(one.rung for one in actions if isinstance(one, PageSpecialist)))


def fresh(level: Level = Level.EMERGENCY, **changes: Any) -> Case:
    """A case that has just been opened, with the clocks of the reference."""
    case = Case("4821", level, CaseState.open, NOW, paging_since=NOW)
    return replace(case, **changes)


@given(CASES, ROSTERS)
@settings(deadline=None)
def test_an_open_case_always_has_a_later_due_time(case: Case, roster: Roster) -> None:
    """Whatever its state and whoever is on call, a case that is not closed is looked at again, and later than now."""
    move = advance(case, roster, NOW)

    assert move.due_at is not None
    assert move.due_at > NOW


@given(CASES, ROSTERS)
@settings(deadline=None)
def test_asked_twice_at_one_moment_it_acts_once(case: Case, roster: Roster) -> None:
    """The same moment asked again does nothing more, and gives the same due time: a stale wake-up is harmless."""
    once = advance(case, roster, NOW)
    twice = advance(once.case, roster, NOW)

    assert twice.actions == ()
    assert (twice.case, twice.due_at) == (once.case, once.due_at)


@given(CASES, ROSTERS, st.integers(1, 100_000))
@settings(deadline=None)
def test_only_the_highest_due_rung_runs(case: Case, roster: Roster, slept: int) -> None:
    """After a sleep of any length the pages are those of one rung, and no specialist is paged twice by one channel."""
    move = advance(case, roster, NOW + timedelta(seconds=slept))
    pages = [(one.specialist, one.channel) for one in move.actions if isinstance(one, PageSpecialist)]

    assert len(rungs(move.actions)) <= 1
    assert len(set(pages)) == len(pages)


@given(CASES, ROSTERS, st.integers(0, 100_000))
@settings(deadline=None)
def test_the_level_never_falls(case: Case, roster: Roster, later: int) -> None:
    """No clock lowers a case; only a human does."""
    assert advance(case, roster, NOW + timedelta(seconds=later)).case.level >= case.level


@given(CASES, ROSTERS, st.integers(0, 100_000))
@settings(deadline=None)
def test_nobody_is_paged_for_a_case_that_is_closed_or_reached(case: Case, roster: Roster, later: int) -> None:
    """Once a human has reached the patient or closed the case, no page leaves."""
    for state in (CaseState.closed, CaseState.reached):
        move = advance(replace(case, state=state), roster, NOW + timedelta(seconds=later))
        assert rungs(move.actions) == []
        assert move.case.state is state


@given(CASES, ROSTERS)
@settings(deadline=None)
def test_too_early_it_does_nothing(case: Case, roster: Roster) -> None:
    """Between now and the due time there is nothing to do."""
    move = advance(case, roster, NOW)
    assert move.due_at is not None

    assert advance(move.case, roster, move.due_at - timedelta(microseconds=1)).actions == ()


def test_woken_on_time_every_rung_runs_in_its_order_and_then_again() -> None:
    """Nobody answers: each rung of the table runs once, at its time, and then the next round begins."""
    case, now, seen = fresh(), NOW, []
    length = round_length(case)
    while now < NOW + timedelta(seconds=2 * length):
        move = advance(case, PAIR, now)
        seen += [(name, int((now - NOW).total_seconds())) for name in rungs(move.actions)]
        assert move.due_at is not None
        case, now = move.case, move.due_at

    round_one = [(rung.name, rung.at(case.timings)) for rung in LADDER]
    assert seen == [*round_one, *[(name, at + length) for name, at in round_one]]


def test_nobody_on_call_pages_everyone_and_the_admin() -> None:
    """With nobody on call the first rung pages all there are, and the admin hears of it."""
    asleep = Roster(tuple(replace(one, on_call=False) for one in PAIR.specialists))
    move = advance(fresh(), asleep, NOW)

    assert {one.specialist for one in move.actions if isinstance(one, PageSpecialist)} == {"a", "b", "c"}
    assert TellAdmin("admin.nobody_on_call") in move.actions


def test_who_has_blocked_texts_is_called() -> None:
    """A specialist whose phone refuses our texts is still called."""
    blocked = Roster((Specialist("a", 1, texts_blocked=True),))
    pages = [one for one in advance(fresh(), blocked, NOW).actions if isinstance(one, PageSpecialist)]

    assert [(one.specialist, one.channel) for one in pages] == [("a", Channel.voice)]


def test_who_passed_is_not_paged_by_the_next_rung() -> None:
    """Passing runs the next tier at once, without the one who passed."""
    case = advance(fresh(), PAIR, NOW).case
    move = advance(given_back(case, "b", NOW), PAIR, NOW)

    # The second tier was b alone: where nobody is left, everyone is paged rather than nobody.
    assert {one.specialist for one in move.actions if isinstance(one, PageSpecialist)} == {"a", "b", "c"}
    of_two = Roster((*PAIR.specialists, Specialist("d", 2)))
    move = advance(given_back(case, "b", NOW), of_two, NOW)
    assert {one.specialist for one in move.actions if isinstance(one, PageSpecialist)} == {"d"}


def test_passing_a_reached_case_pages_with_clocks_of_its_own() -> None:
    """Hours after it was reached: open, the next tier paged, and the patient told nothing of the hours before."""
    case = fresh(state=CaseState.reached, reached_at=NOW, owner="a", rung=4, tells=2, carried=True, left_alone=True)
    later = NOW + timedelta(hours=5)
    move = advance(given_back(replace(case, word_due=NOW), "a", later), PAIR, later)

    assert move.case.state is CaseState.open
    assert {one.specialist for one in move.actions if isinstance(one, PageSpecialist)} == {"b"}
    assert not [one for one in move.actions if isinstance(one, TellPatient)]
    assert (move.case.reached_at, move.case.word_due, move.case.left_alone) == (None, None, False)


@pytest.mark.parametrize("state", [CaseState.open, CaseState.accepted, CaseState.reached])
@pytest.mark.parametrize("level", [Level.SAME_DAY, Level.URGENT, Level.EMERGENCY])
def test_passing_always_pages_somebody_else(level: Level, state: CaseState) -> None:
    """Who passes a case is told that the next person is paged: that is so, for a task as well."""
    case = fresh(level, state=state, reached_at=NOW, accepted_at=NOW, rung=1)
    later = NOW + timedelta(minutes=5)
    move = advance(given_back(case, "a", later), PAIR, later)

    assert move.case.state is CaseState.open
    assert {one.specialist for one in move.actions if isinstance(one, PageSpecialist)} == {"b"}


def test_accepted_and_not_reached_pages_the_next_tier_and_watches_its_pages_anew() -> None:
    """Who took the case and did not reach the patient is not waited for; its new pages are watched anew."""
    taken = fresh(state=CaseState.accepted, accepted_at=NOW, owner="a", rung=1, carried=True)
    late = NOW + timedelta(seconds=taken.timings.reach_patient)
    move = advance(taken, PAIR, late)

    assert rungs(move.actions) == ["second"]
    assert move.case.state is CaseState.open
    assert not move.case.carried
    assert move.due_at is not None and move.due_at <= late + timedelta(seconds=taken.timings.paging_failed)


def test_accepted_and_not_reached_pages_at_once_on_the_slow_ladder_too() -> None:
    """Who took the case and slept is not waited for because 911 was called: the next tier is paged now."""
    taken = fresh(state=CaseState.accepted, accepted_at=NOW, owner="a", rung=1, slowed=True)
    move = advance(taken, PAIR, NOW + timedelta(seconds=taken.timings.reach_patient))

    assert rungs(move.actions) == ["second"]


def test_a_reminder_keeps_when_the_patient_was_reached() -> None:
    """A reached case that nobody closes is brought up twice a day; when it was reached stays on record."""
    reached = fresh(state=CaseState.reached, reached_at=NOW, owner="a")
    later = NOW + timedelta(hours=12)
    move = advance(reached, PAIR, later)

    assert move.actions == (RemindOwner("a"),)
    assert move.case.reached_at == NOW
    assert move.due_at == later + timedelta(hours=12)


def test_a_restarted_case_stands_at_the_foot_of_its_ladder() -> None:
    """Raised or flagged again: everybody of the first tier is paged again, also who passed."""
    case = restarted(fresh(rung=4, passed=frozenset({"a"}), tells=3, carried=True), NOW)

    assert rungs(advance(case, PAIR, NOW).actions) == ["first"]
