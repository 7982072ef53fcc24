"""Calls and codes without a database: one call at a time to a phone, a code of its own for each message."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from bot.lifeline.calls import RINGS, Calls
from bot.lifeline.lifeline import Lifeline
from bot.lifeline.lost import Lost, code_of, codes_of
from bot.lifeline.replay import gravest_first
from bot.lifeline.rungs import AGAIN, TRIES
from flows.model import Inbound
from flows.words import Channel, Level
from storage.roster import Entry
from storage.spool import Spool
from tests.house import SECRET

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
ANA = Entry("Ana Ruiz", "+15555550111", 1, ("en", "es"), ())
CARLA = Entry("Carla Weiss", "+15555550121", 2, ("en",), ())


def lost(number: int, level: Level | None = Level.URGENT, sender: str = "") -> Lost:
    """The n-th message that came without a database."""
    came = NOW + timedelta(seconds=number)
    inbound = Inbound(f"SM{number}", sender or f"+1555555{number:04d}", Channel.sms, "words")
    return Lost.of(inbound, level, came, f"{9000 + number}")


class Sent:
    """A carrier that notes what it gets, and takes it or not."""

    def __init__(self, *, takes: bool = True) -> None:
        self.pages: list[tuple[str, Channel, str, int]] = []
        self.takes = takes

    def __call__(self, lost: Lost, to: Entry, channel: Channel, waiting: int) -> bool:
        """One page."""
        self.pages.append((lost.code, channel, to.name, waiting))
        return self.takes


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lifeline(tmp_path: Path, clock: Clock) -> Lifeline:
    return Lifeline(Spool(tmp_path, [SECRET]), clock, lambda _now: [ANA])


def keep(lifeline: Lifeline, sid: str, level: Level = Level.URGENT) -> Lost:
    """A danger sign comes."""
    return lifeline.keep(Inbound(sid, f"+1555{sid}", Channel.sms, "words"), level)


def test_the_first_call_rings_at_once_and_the_next_ones_become_one() -> None:
    """While a phone rings nobody else calls it; then one call speaks for all who wait, the gravest first."""
    calls = Calls()
    calls.want(ANA, lost(1))
    assert [(call.lost.code, len(call.waiting)) for call in calls.due(NOW)] == [("9001", 1)]
    for number, level in ((2, Level.URGENT), (3, Level.EMERGENCY), (4, Level.EMERGENCY)):
        calls.want(ANA, lost(number, level))

    assert calls.due(NOW + RINGS / 2) == []
    assert calls.next_due() == NOW + RINGS
    (call,) = calls.due(NOW + RINGS)
    assert [one.code for one in call.waiting] == ["9003", "9004", "9002"]
    assert calls.due(NOW + 9 * RINGS) == []


def test_two_phones_ring_side_by_side() -> None:
    """What waits for one phone keeps no other from ringing."""
    calls = Calls()
    calls.want(ANA, lost(1))
    calls.want(CARLA, lost(1))

    assert [call.to for call in calls.due(NOW)] == [ANA, CARLA]


def test_what_somebody_took_is_not_called_for() -> None:
    """A message that is taken while it waits for a phone waits no more."""
    calls = Calls()
    calls.want(ANA, lost(1))
    calls.over("9001")

    assert calls.due(NOW) == []


def test_a_call_that_no_carrier_took_is_made_again_soon() -> None:
    """All that it spoke for waits again, together with what came meanwhile."""
    calls = Calls()
    calls.want(ANA, lost(1))
    (call,) = calls.due(NOW)
    calls.want(ANA, lost(2))
    calls.refused(call, NOW)

    (again,) = calls.due(NOW + AGAIN)
    assert [one.code for one in again.waiting] == ["9001", "9002"]


def test_each_message_has_its_own_text_and_a_crowd_has_one_call(lifeline: Lifeline, clock: Clock) -> None:
    """Of fifty danger signs at once each is texted; the phone rings for the first, then once for all the others."""
    sent = Sent()
    codes = {keep(lifeline, f"{number}").code for number in range(50)}
    lifeline.page(sent)

    assert len(codes) == 50
    assert {code for code, channel, *_ in sent.pages if channel is Channel.sms} == codes
    assert [waiting for _, channel, _, waiting in sent.pages if channel is Channel.voice] == [50]
    clock.now += RINGS
    assert lifeline.page(sent) == 0


def test_two_messages_never_share_a_code(lifeline: Lifeline) -> None:
    """Where two message ids draw the same code, the second one takes its next; a repeat keeps its own."""
    first = next(f"{n}" for n in range(10_000) if code_of(f"{n}") == code_of("x"))
    one, two = keep(lifeline, "x"), keep(lifeline, first)

    assert (one.code, two.code) == (code_of("x"), next(iter(islice(codes_of(first), 1, None))))
    assert keep(lifeline, first).code == two.code
    assert lifeline.open_codes() == sorted({one.code, two.code})


def test_a_text_that_no_carrier_took_is_tried_again_in_seconds(lifeline: Lifeline, clock: Clock) -> None:
    """A refused first text does not wait for the next rung; after some tries the ladder goes on."""
    sent = Sent(takes=False)
    keep(lifeline, "x")
    for _ in range(2 * TRIES):
        lifeline.page(sent)
        clock.now += AGAIN

    assert [channel for _, channel, *_ in sent.pages].count(Channel.sms) == TRIES


def test_where_the_first_tier_is_nobody_the_others_are_texted_at_once(tmp_path: Path, clock: Clock) -> None:
    """The short ladder never begins with an empty rung."""
    sent = Sent()
    alone = Lifeline(Spool(tmp_path, [SECRET]), clock, lambda _now: [CARLA])
    keep(alone, "x")
    alone.page(sent)

    assert [(channel, name) for _, channel, name, _ in sent.pages] == [
        (Channel.sms, "Carla Weiss"),
        (Channel.voice, "Carla Weiss"),
    ]


def test_danger_is_handed_over_first_and_each_person_in_order() -> None:
    """When the database is back, those in danger come before menus, and nobody's second text before their first."""
    kept = [lost(1, None), lost(2, None, "+15550001"), lost(3, Level.URGENT, "+15550001"), lost(4, None)]

    assert [one.sid for one in gravest_first(kept)] == ["SM2", "SM3", "SM1", "SM4"]
