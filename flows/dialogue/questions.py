"""The questions after a page: which is next, and what their answers mean."""

from collections.abc import Callable

from transitions import EventData

from flows.case import CaseState
from flows.dialogue.draft import draft_of
from flows.model import Conversation
from flows.states import AFTER_PAGE, State
from flows.words import Level

# The deciding question of these asks for a number or a moment, not for yes or no.
OPEN_QUESTIONS = frozenset({"fever", "infection", "relapse_new", "medicine", "stroke"})


def asked_sign(conversation: Conversation, has: Callable[[str], bool]) -> str | None:
    """The sign whose deciding question fits this case: its first sign that has one."""
    signs = conversation.case.signs if conversation.case else ()
    return next((sign for sign in signs if has(f"ask.{sign}")), None)


def _wanted(conversation: Conversation, state: State) -> bool:
    case, known = conversation.case, conversation.circumstances
    if case is None or state.value in conversation.answers:
        return False
    if state is State.called_911:
        return case.level is Level.EMERGENCY
    if state is State.deciding:
        return bool(case.signs)
    return not {
        State.infusion_date: known.day is not None,
        State.age_group: known.child is not None,
        State.product: known.product is not None,
        State.patient_name: known.listed,
    }.get(state, False)


def next_question(conversation: Conversation) -> State:
    """The next question of AFTER_PAGE that is still open, or `waiting`. Once a human has the case, none is."""
    if conversation.case and conversation.case.state is not CaseState.open:
        return State.waiting
    return next((state for state in AFTER_PAGE if _wanted(conversation, state)), State.waiting)


def next_is(state: State) -> Callable[[EventData], bool]:
    """A guard: is that the next question, once this one counts as asked?"""

    def guard(event: EventData) -> bool:
        return next_question(draft_of(event).conversation) is state

    return guard
