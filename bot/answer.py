"""The way of a message, from top to bottom: screen, claim, load, step, save, case and pages, reply, commit."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot import twiml
from bot.effects import Applying, apply
from bot.speech import Line, lines
from bot.world import World
from flows.model import Conversation, Escalate, Inbound, Kind, Say, Turn
from flows.screen.evidence import Reading
from flows.screen.read import read
from flows.step import step
from flows.words import Channel, Level
from storage import outbox
from storage.claims import answered, claim
from storage.contacts import Party, party_of, party_of_contact
from storage.conversations import load, save, still_due
from storage.roster import specialist_by_phone
from storage.transcript import record

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn says, and where it left the conversation."""

    lines: tuple[Line, ...]
    turn: Turn
    contact_id: str
    case_id: str | None


Render = Callable[[Session, Reply], str]


def answer(world: World, inbound: Inbound, render: Render, *, of_staff: bool = True) -> str | None:
    """Answer one inbound. The case, its first pages and its due time are committed with the reply, before it leaves.

    None, and nothing done, for a specialist's phone where `of_staff` is False: their commands go first.
    """
    now = world.clock()
    reading = screened(world, inbound)

    def turn(db: Session) -> tuple[str | None, bool]:
        # Asked here, since most texts come from patients: they need no transaction of their own for this.
        if not of_staff and specialist_by_phone(db, inbound.sender) is not None:
            return None, False
        before = claim(db, inbound.sid, now)
        if before is not None:
            return before.reply or twiml.EMPTY, False
        party = party_of(db, inbound.sender, now, reachable=inbound.sender.startswith("+"))
        reply = take_turn(world, db, party, inbound, reading, now)
        document = render(db, reply)
        answered(db, inbound.sid, document)
        return document, bool(reply.turn.effects)

    document, stirred = world.database.retrying(turn)
    if stirred:
        world.wake.set()
    return document


def screened(world: World, inbound: Inbound) -> Reading | None:
    """What the safety screen read, before any transaction is opened; None = it failed, which counts as a danger."""
    try:
        return read(inbound.text, world.library.lexicon)
    except Exception:
        log.exception("the screen failed on message %s", inbound.sid)
        return None


def take_turn(
    world: World, db: Session, party: Party, inbound: Inbound, reading: Reading | None, now: datetime
) -> Reply:
    """Load the conversation, step it, save it, and turn its effects into rows."""
    before = load(db, party, inbound.channel, world.today(now), world.center.country, now)
    if reading is None:
        turn = unscreened(before, inbound)
    else:
        turn = step(before, inbound, reading, world.library, now)
    save(db, party, turn, world.library.version, now)
    if inbound.kind is Kind.text:
        record(db, party.contact.id, "in", inbound.channel.value, inbound.text, now, version=world.library.version)
    case = apply(Applying(world, db, party, turn, now)) if turn.effects or before.case else None
    said = lines(world, turn.say, turn.conversation, inbound.channel)
    return Reply(tuple(said), turn, party.contact.id, case.id if case else None)


def unscreened(before: Conversation, inbound: Inbound) -> Turn:
    """A message that the screen could not read is urgent: a human reads it."""
    found = Escalate(Level.URGENT, (), ("screen.failed",), (inbound.text,))
    return Turn(replace(before), (Say("urgent"),), (found,))


def silence(world: World, contact_id: str) -> None:
    """Nothing came for as long as we waited: the conversation goes on by itself, by text."""
    now = world.clock()

    def turn(db: Session) -> None:
        party = party_of_contact(db, contact_id)
        if not still_due(db, contact_id, now):
            return
        inbound = Inbound(f"silence/{contact_id}", "", Channel.sms, kind=Kind.silence)
        reply = take_turn(world, db, party, inbound, Reading(), now)
        for line in reply.lines:
            send(db, party, reply, line, now)

    world.database.retrying(turn)


def send(db: Session, party: Party, reply: Reply, line: Line, now: datetime) -> None:
    """One line that is no reply to anything: a text through the outbox."""
    if party.contact.opted_out_at is not None or not party.contact.reachable:
        return
    row = outbox.put(
        db,
        "text",
        "tell",
        party.contact.phone or "",
        now,
        body=line.text,
        contact_id=party.contact.id,
        case_id=reply.case_id,
        priority=3,
        valid_for=3600,
    )
    record(db, party.contact.id, "out", "sms", line.text, now, keys=line.key, outbox_id=row.id, case_id=reply.case_id)
