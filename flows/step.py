"""The only way a conversation advances: one inbound, its reading, one turn. Pure, and on a copy."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows.case import CaseState
from flows.clocks import Clocks
from flows.dialogue import reports
from flows.dialogue.draft import Draft
from flows.dialogue.language import languages_of
from flows.dialogue.recognise import recognise
from flows.dialogue.table import ASKS_NEXT, DIALOGUE
from flows.library import Library
from flows.machine import fire
from flows.model import Conversation, Inbound, Kind, Note, Say, Turn
from flows.screen.evidence import Evidence, Reading, Scope
from flows.states import RESTING, State
from flows.triage import Disposition, triage
from flows.triage.childhood import with_figures
from flows.triage.repeat import repeated
from flows.words import Channel, Language, Level

# A first contact that begins with one of these hears who we are as well; a danger sign never waits for that.
INTRODUCED = frozenset({"question", "offer", "no_answer", "mention", "person"})
# Messages that have nothing to do with an open emergency: they never come without a word on it.
ORDINARY = ("topic", "menu", "welcome", "cost", "safety_line", "what_do_you_mean", "offer_person")
PAUSE = timedelta(minutes=30)  # sooner than that it is the same contact going on
REMEMBERED = timedelta(hours=72)  # evidence of earlier messages counts for this long without a word


def step(before: Conversation, inbound: Inbound, reading: Reading, library: Library, now: datetime) -> Turn:
    """What is said and done about one inbound. `reading` was made before any transaction was opened."""
    if inbound.kind is Kind.silence and before.case is not None and before.case.state is CaseState.reached:
        # A human has spoken with them since we asked: that they do not answer the helpline is no finding any more.
        return Turn(before.copied())
    conversation = before.copied()
    reading = reports.without_day(conversation, inbound, reading, now)
    corrected = _corrected(conversation, inbound)
    _remember(conversation, reading, now)
    found = triage(conversation.evidence, conversation.circumstances, reading, library.limits)
    present = any(one.scope is Scope.present for one in reading.evidence)
    if not present and not (corrected and _raised(conversation, found)):
        # Old evidence alone raises nothing: it was acted on when it came.
        found = triage(reading.evidence, conversation.circumstances, reading, library.limits)
    found = _raised_by_repeat(conversation, found, now)
    found = with_figures(found, conversation.evidence, reading, conversation.circumstances, library.limits)
    draft = Draft(conversation, inbound, reading, found, library, now, corrected=corrected)
    reports.correct(draft)
    _settle_menu(draft)
    event = recognise(draft)
    _settle_language(draft, event)
    if not fire(DIALOGUE, conversation, event, draft=draft):
        # No row fits: never silence.
        fire(DIALOGUE, conversation, "misread", draft=draft)
    _frame(draft, event, before)
    if event in ASKS_NEXT and conversation.state is State.waiting and _may_ask(conversation):
        fire(DIALOGUE, conversation, "next", draft=draft)
    if event != "misread":
        conversation.misread = 0
    conversation.last_at = now
    return Turn(conversation, tuple(draft.says), tuple(draft.effects), _silent_at(conversation, library.clocks, now))


def _raised(conversation: Conversation, found: Disposition) -> bool:
    """Is that more than the case has?"""
    case = conversation.case
    return found.level is not None and (case is None or found.level > case.level)


def _corrected(conversation: Conversation, inbound: Inbound) -> str | None:
    """Take a corrected age group before the rules are asked, so that what was said before is weighed by it."""
    group = reports.retold(conversation, inbound) if inbound.kind is Kind.text else None
    if group:
        conversation.circumstances = replace(conversation.circumstances, child=group == "child")
    return group


def _settle_menu(draft: Draft) -> None:
    """A number after an answer means the list it came from; where no list was ever shown, it means the main menu."""
    conversation, texted = draft.conversation, draft.inbound.channel is Channel.sms
    unlisted = texted and conversation.state is State.topic and "section" not in conversation.answers
    if unlisted and draft.library.catalog.choose("main", draft.inbound.text) is not None:
        conversation.state = State.menu


def _frame(draft: Draft, event: str, before: Conversation) -> None:
    """What stands before and behind the answer: who we are, or what is more urgent; that pictures cannot be seen."""
    texted = draft.inbound.channel is Channel.sms
    if _pages(before) and draft.says and draft.says[0].key.startswith(ORDINARY):
        told = "called_911" in before.answers or (before.case and before.case.level < Level.EMERGENCY)
        draft.says.insert(0, Say("paging_first" if told else "emergency_first"))
    elif event in INTRODUCED and not before.greeted and texted and not _pages(before):
        draft.says.insert(0, Say("welcome"))
    if draft.inbound.media and draft.inbound.text.strip() and draft.says and not draft.conversation.opted_out:
        draft.do(Note("media"))
        draft.say("media_unseen")


def _pages(conversation: Conversation) -> bool:
    """Is somebody paged for them, and has nobody taken it yet?"""
    case = conversation.case
    return case is not None and case.level >= Level.URGENT and case.state is CaseState.open


def _raised_by_repeat(conversation: Conversation, found: Disposition, now: datetime) -> Disposition:
    """A new contact within 72 hours about the same sign is one level up, at most URGENT (reference C2 rule 2b)."""
    answering = conversation.case is not None or conversation.state not in RESTING
    before = [conversation.reported[sign] for sign in found.signs if sign in conversation.reported]
    again = any(PAUSE <= now - datetime.fromisoformat(at) <= REMEMBERED for at in before)
    conversation.reported |= dict.fromkeys(found.signs, now.isoformat())
    return repeated(found) if again and not answering else found


def _may_ask(conversation: Conversation) -> bool:
    case = conversation.case
    return case is not None and case.level >= Level.URGENT and not conversation.opted_out


def _remember(conversation: Conversation, reading: Reading, now: datetime) -> None:
    """Present evidence adds up over messages, so that a fever now and confusion later are seen together."""
    old: tuple[Evidence, ...] = conversation.evidence
    if conversation.last_at is not None and now - conversation.last_at > REMEMBERED:
        old = ()
    new = tuple(one for one in reading.evidence if one.scope is Scope.present)
    conversation.evidence = tuple(dict.fromkeys((*old, *new)))[-40:]


def _settle_language(draft: Draft, event: str) -> None:
    """Take the language of the first text that has one; a danger in another language is answered in both."""
    conversation = draft.conversation
    if draft.inbound.pressed and conversation.language is None and event not in ("other_language", "person"):
        conversation.language = Language.en  # the first prompt offers Spanish by key, and they went on without it
    seen = languages_of(draft.inbound.text, draft.library.lexicon)
    if conversation.language is None and len(seen) == 1:
        (conversation.language,) = seen
    elif event == "danger" and seen and conversation.language not in seen:
        conversation.language = None


def _silent_at(conversation: Conversation, clocks: Clocks, now: datetime) -> datetime | None:
    if conversation.channel is Channel.voice:
        return None  # the call hears its own silence, and what follows its end is known by its leg
    case = conversation.case
    after = clocks.silent_after(conversation.state, case.level if case else None)
    return now + timedelta(seconds=after) if after is not None and not conversation.opted_out else None


def forgetting(conversation: Conversation) -> Conversation:
    """The conversation after its case was closed by a human: what was said for that case is over."""
    return replace(conversation, evidence=(), answers={}, state=State.menu, case=None)
