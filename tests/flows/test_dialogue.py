"""The conversation's table, looped over: no state, language or channel in which a danger sign is not heard."""

import os
from datetime import UTC, datetime
from itertools import cycle, product

import pytest

from flows.case import CaseState
from flows.library import Library
from flows.model import Conversation, Escalate, Inbound, OpenCase, Turn
from flows.screen.evidence import Reading
from flows.screen.read import read
from flows.states import AFTER_PAGE, State
from flows.step import step
from flows.words import Channel, Language, Level
from tests.dangers import DANGERS

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
LANGUAGES = (None, *Language)
WAITING = OpenCase("4821", Level.URGENT, CaseState.open, ("chills",))
# What may be open already; an escalation never depends on it.
CASES = (
    None,
    OpenCase("4821", Level.URGENT, CaseState.accepted, ("chills",)),
    OpenCase("4821", Level.SAME_DAY, CaseState.open, ("nv",), decided=False),
    WAITING,
    OpenCase("4821", Level.EMERGENCY, CaseState.reached, ("seizure",)),
)
# Every context with every phrase: `ALL=1 pytest tests/flows/test_dialogue.py`; else they take turns.
CONTEXTS = tuple(product(CASES, (False, True)))
TURNS = tuple(zip(CASES * 3, (False, False, True) * 5, strict=True))
EVERY = bool(os.environ.get("ALL"))


def turn(library: Library, before: Conversation, text: str) -> Turn:
    """What comes of that text."""
    inbound = Inbound("SM1", "+15555550171", before.channel, text)
    return step(before, inbound, read(text, library.lexicon), library, NOW)


def escalations(found: Turn) -> list[Escalate]:
    return [effect for effect in found.effects if isinstance(effect, Escalate)]


@pytest.fixture(scope="module")
def heard(library: Library) -> dict[str, Reading]:
    """What the screen reads in each danger phrase."""
    return {text: read(text, library.lexicon) for one in DANGERS for text in (one.en, one.es)}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("channel", Channel)
def test_every_danger_is_heard_in_every_state(
    library: Library, heard: dict[str, Reading], state: State, channel: Channel
) -> None:
    """In every state and language, by text and voice, after STOP and in a case: each danger pages at its level."""
    turns = cycle(TURNS)
    for language, one, spanish in product(LANGUAGES, DANGERS, (False, True)):
        for case, opted_out in CONTEXTS if EVERY else (next(turns),):
            text = one.es if spanish else one.en
            before = Conversation(state, channel, language, opted_out, greeted=True, case=case)
            found = step(before, Inbound("SM1", "+15555550171", channel, text), heard[text], library, NOW)
            where = f"{language} {opted_out} {case} {text}"
            assert max((raised.level for raised in escalations(found)), default=None) == one.level, where
            assert found.say, where


@pytest.mark.parametrize("state", State)
def test_no_state_is_left_without_a_word(library: Library, state: State) -> None:
    """In every state, whatever is typed gets an answer, but for one who has opted out."""
    for language in LANGUAGES:
        for text in ("1", "9", "menu", "back", "asdf qwer", "?", "gracias", "person", "no"):
            case = WAITING if state in AFTER_PAGE else None
            found = turn(library, Conversation(state, Channel.sms, language, greeted=True, case=case), text)
            assert found.say, f"{state} {language} {text}"


@pytest.mark.parametrize("state", State)
def test_a_turn_leaves_the_conversation_before_as_it_was(library: Library, state: State) -> None:
    """A turn moves a copy: the same turn again, after a lost race, comes to the same."""
    before = Conversation(state, Channel.sms, Language.en, greeted=True)

    first, second = (turn(library, before, "my husband is having a seizure") for _ in range(2))

    assert before.state is state
    assert (first.say, first.effects) == (second.say, second.effects)
