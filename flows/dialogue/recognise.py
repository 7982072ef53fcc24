"""What an inbound is, in this state: the first line of the list that fits names the event. Danger stands first."""

from collections.abc import Callable

from flows.case import CaseState
from flows.dialogue import reports
from flows.dialogue.choice import MENU_OF, YES_NO, choose
from flows.dialogue.draft import Draft
from flows.dialogue.questions import is_yes_no
from flows.dialogue.told import called_for_help, cannot_call, died, may_be_dead
from flows.dialogue.uncalled import uncalled
from flows.knowledge.match import match
from flows.model import Kind
from flows.states import AFTER_PAGE, RESTING, THINKING, State
from flows.triage.childhood import FIGURE
from flows.words import Channel, Level

FLOOD = 100  # texts in ten minutes
LAST_LATIN = 0x24F  # the last letter of Latin Extended-B
SHORTEST_QUESTION = 4  # words
FREE_TEXT = (State.patient_name, State.infusion_date, State.product, *THINKING)
# Words that work everywhere, and the event that they are.
WORDS = (
    "menu",
    "back",
    "more",
    "person",
    "status",
    "english",
    "spanish",
    "start",
    "mistake",
    "wrong_number",
    "thanks",
    "hello",
    "told_911",
    "other_center",
)
THUMBS = "👍🙏❤💕😊🙂👌 \ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # nothing but these is a thank-you
OPEN_QUESTION = frozenset(State) - frozenset(RESTING)


def _no_words(draft: Draft) -> str | None:
    """Not a message: silence, or a call that begins or ends. Silence on a call is heard by the caller's own step."""
    kind = draft.inbound.kind
    if kind is Kind.silence and draft.inbound.channel is Channel.voice:
        return "quiet"
    return None if kind is Kind.text else kind.value


def _key(draft: Draft) -> str | None:
    """A key that means the same at every point of a call; in a count or a date it is a digit."""
    state = draft.conversation.state
    other = draft.inbound.pressed and draft.inbound.text == "9" and state is not State.menu
    return "other_language" if other and state not in FREE_TEXT else None


def _foreign(draft: Draft) -> str | None:
    """Letters of a script that neither of our languages is written in."""
    letters = [one for one in draft.inbound.text if one.isalpha()]
    strange = sum(1 for one in letters if ord(one) > LAST_LATIN)
    return "foreign" if strange * 2 > len(letters) > 0 else None


def _danger(draft: Draft) -> str | None:
    found = draft.disposition
    if draft.conversation.state is State.where and set(found.signs) <= {"alone"} and choose(draft):
        return None  # the answer to our own question, which weighs it
    if not found.signs and (_answers_911(draft) or called_for_help(draft.inbound.text)):
        return None  # the number alone is a cry for help; that it was called is none
    dead = died(draft.inbound.text) or may_be_dead(draft.inbound.text)
    if dead and (found.level or Level.ROUTINE) < Level.EMERGENCY:
        return None  # "she passed away" is no faint, and "he fell, he is dead" more than a fall
    hard = found.level is not None and found.level >= Level.URGENT and not found.soft
    hard = hard or (FIGURE in found.rules and reports.paged(draft.conversation.case))
    return "danger" if hard or draft.reading.plea in ("now", "emergency") else None


def _answers_911(draft: Draft) -> bool:
    return draft.conversation.state is State.called_911 and choose(draft) is not None


def _reported(draft: Draft) -> str | None:
    """What has happened, in their own words: a death, help that was called, or that it cannot be called."""
    text, asked = draft.inbound.text, draft.conversation.state is State.called_911
    if may_be_dead(text) or died(text):
        return "may_be_dead" if may_be_dead(text) else "died"
    if draft.conversation.state is State.where and choose(draft):
        return None  # the answer to our own question
    if called_for_help(text):
        return "told_911" if draft.conversation.case or not draft.conversation.opted_out else None
    return "cannot_call" if cannot_call(text, asked=asked) else None


def _opted_out(draft: Draft) -> str | None:
    if not draft.conversation.opted_out:
        return None
    if draft.library.catalog.means("anywhere", draft.inbound.text) == "start":
        return "start"
    if uncalled(draft.inbound.text) and draft.conversation.case:
        return "uncalled"
    return "quiet_doubt" if draft.disposition.level is not None else "muted"


def _flood(draft: Draft) -> str | None:
    """Far more texts than anybody writes: one kind word, then nothing but to danger signs, which stand before this."""
    if draft.conversation.lately < FLOOD or draft.disposition.level is not None or draft.disposition.ask:
        return None
    return "flood" if draft.conversation.lately == FLOOD else "muted"


def _stop(draft: Draft) -> str | None:
    if not draft.reading.opt_out or draft.inbound.channel is Channel.voice:
        return None  # a call has no texts to stop
    unsure = draft.reading.opt_out_word in UNSURE_STOPS and draft.conversation.state in OPEN_QUESTION
    return "may_be_stop" if unsure else "stop"


UNSURE_STOPS = frozenset({"alto", "baja", "parar"})


def _answer(draft: Draft) -> str | None:
    """An answer to what we asked, unless it names another sign than the one that we asked about."""
    choice = choose(draft)
    if choice is None:
        return None
    asked = draft.conversation.answers.get("asked")
    other = set(draft.disposition.signs) - {asked, "alone"}
    if draft.disposition.level is not None and other and choice != "yes":
        return None
    draft.choice = choice
    return "answer"


def _word(draft: Draft) -> str | None:
    word = draft.library.catalog.means("anywhere", draft.inbound.text)
    if word is None and draft.inbound.text.strip() and not draft.inbound.text.strip(THUMBS):
        return "thanks"
    if word is None and draft.reading.plea in ("help", "person", "status"):
        return draft.reading.plea
    return word if word in WORDS or word == "help" else None


def _relay(draft: Draft) -> str | None:
    """Once a human has the case the bot only relays."""
    case = draft.conversation.case
    taken = case is not None and case.state is not CaseState.open and case.level >= Level.URGENT
    return "relay" if taken and draft.conversation.state is not State.menu else None


def _free_text(draft: Draft) -> str | None:
    state = draft.conversation.state
    said = bool(draft.inbound.text.strip())
    asked = draft.conversation.answers.get("asked", "vague")
    in_words = state in (State.deciding, State.asking) and not is_yes_no(draft.library.catalog, asked)
    if state is State.patient_name and reports.BARE_NUMBER.fullmatch(draft.inbound.text.strip()):
        return None
    if (
        in_words
        and reports.may_ask(draft)
        and match(draft.inbound.text, draft.library.topics, draft.conversation.language).topic
    ):
        return None  # they asked something else; the danger question stays open, and its page due
    return "answer" if said and (state in FREE_TEXT or (in_words and not draft.reading.unreadable)) else None


def _doubt(draft: Draft) -> str | None:
    found, case = draft.disposition, draft.conversation.case
    if found.level is not None and (case is None or reports.more_than_the_task(found, case)):
        return "doubt"
    return "just_ask" if found.ask and case is None else None


def _told(draft: Draft) -> str | None:
    """Their own words in answer to "what is wrong": no sign in them, but words they are."""
    told = draft.conversation.state is State.what_is_wrong and not draft.reading.unreadable
    return "answer" if told and draft.inbound.text.strip() else None


def _question(draft: Draft) -> str | None:
    """A question in their own words: answered, or the best two offered, or said to have no approved answer."""
    found = match(draft.inbound.text, draft.library.topics, draft.conversation.language)
    draft.choice = found.topic or "" if reports.may_ask(draft) else ""
    state, text = draft.conversation.state, draft.inbound.text
    if draft.disposition.mention:
        return "mention"
    if not reports.may_ask(draft):
        return None
    if draft.library.catalog.means("yes_no", text):
        return None  # a yes to nothing asks for no topic
    if not any(one.isalpha() for one in text) or (state in YES_NO and "?" not in text):
        return None  # a number is no question, and a danger question is not left for a topic
    if found.topic:
        return "question"
    draft.choice = ",".join(found.offered)
    if found.offered and state in (*RESTING, State.offer):
        return "offer"
    asked = draft.conversation.state in RESTING and not draft.reading.unreadable
    return "no_answer" if asked and len(draft.inbound.text.split()) >= SHORTEST_QUESTION else None


def _media(draft: Draft) -> str | None:
    return "media" if draft.inbound.media and not draft.inbound.text.strip() else None


def _hello(draft: Draft) -> str | None:
    return "hello" if draft.conversation.state is State.start else None


def _misread(_draft: Draft) -> str | None:
    return "misread"


ORDER: tuple[Callable[[Draft], str | None], ...] = (
    _no_words,
    _danger,
    _reported,
    _opted_out,
    _stop,
    _flood,
    _foreign,
    _key,
    reports.nobody_called,
    reports.age,
    _answer,
    _word,
    reports.report,
    _relay,
    _doubt,
    _free_text,
    _media,
    _told,
    _question,
    _hello,
    _misread,
)


def recognise(draft: Draft) -> str:
    """The event that this inbound is. Total: whatever nothing else fits is `misread`."""
    return next(event for read in ORDER if (event := read(draft)))


# States in which a text that is no answer still must not be lost to a question of ours.
assert set(MENU_OF) >= {state for state in AFTER_PAGE if state not in (State.patient_name, State.infusion_date)}
