"""The life of a case as its table has it, and the commands and the callbacks that drive it."""

from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.case import CaseState, moved
from flows.commands import read_command
from flows.delivery import CARRIED, FAILED, ORDER, later

OPEN, ACCEPTED, REACHED, CLOSED = CaseState.open, CaseState.accepted, CaseState.reached, CaseState.closed
# What leads where; every other pair must lead nowhere.
TABLE = {
    ("accept", OPEN): ACCEPTED,
    ("give_back", OPEN): OPEN,
    ("give_back", ACCEPTED): OPEN,
    ("give_back", REACHED): OPEN,
    ("not_reached", ACCEPTED): OPEN,
    ("reach", OPEN): REACHED,
    ("reach", ACCEPTED): REACHED,
    ("danger", OPEN): OPEN,
    ("danger", ACCEPTED): ACCEPTED,
    ("danger", REACHED): OPEN,
    ("close", REACHED): CLOSED,
    ("overrule", OPEN): CLOSED,
    ("overrule", ACCEPTED): CLOSED,
    ("merge", OPEN): CLOSED,
    ("merge", ACCEPTED): CLOSED,
    ("merge", REACHED): CLOSED,
}


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("trigger", [*sorted({trigger for trigger, _ in TABLE}), "unheard_of"])
def test_a_case_moves_as_the_table_says_and_no_other_way(trigger: str, state: CaseState) -> None:
    """Nobody accepts what somebody has, only a lead closes what nobody reached, nothing moves a closed one."""
    assert moved(state, trigger) is TABLE.get((trigger, state))


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("A 4821", "accept", "4821"),
        ("a4821", "accept", "4821"),
        (" 'Accept'  4821. ", "accept", "4821"),
        ("4821", "accept", "4821"),
        ("A", "accept", None),
        ("acepto 4821", "accept", "4821"),
        ("P 4821", "pass", "4821"),
        ("paso", "pass", None),
        ("D 4821!", "done", "4821"),
        ("Hablé 4821", "done", "4821"),
        ("?", "list", None),
        ("STOP", "stop", None),
    ],
)
def test_a_command_is_read_however_it_is_typed(text: str, name: str, code: str | None) -> None:
    """Case, spaces, accents, quotes and a missing code do not matter to a thumb that was just woken."""
    command = read_command(text)

    assert command is not None
    assert (command.name, command.code) == (name, code)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A 4821 5731", ["4821", "5731"]),
        ("a 4821, 5731 & 1234", ["4821", "5731", "1234"]),
        ("D 4821 4821", ["4821"]),
        ("A 4821 bp 1205", ["4821"]),
    ],
)
def test_a_command_can_be_for_several_cases(text: str, codes: list[str]) -> None:
    """Nothing but codes behind the word: each is meant, once; other words are a note on the first."""
    command = read_command(text)

    assert command is not None
    assert [one.code for one in command.each()] == codes


@pytest.mark.parametrize("text", ["", "   ", "482", "48213", "A 482", "A 48211", "my dad has a fever", "\0"])
def test_what_is_no_command_is_none(text: str) -> None:
    """Half a code, too long a code, or a sentence of a patient is not taken for a command."""
    assert read_command(text) is None


@given(st.text(max_size=40))
def test_reading_a_command_never_fails(text: str) -> None:
    """Any text is a command or none, and a code has four digits."""
    command = read_command(text)

    assert command is None or command.code is None or len(command.code) == 4


@pytest.mark.parametrize(
    "told",
    [
        ("queued", "sent", "delivered"),
        ("initiated", "ringing", "in-progress", "completed"),
        ("queued", "sent", "failed"),
    ],
)
def test_callbacks_in_any_order_give_the_same(told: tuple[str, ...]) -> None:
    """However the callbacks of one text or call are shuffled and repeated, the last word is the same."""
    for shuffled in permutations((*told, told[0])):
        status = "accepted"
        for one in shuffled:
            status = later(status, one)
        assert status == told[-1]


@given(st.lists(st.sampled_from(ORDER) | st.text(max_size=8), max_size=6), st.randoms())
def test_merging_does_not_depend_on_the_order(told: list[str], order: Random) -> None:
    """Of any statuses, known and unknown, in any order, the same one stays."""
    shuffled = list(told)
    order.shuffle(shuffled)
    one, two = "waiting", "waiting"
    for status in told:
        one = later(one, status)
    for status in shuffled:
        two = later(two, status)

    assert one == two


def test_a_carrier_has_it_or_it_failed_on_our_side() -> None:
    """What never left us counts as nobody's: waiting, moot, expired and refused pages do not calm anybody."""
    assert not CARRIED & {"waiting", "sending", "unknown", "inline", "moot", "expired", "canceled", "failed"}
    assert "undelivered" in FAILED - CARRIED
