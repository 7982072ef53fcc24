"""What may happen in every state: danger, a doubt, a plea, an opt-out, a word such as MENU."""

from transitions import EventData

from flows.case import CaseState, stays_decided
from flows.dialogue import told
from flows.dialogue.draft import Draft, draft_of
from flows.model import Answer, CallPatient, Escalate, Note, OpenCase, Settle, TellOwner, Unanswered
from flows.states import State
from flows.words import Channel, Language, Level

PLEAS = {"now": Level.URGENT, "emergency": Level.EMERGENCY}
LEVEL_WORDS = {Level.EMERGENCY: "emergency", Level.URGENT: "urgent"}


def escalate(draft: Draft, level: Level, signs: tuple[str, ...], rules: tuple[str, ...], decided: bool = True) -> None:
    """Open the case or raise it, and let the rest of this turn see it; a new case begins with no answers."""
    conversation = draft.conversation
    before = conversation.case
    if before is None:
        conversation.answers.clear()
    draft.do(Escalate(level, signs, rules, (draft.inbound.text,) if draft.inbound.text else (), decided))
    conversation.case = OpenCase(
        code=before.code if before else "",
        level=max(level, before.level) if before else level,
        state=before.state if before else CaseState.open,
        signs=tuple(dict.fromkeys((*signs, *(before.signs if before else ())))),
        decided=stays_decided(before.decided, decided, max(level, before.level)) if before else decided,
    )


def danger(event: EventData) -> None:
    """A hard sign: page first. The advice is in both languages where we cannot tell which one they read."""
    draft = draft_of(event)
    found = draft.disposition
    level = max(found.level or Level.URGENT, PLEAS.get(draft.reading.plea or "", Level.URGENT))
    rules = found.rules or (f"plea.{draft.reading.plea}",)
    known = draft.conversation.case is not None and draft.conversation.case.level is Level.EMERGENCY
    escalate(draft, level, found.signs, rules)
    if draft.conversation.answers.pop("died", None):
        draft.do(Answer("died", None))
    if told.called_for_help(draft.inbound.text):
        told_911(event)  # who hears "call 911" with the ambulance at the door stops listening
    elif known and told.cannot_call(draft.inbound.text, asked=draft.conversation.state is State.called_911):
        cannot_call(event)  # it was said already, and they are not let
    else:
        say_level(draft)
    if draft.conversation.opted_out:
        draft.do(CallPatient(LEVEL_WORDS[level]))


def say_level(draft: Draft) -> None:
    """What to do now, by the level of the case; to a child's parent in their own words."""
    conversation = draft.conversation
    assert conversation.case is not None
    key = LEVEL_WORDS.get(conversation.case.level, "urgent")
    if key == "emergency" and conversation.circumstances.child:
        key = "emergency_child"
    if "suicide" in draft.disposition.signs:
        draft.say("suicide")
    if conversation.case.state is CaseState.accepted and key != "emergency":
        draft.say("relayed")  # whoever has the case is told with the danger itself
        return
    draft.say(key)
    if conversation.abroad:
        draft.say("abroad")


def doubt(event: EventData) -> None:
    """A soft sign: a case whose page waits for the deciding answer (reference C2 rule 2a)."""
    draft = draft_of(event)
    found = draft.disposition
    escalate(draft, found.level or Level.SAME_DAY, found.signs, found.rules, decided=False)
    ask(draft)


def ask(draft: Draft) -> None:
    """Ask the danger question of what was found; where there is no such question, the danger words."""
    found = draft.disposition
    signs = [*([found.ask] if found.ask else []), *found.signs]
    sign = next((one for one in signs if draft.library.catalog.has(f"ask.{one}")), "vague")
    draft.conversation.answers["asked"] = sign
    draft.say(f"ask.{sign}")


def just_ask(event: EventData) -> None:
    """Something that may be a danger sign: one clarifying question, before anything else."""
    ask(draft_of(event))


def quiet_doubt(event: EventData) -> None:
    """A soft sign from somebody who wants no texts: a task for a human, and no reply."""
    draft = draft_of(event)
    found = draft.disposition
    escalate(draft, Level.SAME_DAY, found.signs, (*found.rules, "opted_out"))


def status(event: EventData) -> None:
    """How it stands."""
    draft = draft_of(event)
    case = draft.conversation.case
    if case is None:
        draft.say("status_none")
    elif "died" in draft.conversation.answers:
        draft.say("died_wait")
    elif case.level < Level.URGENT:
        draft.say("call_next_day" if case.level is Level.ROUTINE else "same_day")
    elif case.state is CaseState.open:
        draft.say("status_open")
    else:
        draft.say("status_accepted")


def asks_after(event: EventData) -> None:
    """They ask for the call, or how it stands: whoever took the case hears that, and they hear how it stands."""
    tell_owner(event)
    if not draft_of(event).conversation.opted_out:
        status(event)


def tell_owner(event: EventData) -> None:
    """Whoever took the case hears that they wait."""
    draft = draft_of(event)
    if draft.conversation.case is not None and draft.conversation.case.state is not CaseState.open:
        draft.do(TellOwner(waits=True))


def mistake(event: EventData) -> None:
    """It was a mistake: noted, and nothing is lowered by it."""
    draft = draft_of(event)
    if draft.conversation.case:
        draft.note("mistake")
        draft.say("mistake_noted")
    else:
        draft.say("menu")


def told_911(event: EventData) -> None:
    """They called 911 or are in the emergency room: shown first on the case; only a human closes it."""
    draft = draft_of(event)
    draft.do(Answer("called_911", "yes"))
    draft.conversation.answers["called_911"] = "yes"
    draft.note("called_911")
    if not draft.conversation.opted_out:
        draft.say("told_911")


def cannot_call(event: EventData) -> None:
    """They cannot call 911, or are not let: an emergency in any case, and the helpline phones them."""
    draft = draft_of(event)
    case = draft.conversation.case
    if case is None or case.level < Level.EMERGENCY:
        escalate(draft, Level.EMERGENCY, (), ("cannot_call",))
        say_level(draft)
    else:
        draft.say("calling_you")
    draft.note("cannot_call")
    draft.do(Answer("called_911", "no"))
    draft.conversation.answers["called_911"] = "no"
    draft.do(CallPatient("emergency_call"))


def died(event: EventData) -> None:
    """The patient is said to have died: a person calls, and nothing more is asked. Only a human ends the texts."""
    draft = draft_of(event)
    escalate(draft, Level.URGENT, (), ("died",))
    draft.do(Answer("died", "yes"))
    draft.conversation.answers["died"] = "yes"
    if not draft.conversation.opted_out:
        draft.say("died")


def may_be_dead(event: EventData) -> None:
    """Somebody believes that the patient is dead: whoever cannot be woken is an emergency until a human has looked."""
    draft = draft_of(event)
    escalate(draft, Level.EMERGENCY, ("unresponsive",), ("may_be_dead",))
    say_level(draft)
    if draft.conversation.opted_out:
        draft.do(CallPatient(LEVEL_WORDS[Level.EMERGENCY]))


def other_center(event: EventData) -> None:
    """Another hospital's patient: that hospital as well, and our team all the same."""
    draft = draft_of(event)
    draft.note("other_center")
    draft.say("other_center")


def other_center_first(event: EventData) -> None:
    """Another hospital's patient who has not said what is wrong yet."""
    draft_of(event).say("other_center_first")


def media(event: EventData) -> None:
    """A photo or voice note without words: kept for the specialist, and asked for words."""
    draft = draft_of(event)
    draft.do(Note("media"))
    draft.say("media")


def relay(event: EventData) -> None:
    """A human has the case: what the patient writes goes to them, and the bot says no more than that."""
    draft = draft_of(event)
    draft.do(TellOwner())
    draft.say("relayed")


def noted(event: EventData) -> None:
    """Something more, while nobody has the case yet: it is added, and what is still open is asked."""
    draft = draft_of(event)
    draft.note("wrote")
    draft.say("died_wait" if "died" in draft.conversation.answers else "noted")


def mention(event: EventData) -> None:
    """A sign named but not now: the safety line, and the answer to the question if there is one."""
    draft = draft_of(event)
    answer = f"topic.{draft.choice}"
    if draft.choice:
        draft.say(answer)
    # Some answers end with the safety line themselves.
    if not draft.choice or "{emergency}" not in draft.library.catalog.messages[answer].texts[Language.en, Channel.sms]:
        draft.say("safety_line")


def question(event: EventData) -> None:
    """A question that an approved answer fits."""
    draft = draft_of(event)
    draft.conversation.answers |= {"topic": draft.choice, "part": "1"}
    draft.say(f"topic.{draft.choice}")


def misread(event: EventData) -> None:
    """Not understood: ask once what is meant, then offer a person; never the same words twice."""
    draft = draft_of(event)
    draft.conversation.misread += 1
    draft.do(Unanswered(draft.inbound.text))
    if draft.conversation.case:
        draft.note("wrote")
    draft.say("what_do_you_mean" if draft.conversation.misread < 2 else "offer_person")


def settle(draft: Draft) -> None:
    """The answer to a soft sign's question was mild: a task with a time, in words that say so."""
    draft.do(Settle())
    draft.say("same_day")
