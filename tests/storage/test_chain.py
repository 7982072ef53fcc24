"""The chain shows any change to what happened, and outlives the purge of the words."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.chain import link, mark, verify
from storage.vault import Vault

VAULT = Vault(b"d" * 32, b"i" * 32)
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
VALUES = st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=8) | st.binary(max_size=8)
EVENTS = st.lists(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), max_size=6)

Rows = list[tuple[Mapping[str, object], bytes]]


class Kind(StrEnum):
    opened = "opened"


class Level(IntEnum):
    URGENT = 2


def chained(events: list[dict[str, object]], vault: Vault = VAULT) -> Rows:
    """The events with their links."""
    rows: Rows = []
    previous = None
    for fields in events:
        previous = link(previous, fields, vault)
        rows.append((fields, previous))
    return rows


@given(EVENTS)
def test_an_untouched_chain_is_whole(events: list[dict[str, object]]) -> None:
    """Whatever happened, a chain that nobody touched verifies, also against its head."""
    rows = chained(events)
    assert verify(rows, VAULT) is None
    assert verify(rows, VAULT, rows[-1][1] if rows else None) is None


@given(EVENTS.filter(bool), st.data())
def test_a_changed_event_is_found(events: list[dict[str, object]], choose: st.DataObject) -> None:
    """A change of one event is found at that event."""
    rows = chained(events)
    index = choose.draw(st.integers(0, len(rows) - 1))
    fields = {**rows[index][0], "new": "changed"}
    rows[index] = (fields, rows[index][1])
    assert verify(rows, VAULT) == index


@given(EVENTS.filter(lambda events: len(events) > 1), st.data())
def test_a_removed_event_is_found(events: list[dict[str, object]], choose: st.DataObject) -> None:
    """An event taken out of the middle or the beginning breaks the chain where it is missing."""
    rows = chained(events)
    index = choose.draw(st.integers(0, len(rows) - 2))
    del rows[index]
    assert verify(rows, VAULT) == index


def test_events_in_another_order_are_found() -> None:
    """Two events that changed places break the chain."""
    rows = chained([{"kind": "opened"}, {"kind": "accepted"}, {"kind": "closed"}])
    assert verify([rows[0], rows[2], rows[1]], VAULT) == 1


def test_events_cut_off_at_the_end_show_against_the_head() -> None:
    """The last link is kept with the case, so that the newest events cannot vanish unseen."""
    rows = chained([{"kind": "opened"}, {"kind": "accepted"}])
    assert verify(rows[:1], VAULT) is None
    assert verify(rows[:1], VAULT, rows[-1][1]) == 1
    assert verify([], VAULT, rows[-1][1]) == 0


def test_nobody_without_the_key_can_mend_a_chain() -> None:
    """A chain made anew with another key is refused at its first event."""
    assert verify(chained([{"kind": "opened"}], Vault(b"d" * 32, b"x" * 32)), VAULT) == 0


def test_the_chain_outlives_the_purge_of_the_words() -> None:
    """The link covers the mark of a text, so the text can go and the mark still shows what it was."""
    fields: dict[str, object] = {"kind": "said", "mark": mark("I feel confused", VAULT)}
    rows = chained([fields])
    assert verify(rows, VAULT) is None
    assert fields["mark"] != mark("I feel fine", VAULT)
    assert mark(None, VAULT) is None


def test_values_mean_the_same_before_storing_and_after_reading() -> None:
    """An enum and its value, a moment in any zone, a list and a tuple give the same link."""
    elsewhere = AT.astimezone(timezone(timedelta(hours=-6)))
    before: dict[str, object] = {"kind": Kind.opened, "level": Level.URGENT, "at": elsewhere, "signs": ("fever",)}
    after: dict[str, object] = {"signs": ["fever"], "at": AT, "level": 2, "kind": "opened"}
    assert link(None, before, VAULT) == link(None, after, VAULT)


@pytest.mark.parametrize("pair", [(1, "1"), (b"a", "a"), (None, ""), (AT, AT.isoformat())])
def test_different_values_never_give_the_same_link(pair: tuple[object, object]) -> None:
    """A number is not its digits, bytes are not text, nothing is not an empty text."""
    assert link(None, {"value": pair[0]}, VAULT) != link(None, {"value": pair[1]}, VAULT)


@pytest.mark.parametrize("value", [1.5, object(), datetime(2026, 11, 21), {"a": 1}])
def test_what_could_be_written_in_two_ways_is_refused(value: object) -> None:
    """Floats, naive times and unknown objects do not enter the chain."""
    with pytest.raises(TypeError):
        link(None, {"value": value}, VAULT)
