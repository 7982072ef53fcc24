"""The questions after a page: which is next, and what their answers mean."""

from collections.abc import Callable

from transitions import EventData

from flows.case import CaseState
from flows.catalog import Catalog
from flows.dialogue.draft import draft_of
from flows.model import Conversation
from flows.states import AFTER_PAGE, State
from flows.words import Level

# Yes to the question of one of these is an emergency by reference C3; yes to any other is at least urgent.
EMERGENCY_IF_YES = frozenset(
    "unresponsive seizure breath chest_pain allergy suicide bleed confusion speech weakness vision dizzy_bp heart "
    "agitation balance tremor headache line rash fall swelling relapse_new".split()
)


def asked_sign(conversation: Conversation, has: Callable[[str], bool]) -> str | None:
    """The sign whose deciding question fits this case: its first sign that has one."""
    signs = conversation.case.signs if conversation.case else ()
    return next((sign for sign in signs if has(f"ask.{sign}")), None)


def _wanted(conversation: Conversation, state: State) -> bool:
    case, known = conversation.case, conversation.circumstances
    if case is None or state.value in conversation.answers or "died" in conversation.answers:
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


def level_if_yes(sign: str) -> Level:
    """How bad it is when the deciding question of a sign is answered with yes."""
    return Level.EMERGENCY if sign in EMERGENCY_IF_YES else Level.URGENT


def is_yes_no(catalog: Catalog, sign: str) -> bool:
    """Is the sign's question answered by yes (the worrying answer) or no, rather than in their own words?"""
    message = catalog.messages.get(f"ask.{sign}")
    return message is not None and message.menu == "yes_no"


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
