"""On-call windows: the hours of a week, past midnight, past Sunday, and on the two odd days of the year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.oncall import DAYS, WindowError, on_call, parse

MONDAY = datetime(2026, 11, 16)
CHICAGO = ZoneInfo("America/Chicago")


def at(day: str, clock: str) -> datetime:
    """That day and time of one week, as the wall clock shows it."""
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=DAYS.index(day.lower()), hours=int(hour), minutes=int(minute))


@pytest.mark.parametrize(
    ("window", "inside", "outside"),
    [
        ("Mon-Fri 07:00-19:00", "Mon 07:00,Fri 18:59,Wed 12:00", "Mon 06:59,Mon 19:00,Sat 12:00,Sun 12:00"),
        ("Mon-Thu 19:00-07:00", "Mon 19:00,Tue 06:59,Fri 06:59,Thu 23:59,Fri 00:00", "Mon 06:59,Fri 07:00,Sun 20:00"),
        ("Fri 19:00-Mon 07:00", "Fri 19:00,Sat 00:00,Sun 12:00,Mon 06:59", "Fri 18:59,Mon 07:00,Wed 12:00"),
        ("Sun 19:00-07:00", "Sun 19:00,Sun 23:59,Mon 00:00,Mon 06:59", "Mon 07:00,Sun 06:00"),
        ("Sat,Sun 00:00-24:00", "Sat 00:00,Sat 23:59,Sun 23:59", "Mon 00:00,Fri 23:59"),
        ("Sat-Mon 08:00-09:00", "Sat 08:00,Sun 08:30,Mon 08:59", "Tue 08:00,Fri 08:00"),
        ("Tue 09:00-Tue 09:00", "Tue 08:59,Wed 00:00,Mon 23:59", ""),
    ],
)
def test_a_window_begins_with_its_first_minute_and_ends_before_its_last(window: str, inside: str, outside: str) -> None:
    """A window holds from its first minute to just before its last, over midnight and over the end of the week."""
    for moment in inside.split(","):
        assert on_call([window], at(*moment.split())), moment
    for moment in outside.split(",") if outside else []:
        assert not on_call([window], at(*moment.split())), moment


def test_no_windows_means_always() -> None:
    """A specialist without windows is on call day and night."""
    assert on_call([], at("sun", "03:00"))


@pytest.mark.parametrize("day", [datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)])
def test_a_window_survives_daylight_saving(day: datetime) -> None:
    """On the days when clocks change, nights still end at 07:00 by the clock on the wall, without gap or overlap."""
    night, morning = ["Sat 19:00-Sun 07:00"], ["Sun 07:00-19:00"]
    for minute in range(0, 24 * 60, 5):
        local = (day + timedelta(hours=5, minutes=minute)).astimezone(CHICAGO).replace(tzinfo=None)
        if local.weekday() == DAYS.index("sun") and local.hour < 19:
            assert on_call(night, local) == (local.hour < 7)
            assert on_call(morning, local) == (local.hour >= 7)


@given(st.integers(0, 7 * 24 * 60 - 1), st.integers(0, 7 * 24 * 60 - 1))
def test_two_windows_that_meet_cover_the_week_without_overlap(first: int, second: int) -> None:
    """From A to B and from B to A: at every minute exactly one of them holds."""
    if first == second:
        return
    names = [_moment(first), _moment(second)]
    forth, back = f"{names[0]}-{names[1]}", f"{names[1]}-{names[0]}"
    for minute in {first, first - 1, second, second - 1, 0, 7 * 24 * 60 - 1}:
        local = MONDAY + timedelta(minutes=minute % (7 * 24 * 60))
        assert on_call([forth], local) != on_call([back], local)


def _moment(minute: int) -> str:
    day, rest = divmod(minute, 24 * 60)
    return f"{DAYS[day].title()} {rest // 60:02}:{rest % 60:02}"


@pytest.mark.parametrize(
    "window",
    ["", "always", "Mon", "Mon 7-19", "Mon 07:60-08:00", "Mon 25:00-26:00", "Mox 07:00-08:00", "Mon-Fry 1:00-2:00"],
)
def test_a_window_that_cannot_be_read_is_refused(window: str) -> None:
    """A window with a mistake is refused with its own words, since a gap at night is found too late."""
    with pytest.raises(WindowError) as error:
        parse(window)
    assert window in str(error.value)
