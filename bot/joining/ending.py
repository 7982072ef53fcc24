"""The end of a call, however we learn of it: its status, a question to Twilio, or a request that was refused."""

from datetime import datetime

from sqlmodel import Session

from bot.answer import send, take_turn
from bot.joining.back import ADVICE_HEEDED, call_back, text_back
from bot.joining.presence import ask_by_text, parted
from bot.joining.reaching import not_answered, reach_next
from bot.joining.rooms import IN_ROOM, hang_up
from bot.world import World
from flows.case import CaseState
from flows.model import Inbound, Kind
from flows.screen.evidence import Reading
from flows.words import Channel, Level
from storage import outbox
from storage.cases import case_by_id
from storage.contacts import Party, party_of_contact
from storage.legs import leg_by_id, patient_legs, seen_leg, specialist_legs
from storage.tables import CaseRow, LegRow, OutboxRow

FINAL = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


def call_ended(world: World, db: Session, call_sid: str, outbox_id: str | None, now: datetime) -> None:
    """A call is over. Told twice, it is over once. Locks: contact, case, leg, outbox."""
    seen = seen_leg(db, call_sid=call_sid) if call_sid else None
    row = outbox.seen(db, outbox_id) if outbox_id else None
    if seen is not None and seen.state != "over":
        leg_ended(world, db, seen.id, now)
    if row is not None and row.purpose == "reach" and row.case_id:
        not_answered(db, case_by_id(db, row.case_id), row, now)


def unsent(world: World, db: Session, row: OutboxRow, now: datetime) -> None:
    """What could not be done to a call, or a call that could not be made: as if it had ended."""
    if row.kind == "redirect":
        call_ended(world, db, (row.body or "").split(" ")[0], None, now)
    elif row.purpose == "reach":
        call_ended(world, db, "", row.id, now)


def leg_ended(world: World, db: Session, leg_id: str, now: datetime) -> None:
    """A leg is over: whoever was joined with it is not any more, and what was begun is taken up."""
    seen = seen_leg(db, leg_id=leg_id)
    if seen is None or seen.state == "over":
        return
    party = party_of_contact(db, seen.contact_id) if seen.contact_id else None
    case = case_by_id(db, seen.case_id) if seen.case_id else None
    leg = leg_by_id(db, leg_id)
    assert leg is not None
    if leg.state == "over":
        return
    was = leg.state
    leg.state, leg.ended_at, leg.due_at = "over", now, None
    db.flush()
    if case is not None and was == "joined":
        parted(world, db, case, leg, now)
    if leg.side == "specialist" and case is not None:
        _specialist_gone(world, db, case, leg, now)
    elif party is not None:
        _patient_gone(world, db, party, case, leg, now)


def _specialist_gone(world: World, db: Session, case: CaseRow, leg: LegRow, now: datetime) -> None:
    """Asked by text whether they spoke; a phone that still rings for them stops."""
    if leg.rings and leg.rings != "again":
        hang_up(db, leg.rings, now)
    ask_by_text(world, db, case, leg, now)


def _patient_gone(world: World, db: Session, party: Party, case: CaseRow | None, leg: LegRow, now: datetime) -> None:
    """Whoever waits for them calls them; else the helpline does, at once or when the advice had its time."""
    if case is None or case.level < Level.URGENT or case.state in (CaseState.reached, CaseState.closed):
        if case is None or not leg.outbox_id:
            _broken_off(world, db, party, now)
        return
    if leg.side == "called" and not leg.heard:
        return  # nobody pressed the key: the next one is called for whoever waits
    waiting = [one for one in specialist_legs(db, case.id) if one.state in IN_ROOM]
    others = patient_legs(db, case.id)
    if waiting and not others and leg.joined_at is None:
        reach_next(db, waiting[0], case, now)
    elif case.state == CaseState.open.value and not waiting and not others:
        _called_back(world, db, party, case, leg, now)


def _called_back(world: World, db: Session, party: Party, case: CaseRow, leg: LegRow, now: datetime) -> None:
    """Hanging up after the emergency line is what we asked for: nobody rings into their call to 911."""
    if leg.advised or case.level == Level.EMERGENCY:
        text_back(world, db, case, party.contact, "voice.after_advice", now, ADVICE_HEEDED)
        call_back(db, case, party.contact, "voice.after_advice_call", now, ADVICE_HEEDED)
    else:
        call_back(db, case, party.contact, "voice.hung_up_call", now)


def _broken_off(world: World, db: Session, party: Party, now: datetime) -> None:
    """A call that ended in the middle of a symptom check: a page if a sign was named, else a task."""
    if not party.contact.reachable:
        return  # nobody can be called back; what was named has paged already
    inbound = Inbound(f"hung_up/{party.contact.id}", "", Channel.sms, kind=Kind.hung_up)
    reply = take_turn(world, db, party, inbound, Reading(), now)
    for line in reply.lines:
        send(db, party, reply, line, now)
