"""Who calls back while somebody is paged for them: asked what is new, and listened to."""

import pytest

from flows.case import CaseState
from flows.library import Library
from flows.model import Escalate, Inbound, Kind, Note, OpenCase, TellOwner, Turn
from flows.states import State
from flows.words import Channel, Language, Level
from tests.voice.test_words import turn

OPEN = OpenCase("4821", Level.URGENT, CaseState.open, ("fever",))
TAKEN = OpenCase("4821", Level.URGENT, CaseState.accepted, ("fever",))


def said(library: Library, text: str, case: OpenCase = OPEN, *, pressed: bool = False) -> Turn:
    """What becomes of these words after "is anything new or worse?", in a conversation in English."""
    inbound = Inbound("x", "+1", Channel.voice, text, pressed=pressed)
    return turn(library, State.anything_new, Language.en, case, inbound)


@pytest.mark.parametrize("case", [OPEN, TAKEN])
@pytest.mark.parametrize("text", ["he is not breathing", "no puede respirar", "no, he is having a seizure"])
def test_a_graver_sign_raises_the_case(library: Library, text: str, case: OpenCase) -> None:
    """Whoever has the case, in either language, and though it begins with a no: raised, and told to call 911."""
    after = said(library, text, case)

    assert any(isinstance(one, Escalate) and one.level is Level.EMERGENCY for one in after.effects)
    assert after.say[0].key == "emergency"


@pytest.mark.parametrize("text", ["nothing new", "no", "nada nuevo", "2"])
def test_nothing_new_raises_nothing(library: Library, text: str) -> None:
    """Nothing new: no page, and what is still open is asked before the waiting."""
    after = said(library, text, pressed=text == "2")

    assert not any(isinstance(one, Escalate) for one in after.effects)
    assert after.conversation.state is State.called_911 or after.conversation.state is State.where


def test_a_no_with_more_behind_it_is_kept(library: Library) -> None:
    """Only the whole of what was said is a no; anything else is kept for whoever takes the case."""
    after = said(library, "no he just sits there")

    assert Note("wrote", "no he just sits there") in after.effects
    assert after.say[0].key == "noted"


def test_a_yes_is_asked_for_words(library: Library) -> None:
    """Something is new: what, in their own words, and they are still listened to."""
    after = said(library, "1", pressed=True)

    assert [one.key for one in after.say] == ["what_is_wrong"]
    assert after.conversation.state is State.anything_new


def test_whoever_has_the_case_hears_what_is_new(library: Library) -> None:
    """Once a human has the case, words without a sign go to them, and the caller waits."""
    after = said(library, "his sister is here now too", TAKEN)

    assert any(isinstance(one, TellOwner) for one in after.effects)
    assert after.conversation.state is State.waiting


@pytest.mark.parametrize("case", [OPEN, TAKEN])
def test_silence_goes_into_the_room(library: Library, case: OpenCase) -> None:
    """Who says nothing waits, without a word more."""
    silence = Inbound("x", "+1", Channel.voice, kind=Kind.silence)
    after = turn(library, State.anything_new, Language.es, case, silence)

    assert after.conversation.state is State.waiting
    assert not after.say
