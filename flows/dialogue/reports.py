"""Reports: what people tell beside our question, that the patient is better, in a hospital, or no child after all.

A report is kept for whoever has the case and lowers nothing; the question that waits is asked again.
"""

import re
from dataclasses import replace
from datetime import datetime

from transitions import EventData

from flows.case import CaseState
from flows.dialogue import condition
from flows.dialogue.check import keep
from flows.dialogue.dates import Infusion, only_days, read_infusion
from flows.dialogue.draft import Draft, draft_of
from flows.dialogue.everywhere import escalate, say_level
from flows.dialogue.keywords import ask_again
from flows.dialogue.uncalled import uncalled
from flows.model import Answer, Conversation, Inbound, OpenCase, TellOwner
from flows.screen.evidence import Reading
from flows.states import State
from flows.triage import Disposition
from flows.words import Level

BARE_NUMBER = re.compile(r"\d{1,2}[.)]?")  # the digit of some menu, and no name


def paged(case: OpenCase | None) -> bool:
    """Is that a case that is paged for?"""
    return case is not None and case.level >= Level.URGENT


def may_ask(draft: Draft) -> bool:
    """May a topic answer it? While somebody is paged for, only what clearly asks; the rest belongs to the case."""
    return not paged(draft.conversation.case) or condition.asks(draft.inbound.text)


def without_day(conversation: Conversation, inbound: Inbound, reading: Reading, now: datetime) -> Reading:
    """The reading, without what it found odd in nothing but the day that was asked for ("day 5")."""
    if conversation.state is not State.infusion_date or read_infusion(inbound.text, now.date()) == Infusion.unknown:
        return reading
    kept = tuple(one for one in reading.evidence if one.sign != "unclear" or not only_days(one.words))
    return replace(reading, evidence=kept)


def retold(conversation: Conversation, inbound: Inbound) -> str | None:
    """The age group that a text corrects; years are no correction where a name and birth date were asked for.

    Adult limits never go off for words alone: a child is only believed where "adult" was an answer to our question.
    """
    known, said = conversation.circumstances.child, condition.age_group(inbound.text)
    if said == "adult" and (known or (known is None and conversation.state is not State.patient_name)):
        return "adult"
    return "child" if said == "child" and not known and "age_group" in conversation.answers else None


def age(draft: Draft) -> str | None:
    """The event: adult or child, in answer to our question or as a correction of it."""
    said = condition.age_group(draft.inbound.text)
    if said and draft.conversation.state is State.age_group:
        draft.choice = said
        return "answer"
    return "age" if draft.corrected else None


def report(draft: Draft) -> str | None:
    """The event: where the patient is, or how it goes; outside a paged case only where a day was asked for."""
    conversation, text = draft.conversation, draft.inbound.text
    waits = conversation.case is not None and conversation.state is State.infusion_date
    if not (paged(conversation.case) or waits) or conversation.opted_out:
        return None
    if condition.in_hospital(text):
        return "in_hospital"
    if condition.worse(text):
        return "worse"
    return "better" if condition.better(text) else None


def correct(draft: Draft) -> None:
    """Keep the corrected age group, whatever else the text is."""
    if draft.corrected:
        draft.conversation.answers["age_group"] = draft.corrected
        draft.do(Answer("age_group", draft.corrected))


def corrected_age(event: EventData) -> None:
    """No child, or one after all: whoever has the case is told, and the question that waits is asked again."""
    draft = draft_of(event)
    _keep(draft)
    if not paged(draft.conversation.case):
        ask_again(event)


def nobody_called(draft: Draft) -> str | None:
    """The event before any answer: "no one has called" is no "no", and whoever has the case must hear it."""
    case, asked_911 = draft.conversation.case, draft.conversation.state is State.called_911
    if case is None or not uncalled(draft.inbound.text, asked_911=asked_911):
        return None
    # Who asks for a person while a task waits may be sicker than the task: that is asked, and silence pages.
    return "person" if case.level < Level.URGENT and draft.reading.plea == "person" else "uncalled"


def more_than_the_task(found: Disposition, case: OpenCase) -> bool:
    """A task waits for a human, and now they name a sign that it is not about."""
    waits = case.level < Level.URGENT and case.state is CaseState.open
    return waits and bool(set(found.signs) - set(case.signs))


def better(event: EventData) -> None:
    """Better: kept for whoever has the case; only a human closes it (reference C2 rule 8)."""
    draft = draft_of(event)
    _keep(draft)
    if not paged(draft.conversation.case):
        ask_again(event)


def worse(event: EventData) -> None:
    """Worse: in a case that is paged for, said to its owner as a danger is, with the words for its level."""
    draft = draft_of(event)
    escalate(draft, Level.URGENT, (), ("told.worse",))
    say_level(draft)


def in_hospital(event: EventData) -> None:
    """In a hospital: the nurse there, now; "did you call 911" and "where is the patient" are answered by it."""
    draft = draft_of(event)
    conversation = draft.conversation
    draft.do(Answer("where", "hospital"))
    conversation.answers["where"] = "hospital"
    conversation.answers.setdefault("called_911", "hospital")
    draft.say("in_hospital")
    _keep(draft, quiet=True)
    if not paged(conversation.case):
        ask_again(event)


def no_name(event: EventData) -> None:
    """A digit of some menu, twice: no name, and not asked for again."""
    keep(draft_of(event), None)


def _keep(draft: Draft, quiet: bool = False) -> None:
    """Kept for whoever takes the case; who has taken it is told now. `quiet`: other words are said already."""
    case = draft.conversation.case
    if case is None:
        return
    draft.note("wrote")
    if not paged(case):
        return
    if case.state is CaseState.open:
        if not quiet:
            draft.say("noted")
        return
    draft.do(TellOwner())
    draft.say("relayed")
