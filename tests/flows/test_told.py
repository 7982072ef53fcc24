"""What a text reports beside signs: help that was called or cannot be, a death; and what only looks like it."""

import pytest

from flows.case import CaseState
from flows.dialogue.language import languages_of
from flows.dialogue.told import called_for_help, cannot_call, died, may_be_dead
from flows.library import Library
from flows.model import Conversation, Inbound, Note, OpenCase
from flows.screen.read import read
from flows.states import State
from flows.step import step
from flows.words import Channel, Language, Level
from tests.flows.test_dialogue import NOW

CALLED = (
    "I called 911",
    "i called 911 they are coming",
    "ambulance is here now",
    "The ambulance is on the way",
    "we're at the er",
    "im in the er",
    "paramedics are here",
    "on the phone with 911",
    "my wife called 911",
    "EMS took him",
    "he cant wake up, ambulance is here",
    "on the way to the ER",
    "ya llamé al 911",
    "ya llame al 911",
    "no responde, ya llamé al 911",
    "la ambulancia ya llegó",
    "ya viene la ambulancia",
    "estamos en urgencias",
    "vamos camino al hospital",
)
NOT_CALLED = (
    "does the ER cost a lot",
    "should i call 911",
    "I haven't called 911",
    "did you call 911",
    "we were at the er last week",
    "call 911",
    "the ambulance is not here",
    "911 never came",
    "I tried calling 911",
    "is the ambulance coming?",
    "how much does an ambulance cost",
    "no he llamado al 911",
    "debo llamar al 911?",
    "llame al 911",
)
CANNOT = (
    "he wont let me call",
    "i can't call 911",
    "no puedo llamar al 911",
    "no me deja llamar",
    "can't get an ambulance",
)
CANNOT_HERE = ("he wont let me", "she refuses", "no me deja", "no quiere", "no signal", "can't call")
CAN = ("I can't call you", "he won't eat", "the doctor wont call me back", "insurance won't cover the ambulance")
DIED = (
    "he died",
    "she passed away",
    "My husband passed away last night",
    "mi papá falleció",
    "murió anoche",
    "my dad died today",
)
NOT_DIED = (
    "my phone died",
    "my brother died last year",
    "he almost died",
    "what if he died",
    "se murió mi teléfono",
    "will I die",
    "how many people died",
    "she passed out",
)
MAYBE = ("he is dead", "I think he's dead", "I think he died", "está muerto", "creo que murió")
NOT_DEAD = ("he is dead tired", "está muerto de cansancio", "the line is dead")
SPANISH = ("vomita sangre", "voy a morir?", "mucho sueño", "se cayó", "tiembla mucho", "confundido", "no se mueve")


def test_help_that_was_called() -> None:
    """That help is called, coming or there is read wherever it stands in a text, in both languages."""
    assert [text for text in CALLED if not called_for_help(text)] == []


def test_help_that_was_not_called() -> None:
    """A question, a plan, a refusal, last year, or the bare cry is no report that help was called."""
    assert [text for text in NOT_CALLED if called_for_help(text)] == []


def test_who_cannot_call() -> None:
    """That they cannot call, or are not let; in answer to our question less is enough."""
    assert [text for text in CANNOT if not cannot_call(text)] == []
    assert [text for text in CANNOT_HERE if not cannot_call(text, asked=True)] == []
    assert [text for text in CAN if cannot_call(text)] == []


def test_a_death() -> None:
    """That the patient has died is told apart from phones, years ago, and what almost happened."""
    assert [text for text in DIED if not died(text)] == []
    assert [text for text in NOT_DIED if died(text)] == []


def test_perhaps_dead() -> None:
    """Somebody who is thought to be dead must be looked after at once; being dead tired is something else."""
    assert [text for text in MAYBE if not may_be_dead(text)] == []
    assert [text for text in NOT_DEAD if may_be_dead(text)] == []


@pytest.mark.parametrize("text", SPANISH)
def test_short_spanish_is_spanish(library: Library, text: str) -> None:
    """A few plain Spanish words are answered in Spanish alone."""
    assert languages_of(text, library.lexicon) == {Language.es}


def test_a_picture_with_words(library: Library) -> None:
    """Words beside a photo are answered, and the person learns that the photo was not seen."""
    inbound = Inbound("SM1", "+15555550171", Channel.sms, "look at this rash, fever 102", media=1)

    found = step(Conversation(State.menu), inbound, read(inbound.text, library.lexicon), library, NOW)

    assert found.say[0].key == "urgent"
    assert [one.key for one in found.say] == ["urgent", "media_unseen", "where"]
    assert Note("media") in found.effects


COURTESIES = ("thanks", "ok thank you", "gracias", "👍🏽", "hello?", "hola")


@pytest.mark.parametrize(
    "state", [State.called_911, State.where, State.patient_name, State.infusion_date, State.asking]
)
@pytest.mark.parametrize("text", COURTESIES)
def test_a_courtesy_answers_nothing(library: Library, state: State, text: str) -> None:
    """A thank-you or a greeting is no answer to what was asked: the question stays, and pages nobody by itself."""
    case = OpenCase("4821", Level.URGENT, CaseState.open, ("chills",)) if state is not State.asking else None
    before = Conversation(state, language=Language.en, greeted=True, case=case, answers={"asked": "chills"})

    found = step(before, Inbound("SM1", "+15555550171", Channel.sms, text), read(text, library.lexicon), library, NOW)

    assert found.conversation.state is state
    assert found.effects == ()
    assert len(found.say) == 1


def test_a_yes_to_nothing_is_no_question(library: Library) -> None:
    """Yes or no where nothing was asked is not taken for a question about something that sounds alike."""
    for text in ("yes", "no", "sí"):
        inbound = Inbound("SM1", "+15555550171", Channel.sms, text)
        found = step(Conversation(State.menu, greeted=True), inbound, read(text, library.lexicon), library, NOW)
        assert [one.key for one in found.say] == ["what_do_you_mean"]
