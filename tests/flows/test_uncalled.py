"""Who says that nobody has called them, or asks for the call: whoever has the case hears it, whatever was asked."""

import pytest

from flows.case import CaseState
from flows.dialogue.uncalled import uncalled
from flows.library import Library
from flows.model import Conversation, Inbound, OpenCase, TellOwner, Turn
from flows.screen.read import read
from flows.states import State
from flows.step import step
from flows.words import Channel, Language, Level
from tests.flows.test_dialogue import NOW

PLAIN = (
    "Nobody called me",
    "no one has called me yet",
    "No one's calling us",
    "why hasn't anyone called me?",
    "you guys never called us",
    "the nurse didn't even call me",
    "I never got a call",
    "i havent been called",
    "still no call",
    "waiting on someone to call",
    "I haven't heard from anyone",
    "please call me",
    "can somebody call us back",
    "when will you call me",
    "nadie me llamó",
    "todavía nadie nos ha llamado",
    "No me han llamado",
    "nunca me llamaron",
    "no he recibido ninguna llamada",
    "estoy esperando la llamada",
    "llámenme por favor",
    "quiero que me llamen",
    "¿me pueden llamar?",
    "cuándo me van a llamar",
)
SHORT = (
    "no one has called",
    "nobody called",
    "they never called",
    "still waiting",
    "nadie ha llamado",
    "no han llamado",
)
NOT = (
    "no one called 911",
    "nobody has called an ambulance",
    "I have not called 911",
    "nadie llamó al 911",
    "no he llamado a la ambulancia",
    "the doctor called me",
    "ya me llamaron",
    "me llamo Juan",
    "stop calling me",
    "no me llamen",
    "waiting for the ambulance",
    "estoy esperando la ambulancia",
    "no",
    "nadie",
)


@pytest.mark.parametrize("text", [*PLAIN, *SHORT])
def test_it_is_found(text: str) -> None:
    """Many ways to say that no call came, and to ask for one, in both languages."""
    assert uncalled(text)


@pytest.mark.parametrize("text", NOT)
def test_other_calls_are_not(text: str) -> None:
    """That nobody called 911, that somebody called, a name and a wish for no calls are something else."""
    assert not uncalled(text)


@pytest.mark.parametrize("text", SHORT[:3])
def test_the_short_ones_may_answer_the_question_on_911(text: str) -> None:
    """Where we asked whether 911 was called, "nobody called" is the answer."""
    assert not uncalled(text, asked_911=True)


def turn_of(
    library: Library,
    text: str,
    state: State,
    standing: CaseState,
    *,
    stopped: bool = False,
    level: Level = Level.URGENT,
) -> Turn:
    """The answer to a text in a case that stands so."""
    case = OpenCase("4821", level, standing, ("chills",))
    language = Language.es if set("áéíóú¿") & set(text) or text.startswith(("no han", "nadie")) else Language.en
    before = Conversation(state, language=language, case=case, opted_out=stopped, answers={"asked": "chills"})
    inbound = Inbound("SM1", "+15555550100", Channel.sms, text)
    return step(before, inbound, read(text, library.lexicon), library, NOW)


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("state", State)
def test_the_owner_hears_it_in_every_state(library: Library, text: str, state: State) -> None:
    """Whatever was asked last: it is no answer to that, and whoever marked the case as reached hears of it."""
    assert TellOwner(waits=True) in turn_of(library, text, state, CaseState.reached).effects


@pytest.mark.parametrize("text", PLAIN)
def test_the_owner_hears_it_after_stop(library: Library, text: str) -> None:
    """Who wants no texts is heard all the same."""
    turn = turn_of(library, text, State.waiting, CaseState.accepted, stopped=True)

    assert (turn.say, turn.effects) == ((), (TellOwner(waits=True),))


@pytest.mark.parametrize("text", [*PLAIN, *SHORT])
def test_no_owner_nothing_to_tell(library: Library, text: str) -> None:
    """While nobody has the case its pages go on, and nothing else is done or answered by these words."""
    assert turn_of(library, text, State.deciding, CaseState.open).effects == ()


@pytest.mark.parametrize("standing", [CaseState.open, CaseState.accepted])
def test_a_person_for_a_task_is_still_asked_about(library: Library, standing: CaseState) -> None:
    """Who asks to be called while a task waits is asked whether somebody is sick; an owner hears it too."""
    turn = turn_of(library, "please call me", State.menu, standing, level=Level.SAME_DAY)

    assert turn.conversation.state is State.person
    assert turn.effects == ((TellOwner(waits=True),) if standing is CaseState.accepted else ())
