"""Every word of a call: in every state, whatever is pressed, said or not said, there is something to say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.twiml import Keys, spoken
from flows.case import CaseState
from flows.catalog.gate import spoken_seconds
from flows.dialogue.dates import keyed_date, read_infusion
from flows.library import Library
from flows.model import Conversation, Inbound, Kind, OpenCase, Turn
from flows.screen.read import read
from flows.states import AFTER_PAGE, State
from flows.step import step
from flows.triage import Circumstances
from flows.words import Channel, Language, Level
from tests.house import START

CASES = {
    "none": None,
    "open": OpenCase("4821", Level.EMERGENCY, CaseState.open, ("seizure",)),
    "accepted": OpenCase("4821", Level.URGENT, CaseState.accepted, ("fever",)),
    "reached": OpenCase("4821", Level.URGENT, CaseState.reached, ("fever",)),
    "task": OpenCase("4821", Level.SAME_DAY, CaseState.open, ("fatigue",)),
    "undecided": OpenCase("4821", Level.SAME_DAY, CaseState.open, ("fatigue",), decided=False),
}
HEARD = [
    *"0123456789",
    "1115",
    "yes",
    "no",
    "stop",
    "alto",
    "wrong number",
    "help",
    "menu",
    "more",
    "back",
    "what is it",
]
ANSWERS = {"shelf": "about", "section": "about", "page": "0", "topic": "what_is_it", "part": "1", "asked": "fever"}


def turn(library: Library, state: State, language: Language, case: OpenCase | None, inbound: Inbound) -> Turn:
    """One turn of a call in that state."""
    offered = {"offered": ",".join(topic.id for topic in list(library.topics)[:2])}
    before = Conversation(state, Channel.voice, language, case=case, answers={**ANSWERS, **offered})
    return step(before, inbound, read(inbound.text, library.lexicon), library, START)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", list(State))
def test_everything_that_a_call_may_say_has_words_for_a_call(
    library: Library, state: State, language: Language
) -> None:
    """In every state and language, whatever happens on a call, each message has words to be spoken."""
    kinds = [Inbound("x", "+1", Channel.voice, kind=kind) for kind in (Kind.call, Kind.silence)]
    keys = [Inbound("x", "+1", Channel.voice, text, pressed=text.isdecimal(), heard=True) for text in HEARD]
    for case in CASES.values():
        for inbound in (*kinds, *keys):
            for say in turn(library, state, language, case, inbound).say:
                message = library.catalog.messages[say.key]
                assert Channel.voice in message.channels, (state, inbound.text or inbound.kind, say.key)


@pytest.mark.parametrize("state", list(State))
def test_danger_comes_first_in_every_state_of_a_call(library: Library, state: State) -> None:
    """Whatever was asked, a danger sign that is spoken is answered by the emergency line."""
    inbound = Inbound("x", "+1", Channel.voice, "she is having a seizure")
    said = turn(library, state, Language.en, None, inbound).say
    assert said[0].key.startswith("emergency")


@pytest.mark.parametrize("state", AFTER_PAGE)
def test_silence_twice_after_a_page_asks_no_more(library: Library, state: State) -> None:
    """Who does not answer is not asked again and again: they wait for the human."""
    quiet = Inbound("x", "+1", Channel.voice, kind=Kind.silence)
    assert turn(library, state, Language.en, CASES["open"], quiet).conversation.state is State.waiting


@pytest.mark.parametrize("state", [one for one in State if one is not State.person])
def test_silence_twice_never_ends_a_call(library: Library, state: State) -> None:
    """Nothing heard twice leads to a person or to the question for one, never to nothing."""
    quiet = Inbound("x", "+1", Channel.voice, kind=Kind.silence)
    after = turn(library, state, Language.en, None, quiet)
    asked = after.conversation.state is State.person
    assert asked or after.effects or after.conversation.state is State.waiting


@pytest.mark.parametrize(
    ("listed", "heard", "pages"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_who_pages_by_silence(library: Library, listed: bool, heard: bool, pages: bool) -> None:
    """Silence at the question for a person pages for a listed number or after any sound; else it is called back."""
    quiet = Inbound("x", "+1", Channel.voice, kind=Kind.silence, heard=heard)
    known = Circumstances(listed=listed)
    before = Conversation(State.person, Channel.voice, Language.en, circumstances=known)
    after = step(before, quiet, read("", library.lexicon), library, START)
    assert (after.say[0].key == "urgent") is pages


@given(st.dates(min_value=date(2026, 9, 1), max_value=date(2026, 11, 21)))
def test_month_and_day_by_keys(on: date) -> None:
    """Four keys are month and day."""
    assert read_infusion(keyed_date(f"{on:%m%d}"), date(2026, 11, 21)).on == on


@given(st.integers(min_value=0, max_value=999))
def test_days_ago_by_keys(days: int) -> None:
    """Up to three keys are days ago."""
    read_as = read_infusion(keyed_date(str(days)), date(2026, 11, 21))
    assert read_as.on is not None
    assert (date(2026, 11, 21) - read_as.on).days == days


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_any_keys_are_read_or_left(digits: str) -> None:
    """Whatever is keyed, reading it never fails."""
    assert read_infusion(keyed_date(digits), date(2026, 11, 21)).stored


def test_the_first_prompt_fits_eight_seconds(library: Library) -> None:
    """The first prompt takes at most eight seconds, and names the emergency number, 1 and the other language."""
    for language in Language:
        text = library.catalog.say("voice.entry", language, Channel.voice, {"emergency": "911"})
        assert spoken_seconds(text) <= 8
        assert all(part in text for part in ("911", "1", "9"))


def test_a_document_waits_for_keys_in_the_right_way() -> None:
    """One key posts at once; a date ends with the pound key."""
    assert 'numDigits="1"' in spoken([], Keys("/x"))
    assert 'finishOnKey="#"' in spoken([], Keys("/x", digits=0, finish="#"))
