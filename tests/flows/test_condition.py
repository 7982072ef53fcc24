"""What a text reports of the patient beside signs: better, worse, in a hospital, adult or child; and what only asks."""

from typing import Any

import pytest

from flows.case import CaseState
from flows.dialogue.condition import age_group, asks, better, in_hospital, worse
from flows.library import Library
from flows.model import Answer, Conversation, Escalate, Inbound, Note, OpenCase, TellOwner, Turn
from flows.screen.read import read
from flows.states import State
from flows.step import step
from flows.triage import Circumstances
from flows.words import Channel, Language, Level
from tests.flows.test_dialogue import NOW

BETTER = (
    "he is fine now",
    "already better thank you",
    "he's doing much better",
    "I feel better",
    "better now",
    "all good now",
    "ya esta mejor",
    "ya está mejor, gracias",
    "se siente mejor",
    "mi esposo está bien",
    "ya se le pasó",
    "mucho mejor",
)
NOT_BETTER = (
    "he is not better",
    "is he better?",
    "he was fine this morning",
    "is it better to wait",
    "he has been better",
    "no está mejor",
    "esta bien mal",
    "John Goodwell",
    "better call someone",
    "will he get better",
    "when is he fine",
    "11/15",
)
WORSE = ("he is worse", "she's getting worse", "much worse", "está peor", "se puso peor", "empeoró")
NOT_WORSE = ("he is not worse", "what if he gets worse", "is it worse?", "no está peor", "cuando esta peor")
THERE = (
    "they took him to the hospital",
    "we are at the hospital",
    "he is in the ER now",
    "at the hospital",
    "he was admitted",
    "estamos en el hospital",
    "mi papá está en el hospital",
    "lo trajimos a urgencias",
    "ya llegamos al hospital",
    "estamos aquí en urgencias",
)
NOT_THERE = (
    "should we go to the hospital",
    "we are not at the hospital",
    "are you in the hospital?",
    "no estamos en el hospital",
    "where is the hospital",
    "he was in the hospital last week",
    "¿dónde está el hospital?",
)
AGES = (
    ("he is an adult", "adult"),
    ("sorry, he is an adult", "adult"),
    ("he is not a child", "adult"),
    ("adulto", "adult"),
    ("perdón, es adulto", "adult"),
    ("no es menor", "adult"),
    ("he is 62 years old", "adult"),
    ("tiene 62 años", "adult"),
    ("she is 9 years old", "child"),
    ("he's a child", "child"),
    ("es menor", "child"),
    ("no es adulta", "child"),
    ("tiene 9 años", "child"),
    ("my son is 9 years old", None),
    ("he's a baby about needles", None),
    ("is he an adult?", None),
    ("when she was 9 years old", None),
    ("lleva enfermo 9 años", None),
    ("I am an adult, he is 9 years old", None),
    ("Yescarta", None),
)


@pytest.mark.parametrize("text", BETTER)
def test_who_is_better_is_heard(text: str) -> None:
    """Better, in the ways people say it."""
    assert better(text)


@pytest.mark.parametrize("text", NOT_BETTER)
def test_what_is_not_said_to_be_better(text: str) -> None:
    """A denial, a question, the past or advice is no report of being better."""
    assert not better(text)


def test_worse_and_its_opposites() -> None:
    """Worse is heard where it is so now, and not where it is denied, asked or feared."""
    assert [text for text in WORSE if not worse(text)] == []
    assert [text for text in NOT_WORSE if worse(text)] == []


def test_in_a_hospital_and_its_opposites() -> None:
    """Being in a hospital is heard where it is so now, and not where it is denied, asked or past."""
    assert [text for text in THERE if not in_hospital(text)] == []
    assert [text for text in NOT_THERE if in_hospital(text)] == []


@pytest.mark.parametrize(("text", "group"), AGES)
def test_adult_or_child_in_words(text: str, group: str | None) -> None:
    """Adult or child is read where it is said of the patient, and never where both are."""
    assert age_group(text) == group


def test_only_what_clearly_asks() -> None:
    """A question by its mark, its first word or a request; thanks, a place and "please" ask nothing."""
    asking = (
        "what is CAR T",
        "thanks, and how much is it",
        "tell me about fever",
        "que es car t",
        "quiero saber de esto",
    )
    quiet = ("already better thank you", "gracias", "por favor", "estamos aqui", "cost", "he can talk")
    assert [text for text in asking if not asks(text)] == []
    assert [text for text in quiet if asks(text)] == []


def said(library: Library, before: Conversation, text: str) -> Turn:
    """What comes of that text."""
    return step(before, Inbound("SM1", "+15555550171", before.channel, text), read(text, library.lexicon), library, NOW)


def waiting(state: State, level: Level = Level.URGENT, owned: bool = False, **more: Any) -> Conversation:
    """A conversation in a case that is paged for."""
    case = OpenCase("4821", level, CaseState.accepted if owned else CaseState.open, ("fever",))
    return Conversation(state, Channel.sms, Language.en, greeted=True, case=case, **more)


EVERY = (State.patient_name, State.infusion_date, State.product, State.waiting, State.menu, State.topic, State.offer)


@pytest.mark.parametrize("state", EVERY)
@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize(
    "text", ["he is fine now", "ya esta mejor", "we are at the hospital", "estamos en el hospital"]
)
def test_a_report_is_kept_wherever_a_question_waits(
    library: Library, state: State, channel: Channel, text: str
) -> None:
    """In a paged case a report is noted, is the answer to nothing else, and is never answered by a topic."""
    before = waiting(state, answers={"where": "home", "asked": "fever", "deciding": "no"})
    before.channel = channel
    found = said(library, before, text)
    assert Note("wrote", text) in found.effects
    assert not [one for one in found.effects if isinstance(one, Answer) and one.question == state.value]
    assert found.say
    assert not any(one.key.startswith(("topic", "menu")) for one in found.say)


@pytest.mark.parametrize("text", ["he is doing better, thank you", "estamos en el hospital"])
def test_a_report_is_told_to_who_has_the_case(library: Library, text: str) -> None:
    """Whoever has taken the case is told of a report, and nothing more is asked."""
    found = said(library, waiting(State.waiting, owned=True), text)
    assert TellOwner() in found.effects
    assert "all_asked" not in [one.key for one in found.say]


@pytest.mark.parametrize("text", ["he is worse", "está peor"])
def test_worse_tells_its_words_on(library: Library, text: str) -> None:
    """Worse is added to the case as a danger is, with its words, and lowers nothing."""
    found = said(library, waiting(State.patient_name, Level.EMERGENCY), text)
    assert [one.words for one in found.effects if isinstance(one, Escalate)] == [(text,)]
    assert found.conversation.case
    assert found.conversation.case.level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["day 5", "Day 5", "dia 5", "día 5", "5 days ago", "hace 5 días", "about 5 days ago"])
def test_the_day_that_we_asked_for_is_taken(library: Library, text: str) -> None:
    """Our own example answers the question, though an old fever stands in the case."""
    before = waiting(State.infusion_date)
    before.evidence = read("fever of 102", library.lexicon).evidence
    found = said(library, before, text)
    assert Answer("infusion_date", "2026-11-16") in found.effects
    assert found.conversation.circumstances.day == 5


@pytest.mark.parametrize("text", ["day 5, he collapsed", "confused 5 days ago and now", "day 5 bp 70/40"])
def test_a_day_hides_no_sign(library: Library, text: str) -> None:
    """A danger sign beside the day pages as ever."""
    found = said(library, waiting(State.infusion_date), text)
    assert any(isinstance(one, Escalate) for one in found.effects)


def test_a_digit_is_no_name(library: Library) -> None:
    """A bare digit is asked about once; then the question is left, and nothing is taken for a name."""
    once = said(library, waiting(State.patient_name), "1")
    assert [one.key for one in once.say] == ["patient_name_again"]
    assert Answer("patient_name", None) in said(library, once.conversation, "2").effects
    assert Answer("patient_name", "04051960") in said(library, waiting(State.patient_name), "04051960").effects


@pytest.mark.parametrize("state", [State.product, State.patient_name, State.where, State.waiting, State.topic])
@pytest.mark.parametrize("text", ["sorry, he is an adult", "he is not a child", "adulto", "tiene 62 años"])
def test_no_child_after_all_is_weighed_again(library: Library, state: State, text: str) -> None:
    """A corrected age is taken at any later moment, and the pulse said before is an adult's now."""
    before = waiting(state, answers={"age_group": "child"}, circumstances=Circumstances(child=True))
    before.evidence = read("his pulse is 135", library.lexicon).evidence
    found = said(library, before, text)
    assert found.conversation.circumstances.child is False
    assert Answer("age_group", "adult") in found.effects
    assert found.conversation.case
    assert found.conversation.case.level is Level.EMERGENCY


@pytest.mark.parametrize("text", ["she is 9 years old", "es menor", "no es adulta"])
def test_a_child_after_all_lowers_nothing(library: Library, text: str) -> None:
    """Adult taken back: the level of the case stays, and the question that waits is asked again."""
    before = waiting(State.product, Level.EMERGENCY, answers={"age_group": "adult", "called_911": "yes"})
    before.answers |= {"where": "home", "deciding": "no", "patient_name": "", "infusion_date": ""}
    before.circumstances = Circumstances(child=False)
    found = said(library, before, text)
    assert found.conversation.circumstances.child is True
    assert found.conversation.case == before.case
    assert [one.key for one in found.say] == ["noted", "product"]


def test_years_alone_take_no_adult_limits_off(library: Library) -> None:
    """Nobody becomes a child by words alone, where adult was no answer to our question."""
    before = waiting(State.product, circumstances=Circumstances(child=False))
    assert said(library, before, "she is 9 years old").conversation.circumstances.child is False


@pytest.mark.parametrize("text", ["his pulse is 135", "bp 78/40"])
@pytest.mark.parametrize("state", [State.product, State.waiting])
def test_an_adults_emergency_in_a_childs_case_is_on_the_page(library: Library, text: str, state: State) -> None:
    """A figure that would be an adult's emergency leaves a child's level, and its words go to the page."""
    found = said(library, waiting(state, circumstances=Circumstances(child=True)), text)
    (raised,) = [one for one in found.effects if isinstance(one, Escalate)]
    assert (raised.level, raised.words) == (Level.URGENT, (text,))
    assert "C7.figure" in raised.rules
