"""The conversation's table, looped over: no state, language or channel in which a danger sign is not heard."""

from datetime import UTC, datetime

import pytest

from flows.case import CaseState
from flows.library import Library
from flows.model import Conversation, Escalate, Inbound, OpenCase, Turn
from flows.screen.read import read
from flows.states import AFTER_PAGE, State
from flows.step import step
from flows.words import Channel, Language, Level

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
# One phrase of each kind of danger, in both languages; each pages by itself.
DANGERS = (
    "my husband is having a seizure",
    "he can't breathe",
    "she has a fever of 102.5",
    "mi esposo está convulsionando",
    "no puede respirar",
    "tiene fiebre de 39.5",
)
LANGUAGES = (None, *Language)
WAITING = OpenCase("4821", Level.URGENT, CaseState.open, ("chills",))
TAKEN = OpenCase("4821", Level.URGENT, CaseState.accepted, ("chills",))


def turn(library: Library, before: Conversation, text: str) -> Turn:
    """What comes of that text."""
    inbound = Inbound("SM1", "+15555550171", before.channel, text)
    return step(before, inbound, read(text, library.lexicon), library, NOW)


def escalations(found: Turn) -> list[Escalate]:
    return [effect for effect in found.effects if isinstance(effect, Escalate)]


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("channel", Channel)
def test_a_danger_sign_is_heard_in_every_state(library: Library, state: State, channel: Channel) -> None:
    """In every state and language, by text and voice, after STOP and with a case: a danger pages and is answered."""
    for language in LANGUAGES:
        for opted_out in (False, True):
            for case in (None, TAKEN):
                before = Conversation(state, channel, language, opted_out, greeted=True, case=case)
                for text in DANGERS:
                    found = turn(library, before, text)
                    where = f"{state} {channel} {language} {opted_out} {case} {text}"
                    assert any(one.level >= Level.URGENT for one in escalations(found)), where
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
