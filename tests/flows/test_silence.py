"""Silence after a sign: whoever names one and then says nothing more is paged for, wherever it was and by any channel.

All signs in all states: `ALL=1 pytest tests/flows/test_silence.py`; else each sign takes turns through the states.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, product

import pytest

from flows.case import Case, CaseState
from flows.ladder import PageSpecialist, advance
from flows.library import Library
from flows.model import Conversation, Escalate, Inbound, Kind, OpenCase, Turn
from flows.roster import Roster, Specialist
from flows.screen.evidence import Reading
from flows.screen.read import read
from flows.states import AFTER_PAGE, State
from flows.step import step
from flows.words import Channel, Language, Level
from tests.dangers import DANGERS, DOUBTS

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
SOON = timedelta(minutes=10)
ROSTER = Roster((Specialist("ana", 1, frozenset(Language), on_call=True),))
NAMED = tuple(dict.fromkeys(text for one in (*DANGERS, *DOUBTS) for text in (one.en, one.es)))
# Where nobody is paged yet: no case, a call-back on the next working day, a task about something else.
UNPAGED = (
    None,
    OpenCase("4821", Level.ROUTINE, CaseState.open),
    OpenCase("4821", Level.SAME_DAY, CaseState.open, ("collect",)),
)
# The questions after a page are left out: in those somebody is paged already.
STATES = tuple(state for state in State if state not in AFTER_PAGE)
PLACES = tuple(product(STATES, UNPAGED))
EVERY = bool(os.environ.get("ALL"))


def pages(found: Turn) -> bool:
    """Does this turn page a human, at once or when the ladder's clock for an undecided case runs out?"""
    raised = [effect for effect in found.effects if isinstance(effect, Escalate)]
    return any(one.level >= Level.URGENT or (not one.decided and _pages_undecided(one)) for one in raised)


def _pages_undecided(raised: Escalate) -> bool:
    case = Case("4821", raised.level, CaseState.open, NOW, decided=False)
    due = advance(case, ROSTER, NOW).due_at
    assert due is not None
    assert due <= NOW + SOON
    return any(isinstance(one, PageSpecialist) for one in advance(case, ROSTER, due).actions)


def silences(channel: Channel) -> tuple[Inbound, ...]:
    """What silence is on this channel: no answer to a text; nothing heard, or the call ended, on a call."""
    kinds = (Kind.silence,) if channel is Channel.sms else (Kind.silence, Kind.hung_up)
    return tuple(Inbound("SM2", "+15555550171", channel, kind=kind) for kind in kinds)


def unpaged(library: Library, before: Conversation, text: str, heard: Reading) -> Iterator[str]:
    """The silences after that text that nobody is paged for."""
    first = step(before, Inbound("SM1", "+15555550171", before.channel, text), heard, library, NOW)
    if pages(first):
        return
    if before.channel is Channel.sms and not (first.silent_at and first.silent_at <= NOW + SOON):
        yield "no clock"
    for nothing in silences(before.channel):
        if not pages(step(first.conversation, nothing, Reading(), library, first.silent_at or NOW)):
            yield nothing.kind.value


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("language", [None, *Language])
def test_who_names_a_sign_and_goes_silent_is_paged_for(
    library: Library, channel: Channel, language: Language | None
) -> None:
    """Every sign in every state, then nothing more: a human is paged within ten minutes, without exception."""
    heard = {text: read(text, library.lexicon) for text in NAMED}
    places = cycle(PLACES)
    turns = product(NAMED, PLACES) if EVERY else ((text, next(places)) for text in NAMED * 3)
    lost = [
        f"{state} {case} {text}: {found}"
        for text, (state, case) in turns
        for found in unpaged(
            library, Conversation(state, channel, language, greeted=True, case=case), text, heard[text]
        )
    ]
    assert lost == []
