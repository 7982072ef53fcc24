"""What the rows of the symptom check do: keep an answer, raise on a worrying one, ask the next question."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from transitions import EventData

from flows.dialogue.dates import Infusion, keyed_date, read_infusion
from flows.dialogue.draft import Draft, draft_of
from flows.dialogue.everywhere import escalate, say_level, settle
from flows.dialogue.questions import asked_sign, level_if_yes, next_question
from flows.model import Answer, CallPatient, Note
from flows.screen.evidence import Evidence
from flows.states import State
from flows.triage import Disposition, triage
from flows.words import Channel, Level

Act = Callable[[EventData], None]


def begin(event: EventData) -> None:
    """The symptom check begins with their own words."""
    draft_of(event).say("what_is_wrong")


def ask_next(event: EventData) -> None:
    """Ask whatever is still open, in order; when nothing is, say that somebody will call."""
    draft = draft_of(event)
    state = next_question(draft.conversation)
    draft.conversation.misread = 0
    asked = draft.says and draft.says[-1].key.startswith("emergency") and draft.inbound.channel is Channel.sms
    if state is State.called_911 and asked:
        return  # the emergency text itself asks it
    if state is State.deciding:
        sign = asked_sign(draft.conversation, draft.library.catalog.has)
        draft.conversation.answers["asked"] = sign or "vague"
        draft.say(f"ask.{sign or 'vague'}")
    else:
        _say_next(draft, state)


def again(event: EventData) -> None:
    """An answer that we could not read: the same question once more, in other words."""
    draft = draft_of(event)
    draft.conversation.misread += 1
    draft.note("wrote")
    draft.say(f"{draft.conversation.state.value}_again")


def nothing_named(event: EventData) -> None:
    """They told us what is wrong, and no sign was in it: rule out the danger words."""
    draft = draft_of(event)
    draft.note("what_is_wrong")
    draft.say("danger_words")


def _say_next(draft: Draft, state: State) -> None:
    if state is not State.waiting:
        draft.say(state.value)
    elif not any(said.key in ("noted", "relayed") for said in draft.says):
        draft.say("all_asked")


def keep(draft: Draft, value: str | None) -> None:
    """The question of this state is answered, or asked without an answer; either way it is not asked again."""
    question = draft.conversation.state.value
    draft.conversation.answers[question] = value or ""
    draft.do(Answer(question, value))


def kept(event: EventData) -> None:
    """Keep the answer: the choice where there was a menu, else the words."""
    draft = draft_of(event)
    keep(draft, draft.choice or draft.inbound.text.strip() or None)


def called_911(event: EventData) -> None:
    """Did you call 911? Who cannot is phoned by the helpline."""
    draft = draft_of(event)
    keep(draft, draft.choice)
    if draft.choice == "no":
        draft.do(CallPatient("emergency_call"))
        draft.say("calling_you")


def where(event: EventData) -> None:
    """Where is the patient, and is someone there? In a hospital: the nurse, now. Alone counts as a sign (C3 row 33)."""
    draft = draft_of(event)
    keep(draft, draft.choice)
    if draft.choice == "hospital":
        draft.say("in_hospital")
    if draft.choice == "alone":
        reconsider(draft, Evidence("alone", draft.inbound.text))


def reconsider(draft: Draft, more: Evidence) -> None:
    """Ask the rules again with one more piece of evidence; only a higher level changes anything."""
    conversation = draft.conversation
    conversation.evidence = (*conversation.evidence, more)
    found = triage(conversation.evidence, conversation.circumstances, limits=draft.library.limits)
    if found.level is not None and conversation.case and found.level > conversation.case.level:
        raise_to(draft, found)


def raise_to(draft: Draft, found: Disposition) -> None:
    """A worrying answer raises the case, and the words for the new level come first."""
    draft.disposition = found
    escalate(draft, found.level or Level.URGENT, found.signs, found.rules)
    say_level(draft)


def deciding(event: EventData) -> None:
    """The sign's own question after a page: yes may raise it (reference C3, last column)."""
    draft = draft_of(event)
    keep(draft, draft.choice or draft.inbound.text.strip() or None)
    sign = draft.conversation.answers.get("asked", "vague")
    case = draft.conversation.case
    if draft.choice == "yes" and case and level_if_yes(sign) > case.level:
        raise_to(draft, Disposition(level_if_yes(sign), rules=(f"answer.{sign}",), signs=(sign,)))


def doubtful(event: EventData) -> None:
    """The danger question before any page: yes, or an answer that we cannot read, pages."""
    draft = draft_of(event)
    sign = draft.conversation.answers.get("asked", "vague")
    draft.do(Answer("asked", draft.choice or draft.inbound.text))
    rule = f"answer.{sign}" if draft.choice == "yes" else f"unreadable.{sign}"
    level = level_if_yes(sign) if draft.choice == "yes" else Level.URGENT
    raise_to(draft, Disposition(level, rules=(rule,), signs=(sign,)))


def mild(event: EventData) -> None:
    """The written mild answer: a soft sign's task stays, and the danger words are ruled out."""
    draft = draft_of(event)
    draft.do(Answer("asked", "no"))
    if draft.conversation.case:
        settle(draft)
    else:
        draft.say("danger_words")


def mild_then_date(event: EventData) -> None:
    """The mild answer, and the day of the infusion, which the nurse needs first."""
    mild(event)
    draft_of(event).say("infusion_date")


def infusion_of_task(event: EventData) -> None:
    """The infusion date for a task: nothing more is asked."""
    infusion(event)
    draft_of(event).say("all_asked")


def danger_words(event: EventData) -> None:
    """One of the danger words, now."""
    draft = draft_of(event)
    keep(draft, "yes")
    raise_to(draft, Disposition(Level.URGENT, rules=("answer.danger_words",), signs=("vague",)))


def no_danger_words(event: EventData) -> None:
    """None of them: the thinking check, inside its window or where the day is unknown."""
    draft = draft_of(event)
    keep(draft, "no")
    draft.say("thinking_year" if wants_thinking(event) else "clear")


def wants_thinking(event: EventData) -> bool:
    """Is the patient inside day 60, or is the day unknown? Children are not tested (reference E2)."""
    draft = draft_of(event)
    known = draft.conversation.circumstances
    return known.child is not True and (known.day is None or 0 <= known.day <= draft.library.limits.brain_window)


def infusion(event: EventData) -> None:
    """The infusion date, in any of the ways people say it; what we cannot read is kept in their words."""
    draft = draft_of(event)
    said = keyed_date(draft.inbound.text) if draft.inbound.pressed else draft.inbound.text
    read = read_infusion(said, draft.now.date())
    keep(draft, read.stored if read != Infusion.unknown else None)
    draft.do(Note("infusion_date", draft.inbound.text))
    if read.on or read.not_yet:
        day = (draft.now.date() - read.on).days if read.on else -1
        know(draft, day=day)


def age_group(event: EventData) -> None:
    """Adult or child: a child's limits and words are others (reference C7)."""
    draft = draft_of(event)
    kept(event)
    if draft.choice:
        know(draft, child=draft.choice == "child")


def product(event: EventData) -> None:
    """Which CAR T product; one that we do not know is kept in their words."""
    draft = draft_of(event)
    kept(event)
    if draft.choice and draft.choice != "unknown":
        know(draft, product=draft.choice)


def know(draft: Draft, **facts: Any) -> None:
    """Remember a fact about the patient for the rules of this and later turns."""
    conversation = draft.conversation
    conversation.circumstances = replace(conversation.circumstances, **facts)


def silence_911(event: EventData) -> None:
    """Two minutes without a word about 911: the helpline phones them."""
    draft = draft_of(event)
    keep(draft, None)
    draft.do(Note("silence", "called_911"))
    draft.do(CallPatient("emergency_call"))


def silence_after_page(event: EventData) -> None:
    """No answer after a page: a finding for the specialist, and the helpline phones the patient."""
    draft = draft_of(event)
    keep(draft, None)
    draft.do(Note("silence", draft.conversation.state.value))
    draft.do(CallPatient("urgent_call"))


def never_made_sense(event: EventData) -> bool:
    """A guard: was the question only what an unknown number's unreadable text meant (reference C2 rule 6)?"""
    conversation = draft_of(event).conversation
    known = conversation.circumstances.listed or conversation.evidence or conversation.case
    return not known and conversation.answers.get("asked") == "unreadable"


def silence_unread(event: EventData) -> None:
    """Nobody we know, nothing that we could read, and no answer: a task for people, not a page in the night."""
    escalate(draft_of(event), Level.ROUTINE, (), ("unreadable",))


def silence_in_doubt(event: EventData) -> None:
    """No answer to a danger question: silence is a finding, so it pages."""
    draft = draft_of(event)
    sign = draft.conversation.answers.get("asked", "vague")
    raise_to(draft, Disposition(Level.URGENT, rules=(f"silence.{sign}",), signs=(sign,)))


def silence_unfinished(event: EventData) -> None:
    """A check that was begun and not finished, with no sign named: a nudge and a task, not a page."""
    draft = draft_of(event)
    escalate(draft, Level.ROUTINE, (), ("unfinished",))
    draft.say("nudge")
