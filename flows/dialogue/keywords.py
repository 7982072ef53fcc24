"""What the words do that work in every state: STOP and START, HELP, a language, a wrong number, a flood."""

from collections.abc import Callable

from transitions import EventData

from flows.case import CaseState
from flows.dialogue.draft import draft_of
from flows.dialogue.everywhere import status
from flows.model import CallPatient, OptOut
from flows.states import AFTER_PAGE, THINKING, State
from flows.words import Language, Level


def stop(event: EventData) -> None:
    """No more texts, at once; inside an open case a human phones, and the one reply says so."""
    draft = draft_of(event)
    case = draft.conversation.case
    draft.conversation.opted_out = True
    draft.do(OptOut())
    if case and case.level >= Level.SAME_DAY and case.state is not CaseState.closed:
        draft.note("opted_out")
        draft.do(CallPatient("stopped_call"))
        draft.say("stop_in_case")
    else:
        draft.say("stopped")


def may_be_stop(event: EventData) -> None:
    """ALTO, BAJA, PARAR may be answers while a question is open: say how to stop, and go on."""
    draft_of(event).say("stop_texts")


def start(event: EventData) -> None:
    """Texts again."""
    draft = draft_of(event)
    draft.conversation.opted_out = False
    draft.do(OptOut(stop=False))
    draft.say("welcome")


def start_in_case(event: EventData) -> None:
    """Texts again while a case is open: how it stands, and no menu."""
    draft = draft_of(event)
    draft.conversation.opted_out = False
    draft.do(OptOut(stop=False))
    status(event)


def help_(event: EventData) -> None:
    """HELP: the emergency line first, then what the carriers require; it may be a cry for help."""
    draft_of(event).say("help")


def flood(event: EventData) -> None:
    """Very many texts: said once, with the way out."""
    draft_of(event).say("slow_down")


def foreign(event: EventData) -> None:
    """A language that we do not have: the emergency line in those that we do, and a person."""
    draft = draft_of(event)
    draft.conversation.language = None
    draft.say("foreign")


def wrong_number(event: EventData) -> None:
    """One apology, and no more texts."""
    draft = draft_of(event)
    draft.conversation.opted_out = True
    draft.do(OptOut())
    draft.say("wrong_number")


# What asks the question of a state again; elsewhere the menu does.
ASKED_BY = {
    **{
        state: state.value
        for state in (*AFTER_PAGE, *THINKING, State.what_is_wrong, State.danger_words, State.person, State.anything_new)
    },
    **dict.fromkeys((State.asking, State.deciding), "ask"),
}


def switch(language: Language) -> Callable[[EventData], None]:
    """The act of a language word: from now on in that language, beginning with what stands open."""

    def act(event: EventData) -> None:
        draft_of(event).conversation.language = language
        ask_again(event)

    return act


def ask_again(event: EventData) -> None:
    """What stands open, once more; the menu where nothing does."""
    draft = draft_of(event)
    key = ASKED_BY.get(draft.conversation.state, "menu")
    draft.say(f"ask.{draft.conversation.answers.get('asked', 'vague')}" if key == "ask" else key)


def thanks(event: EventData) -> None:
    """A thank-you is no question."""
    draft_of(event).say("thanks")


def other_language(event: EventData) -> None:
    """The menu's 9: the other language."""
    spanish = draft_of(event).conversation.language is Language.es
    switch(Language.en if spanish else Language.es)(event)
