"""What a kill explains, and what it does not."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from flows.case import Case, CaseState, Timings
from flows.words import Level
from tests.chaos.absences import Absences
from tests.chaos.verdict import LONG_ENOUGH, Paged, Verdict

START = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
# Rungs at 0, 20, 40, 60, 80 and 100 seconds; the next round after 120.
TIMINGS = Timings(second_call=20, next_tier=40, everyone=80)
CASE = Case("4821", Level.URGENT, CaseState.open, START, TIMINGS)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def wrong(pages: list[tuple[float, str]], *gone: tuple[float, float], ports: tuple[int, ...] = (1,)) -> list[str]:
    """What the verdict says of these pages, with one replica dead in these times."""
    absences = Absences(ports)
    for start, end in gone:
        absences.add(1, at(start), at(end))
    verdict = Verdict(Mock(), Mock(), absences, {}, at(1000))
    return list(verdict.skips("4821", CASE, START, [Paged(at(seconds), rung) for seconds, rung in pages]))


def test_a_rung_is_not_skipped_without_a_reason() -> None:
    """With a process there, a missing rung is wrong; with all of them nothing is."""
    assert wrong([(0, "first"), (20, "first_again"), (40.2, "second")]) == []
    assert wrong([(0, "first"), (40, "second")]) == ["case 4821 skipped first_again, due at 08:10:20"]


def test_a_sleep_explains_exactly_the_rungs_that_it_covers() -> None:
    """Whoever is dead from before a rung until the next one is due has skipped it; who was back in time has not."""
    pages = [(0.0, "first"), (41.0, "second")]

    assert wrong(pages, (19, 41)) == []
    assert wrong(pages, (19, 30)) != []
    assert wrong(pages, (26, 41)) != []


def test_another_replica_that_lived_takes_the_reason_away() -> None:
    """With two replicas, one that is dead explains nothing."""
    assert wrong([(0, "first"), (41, "second")], (19, 41), ports=(1, 2)) != []


def test_the_next_round_counts_on() -> None:
    """A rung of the next round is no repeat of this one; the same rung twice in one round is wrong."""
    names = ["first", "first_again", "second", "second_again", "everyone", "everyone_again", "first"]
    round_and_one = [(20.0 * index, name) for index, name in enumerate(names)]

    assert wrong(round_and_one) == []
    assert wrong([*round_and_one, (130, "first")]) == ["case 4821 was paged on first twice in one round, at 08:12:10"]


@pytest.mark.parametrize(("lived", "enough"), [(4.9, False), (5.0, True)])
def test_who_lives_too_shortly_between_two_kills_explains_it_too(lived: float, enough: bool) -> None:
    """A process that is killed before it can look around has not been there."""
    absences = Absences((1,))
    absences.add(1, at(0), at(10))
    absences.add(1, at(10 + lived), at(40))

    assert absences.somebody_lived(at(5), at(35), LONG_ENOUGH) is enough
    assert absences.killed_between(at(10), at(20))
    assert not absences.killed_between(at(16), at(20))
