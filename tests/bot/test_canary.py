"""The daily canary: one test page a day by the way of every page, and the admin hears when no reply comes back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.canary import silent
from bot.center import CenterError, read_center
from flows.library import Library
from tests.house import CENTER, PEOPLE, SPECIALISTS, House, house

TESTER = "+15555550199"
CANARY = f'\n[canary]\nphone = "{TESTER}"\nat = "03:00"\nwithin = 600\n'
HOUR = 50 * 60 + 5  # seconds from the start of the house to a little after three at night


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    """A house whose centre has a canary at three at night."""
    text = CENTER + CANARY + SPECIALISTS.format(ben="")
    with house(library, database_url, record, read_center(text)) as made:
        yield made


def bodies(at: House, number: str) -> list[str]:
    """What a phone has got."""
    return [text.body for text in at.desk.phone(number).inbox]


def test_it_flies_once_a_day_and_its_reply_is_thanked_for(at: House) -> None:
    """At its hour one text goes out; `A 0000` is answered, nobody is alarmed, and tomorrow another one flies."""
    at.stage.wait(60)
    assert bodies(at, TESTER) == []
    for day in (1, 2):
        at.stage.wait(HOUR if day == 1 else 86_400 - 3600)
        assert [body.split(":")[0] for body in bodies(at, TESTER)].count("TEST of the helpline's pages") == day
        at.desk.phone(TESTER).texts("a 0000")
        at.stage.wait(3600)
        assert bodies(at, TESTER)[-1] == "Thank you: the test page came through."
        assert not silent(at.world)

    assert not any("test page" in body for body in bodies(at, PEOPLE["admin"]))
    assert at.cases() == []


def test_without_a_reply_the_admin_is_told_once(at: House) -> None:
    """No reply within its time: the admin hears it once, and the metric says so until a reply comes after all."""
    at.stage.wait(HOUR)
    assert not silent(at.world)
    at.stage.wait(700)
    at.stage.wait(700)

    assert [("no reply to today's test page within 10 minutes" in body) for body in bodies(at, PEOPLE["admin"])] == [
        True
    ]
    assert silent(at.world)
    at.desk.phone(TESTER).texts("A 0000")
    at.stage.wait(5)
    assert not silent(at.world)


def test_a_process_that_slept_through_its_hour_wakes_nobody(at: House) -> None:
    """Started hours after the hour of the canary, it waits for tomorrow."""
    at.stage.clock.now += timedelta(hours=5)
    at.stage.wait(60)

    assert bodies(at, TESTER) == []


def test_a_canary_of_a_wrong_kind_is_refused() -> None:
    """Each mistake in [canary] is named."""
    with pytest.raises(CenterError) as error:
        read_center('[canary]\nphone = "911"\nat = "noon"\nwithin = 5\nwho = "Ana"')

    for line in ("who is not known", "phone must be", "'noon' is not a time", "within 5 is not"):
        assert line in str(error.value)
