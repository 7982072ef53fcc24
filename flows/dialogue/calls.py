"""What the rows for phone calls do: a call comes in, ends in the middle, or nothing is heard on it twice."""

from transitions import EventData

from flows.case import CaseState
from flows.dialogue.draft import draft_of
from flows.dialogue.everywhere import escalate
from flows.model import CallBack, Note, TellOwner
from flows.words import Level


def waits_for_human(event: EventData) -> bool:
    """A guard: is a case open that is paged for, and has no human reached this person yet?"""
    case = draft_of(event).conversation.case
    waiting = (CaseState.open, CaseState.accepted)
    return case is not None and case.level >= Level.URGENT and case.state in waiting


def someone_there(event: EventData) -> bool:
    """A guard: does the centre know this number, or was anything heard on this call?"""
    draft = draft_of(event)
    return draft.conversation.circumstances.listed or draft.inbound.heard


def worrying(event: EventData) -> bool:
    """A guard: was a sign named before the call broke off, or does the centre know this number?"""
    draft = draft_of(event)
    return bool(draft.conversation.evidence) or draft.conversation.circumstances.listed


def entry(event: EventData) -> None:
    """The first prompt of a call."""
    draft_of(event).say("voice.entry")


def back(event: EventData) -> None:
    """A call about an open case: the same story, whatever was texted before; and what is new, before they wait."""
    draft = draft_of(event)
    assert draft.conversation.case is not None
    if draft.conversation.case.state is CaseState.accepted:
        draft.do(TellOwner())
        draft.say("voice.back_accepted")
    else:
        draft.say("voice.back_open")
    draft.say("anything_new")


def something_new(event: EventData) -> None:
    """Something is new, and not said yet: in their own words."""
    draft = draft_of(event)
    draft.note("wrote")
    draft.say("what_is_wrong")


def nothing_new(event: EventData) -> None:
    """Nothing is new: kept, and they wait for the human."""
    draft_of(event).note("wrote")


def quiet_after_page(event: EventData) -> None:
    """Nothing heard twice at a question after a page: noted, and no more questions; they wait for the human."""
    draft = draft_of(event)
    question = draft.conversation.state.value
    draft.conversation.answers[question] = ""
    draft.do(Note("silence", question))


def silent_line(event: EventData) -> None:
    """An unknown line on which nothing was ever heard: one automated call-back, and a task."""
    draft = draft_of(event)
    escalate(draft, Level.ROUTINE, (), ("silent_line",))
    draft.do(CallBack("voice.silent_call"))
    draft.say("voice.silent_line")


def broken_off(event: EventData) -> None:
    """The call ended in the middle of the check with a sign named: paged, and the caller hears so by text."""
    draft = draft_of(event)
    signs = tuple(dict.fromkeys(one.sign for one in draft.conversation.evidence))
    escalate(draft, Level.URGENT, signs, ("hung_up",))
    draft.say("urgent")


def unfinished(event: EventData) -> None:
    """The call ended in the middle of the check with nothing named: the helpline calls back, and a task stays."""
    draft = draft_of(event)
    escalate(draft, Level.ROUTINE, (), ("hung_up",))
    draft.do(CallBack("voice.hung_up_call"))
