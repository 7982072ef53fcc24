"""The thinking check (reference E): year, month, counting back. Each item is right, wrong or not tested.

Never added up and never a grade; a typed miss is asked once more before it counts; all right closes nothing.
"""

import re
from collections.abc import Callable
from datetime import datetime

from transitions import EventData

from flows.dialogue.check import keep, raise_to
from flows.dialogue.dates import MONTHS, PLAIN
from flows.dialogue.draft import draft_of
from flows.states import State
from flows.triage import Disposition
from flows.words import Level

BACKWARDS = ["100", "90", "80", "70", "60", "50", "40", "30", "20", "10"]


def _year(said: str, now: datetime) -> bool:
    return str(now.year) in said


def _month(said: str, now: datetime) -> bool:
    words = re.findall(r"[a-z]+|\d+", said.lower().translate(PLAIN))
    return any(MONTHS.get(word) == now.month or word == str(now.month) for word in words)


def _count(said: str, _now: datetime) -> bool:
    numbers = re.findall(r"\d+", said)
    return numbers in (BACKWARDS, BACKWARDS[1:], [*BACKWARDS, "0"], [*BACKWARDS[1:], "0"])


RIGHT: dict[State, Callable[[str, datetime], bool]] = {
    State.thinking_year: _year,
    State.thinking_month: _month,
    State.thinking_count: _count,
}
NEXT = {State.thinking_year: State.thinking_month, State.thinking_month: State.thinking_count}


def miss(event: EventData) -> bool:
    """A guard: is the answer to this item wrong?"""
    draft = draft_of(event)
    return not RIGHT[draft.conversation.state](draft.inbound.text, draft.now)


def missed(event: EventData) -> bool:
    """A guard: is it wrong for the second time?"""
    answers = draft_of(event).conversation.answers
    return f"{draft_of(event).conversation.state.value}_missed" in answers and miss(event)


def again(event: EventData) -> None:
    """A typed miss is asked once more before it counts."""
    draft = draft_of(event)
    draft.conversation.answers[f"{draft.conversation.state.value}_missed"] = draft.inbound.text
    draft.say("thinking_again")


def next_item(event: EventData) -> None:
    """Right: the next item."""
    draft = draft_of(event)
    state = draft.conversation.state
    keep(draft, "right")
    draft.say(NEXT[state].value)


def done(event: EventData) -> None:
    """All right: logged as no change on the items tested, which cancels nothing and reassures nobody."""
    draft = draft_of(event)
    keep(draft, "right")
    draft.say("clear")


def page(event: EventData) -> None:
    """Wrong twice: a specialist looks (reference E2)."""
    draft = draft_of(event)
    keep(draft, "wrong")
    raise_to(draft, Disposition(Level.URGENT, rules=("thinking.miss",), signs=("confusion",)))
