"""One step of a call, after its words were screened: repeat what was not heard, text what is wanted, or take the turn.

Everything said is stored with the leg, so that it can be said again. A case that waits for a human leads to the room.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot import twiml
from bot.answer import Reply
from bot.joining.gist import text_gist
from bot.joining.rooms import enter, specialist_waits
from bot.listening import LONG, keys_for
from bot.speech import Line, word
from bot.world import World
from flows.case import CaseState
from flows.model import Conversation, Inbound, Kind
from flows.states import State
from flows.words import Channel, Language, Level
from storage.contacts import Party
from storage.conversations import load
from storage.tables import LegRow
from storage.transcript import record

UNREPEATED = (State.person, State.anything_new)  # silence there means something the first time
REPEATS = 2  # silence this often in a row is not only a slow caller
# What cannot be promised to a caller whose number we do not see.
HIDDEN = {
    "emergency": "voice.emergency_hidden",
    "emergency_child": "voice.emergency_hidden",
    "urgent": "voice.urgent_hidden",
    "voice.silent_line": "voice.silent_hidden",
}
# Said in a call instead of the words that fit a text.
SPOKEN = {"all_asked": "voice.all_asked"}
TWICE = ("emergency", "emergency_child", "voice.emergency_hidden")
CLOSING = frozenset({"clear", "same_day", "call_next_day", "all_asked"})
STAYS = frozenset({"voice.all_asked", "voice.urgent_hidden"})
LAST = frozenset({"voice.silent_line", "voice.silent_hidden", "voice.goodbye"})
Take = Callable[[Inbound], Reply]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a call, inside its transaction."""

    world: World
    db: Session
    party: Party
    leg: LegRow
    inbound: Inbound
    number: int
    now: datetime

    def line(self, key: str, language: Language) -> Line:
        """One message of the catalog, spoken."""
        return Line(word(self.world, key, language, Channel.voice), language, key)


def spoken(at: Step, take: Take, before: tuple[Line, ...] = ()) -> str:
    """The document that answers one step; `before`: lines that come ahead of it."""
    leg, inbound = at.leg, at.inbound
    leg.heard = leg.heard or inbound.kind is Kind.text
    if inbound.kind is not Kind.silence:
        leg.silences = 0
    conversation = load(at.db, at.party, Channel.voice, at.world.today(at.now))
    if inbound.pressed and inbound.text == "8" and conversation.state not in LONG:
        return _texted(at, conversation)
    if inbound.kind is Kind.silence:
        leg.silences += 1
        if _closing(leg):
            return _parting(at, conversation)
        if leg.silences < REPEATS and conversation.state not in UNREPEATED and leg.prompt:
            return _again(at, conversation)
    reply = take(replace(inbound, heard=leg.heard))
    return _said(at, reply, before)


def _said(at: Step, reply: Reply, before: tuple[Line, ...] = ()) -> str:
    """The words of a turn, then listening, the room, or the end."""
    conversation = reply.turn.conversation
    lines = [*before, *(_fitting(at, line, _waits(conversation)) for line in reply.lines)]
    at.leg.advised = at.leg.advised or any(line.key in TWICE for line in lines)
    at.leg.case_id = reply.case_id or at.leg.case_id
    if {line.key for line in lines} & CLOSING and conversation.state is State.menu:
        lines.append(at.line("voice.anything_else", _language(conversation)))
    _keep(at, lines)
    if any(line.key in LAST for line in lines):
        return twiml.spoken(lines)
    if _waits(conversation, State.anything_new) and specialist_waits(at.db, at.leg.case_id):
        return enter(at.world, at.leg, [at.line("voice.joining_now", _language(conversation))])
    if _waits(conversation):
        stay = [] if STAYS & {line.key for line in lines} else [at.line("voice.stay", _language(conversation))]
        return enter(at.world, at.leg, [*_doubled(lines), *stay])
    return _listening(at, conversation, lines)


def _waits(conversation: Conversation, *also: State) -> bool:
    """Nothing more is asked, and a human is on the way: the caller waits in the room. `also`: states that may wait."""
    case = conversation.case
    waiting = case is not None and case.level >= Level.URGENT and case.state in (CaseState.open, CaseState.accepted)
    return waiting and conversation.state in (State.waiting, *also)


def _listening(at: Step, conversation: Conversation, lines: list[Line]) -> str:
    keys = keys_for(at.world, conversation, at.world.url(f"/twilio/voice/{at.number + 1}"))
    at.leg.state = "asking"
    return twiml.spoken(_doubled(lines), keys)


def _doubled(lines: list[Line]) -> list[Line]:
    """The emergency line is said twice; what follows it, once."""
    return [one for line in lines for one in ([line] * 2 if line.key in TWICE else [line])]


def _fitting(at: Step, line: Line, waits: bool) -> Line:
    """The words for a call, and for one from a number that we do not see."""
    key = SPOKEN.get(line.key, line.key) if waits else line.key
    if not at.party.contact.reachable:
        key = HIDDEN.get(key, key)
    return line if key == line.key else at.line(key, line.language)


def _keep(at: Step, lines: list[Line]) -> None:
    """What is said is kept before it is spoken: for the transcript, and to be said again."""
    at.leg.prompt = {"said": [[line.key, line.text, line.language.value] for line in lines]}
    for line in lines:
        record(
            at.db,
            at.party.contact.id,
            "out",
            "voice",
            line.text,
            at.now,
            keys=line.key,
            case_id=at.leg.case_id,
            version=at.world.library.version,
        )


def kept(leg: LegRow) -> list[Line]:
    """What was said last on that leg."""
    return [Line(text, Language(language), key) for key, text, language in (leg.prompt or {}).get("said", [])]


def _closing(leg: LegRow) -> bool:
    return any(line.key == "voice.anything_else" for line in kept(leg))


def _again(at: Step, conversation: Conversation) -> str:
    """Nothing was heard: the same once more, with the ways out."""
    lines = [line for line in kept(at.leg) if line.key not in (*TWICE, "voice.again")]
    return _listening(at, conversation, [at.line("voice.again", _language(conversation)), *lines])


def _parting(at: Step, conversation: Conversation) -> str:
    """All was said, and the caller says no more: once more the offer, then goodbye."""
    language = _language(conversation)
    if at.leg.silences < REPEATS:
        return _listening(at, conversation, [at.line("voice.anything_else", language)])
    return twiml.spoken([at.line("voice.goodbye", language)])


def _texted(at: Step, conversation: Conversation) -> str:
    """8: the same as a text. The call goes on, and so does the waiting."""
    language = _language(conversation)
    sent = text_gist(at.world, at.db, at.party, [line.key for line in kept(at.leg)], language, at.now)
    line = at.line("voice.texting" if sent else "voice.no_text", language)
    if _waits(conversation):
        return enter(at.world, at.leg, [line])
    return _listening(at, conversation, [line, *([] if sent else kept(at.leg))])


def _language(conversation: Conversation) -> Language:
    return conversation.language or Language.en
