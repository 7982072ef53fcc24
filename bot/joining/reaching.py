"""Reaching the patient's side for a specialist who waits: the patient twice, then who else may be told, one by one."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from bot.joining.rooms import IN_ROOM, enter, hang_up, send_to
from bot.moves import case_word
from bot.speech import Line
from bot.world import World
from flows.words import Language
from storage import outbox
from storage.contacts import contacts_of
from storage.events import happened
from storage.legs import CHECK, begun, leg_by_id, leg_of_outbox, patient_legs
from storage.tables import CaseRow, ContactRow, LegRow, LinkRow, OutboxRow, SpecialistRow

PATIENCE = timedelta(seconds=75)  # ring, buffer, and the words before the key; after that the next one is called
SOON = timedelta(seconds=20)  # who was busy is called again a little later
TWICE = 2
AGAIN = "again"


def talk(
    world: World, db: Session, row: OutboxRow, call_sid: str, case: CaseRow, by: SpecialistRow, now: datetime
) -> str:
    """The specialist comes into the room; whoever is on the line is joined, else the patient's side is called."""
    leg = begun(db, call_sid, "specialist", now, specialist_id=by.id, case_id=case.id, outbox_id=row.id)
    key = "page.calling"
    if leg.state not in IN_ROOM:
        here = [one for one in patient_legs(db, case.id) if one.side == "caller" or one.heard]
        leg.tried, leg.state = 0, "waiting"
        for one in here:
            if one.state == "asking":
                send_to(db, one, f"/twilio/room/{one.id}/enter", now)
        if here:
            key = "page.here"
        else:
            reach_next(db, leg, case, now)
    return enter(world, leg, [Line(case_word(world, case, key, Language.en), Language.en, key)])


def targets(db: Session, case: CaseRow) -> list[str]:
    """The contacts to call, in order: the phone that asked for help twice, then the others of this patient."""
    first = db.get_one(ContactRow, case.contact_id)
    told = {
        link.contact_id
        for link in db.exec(select(LinkRow).where(LinkRow.patient_id == case.patient_id))
        if link.role == "self" or link.may_be_told
    }
    others = [one for one in contacts_of(db, case.patient_id) if one.id != first.id and one.id in told]
    return [one.id for one in ([first] * TWICE + others) if one.reachable and one.phone]


def reach_next(db: Session, leg: LegRow, case: CaseRow, now: datetime) -> None:
    """Call the next phone of the patient's side; when none is left, tell the specialist what else can be done."""
    order = targets(db, case)
    if leg.tried >= len(order):
        leg.rings, leg.due_at = None, now + CHECK
        happened(db, case.id, "nobody_answered", now, calls=leg.tried)
        send_to(db, leg, f"/twilio/page/{leg.outbox_id}/nobody", now)
        return
    contact = db.get_one(ContactRow, order[leg.tried])
    row = outbox.put(
        db,
        "call",
        "reach",
        contact.phone or "",
        now,
        body=leg.id,
        contact_id=contact.id,
        case_id=case.id,
        priority=1,
        valid_for=int(PATIENCE.total_seconds()),
    )
    leg.tried, leg.rings, leg.due_at = leg.tried + 1, row.id, now + PATIENCE
    happened(db, case.id, "calling_patient", now, attempt=leg.tried)


def not_answered(db: Session, case: CaseRow, row: OutboxRow, now: datetime) -> None:
    """One call to the patient's side is over, or has taken too long, and nobody pressed the key."""
    leg = leg_by_id(db, row.body or "")
    if leg is None or leg.state == "over" or leg.rings != row.id:
        return
    called = leg_of_outbox(db, row.id)
    if called is not None and called.state in IN_ROOM:
        leg.rings, leg.due_at = None, now + CHECK
    elif row.status == "busy":
        leg.rings, leg.due_at = AGAIN, now + SOON
    else:
        reach_next(db, leg, case, now)


def overdue(db: Session, case: CaseRow, leg: LegRow, now: datetime) -> bool:
    """A specialist's leg is due: go on to the next phone. False = there is nothing to go on with."""
    if leg.rings is None or leg.state not in IN_ROOM:
        return False
    if leg.rings == AGAIN:
        reach_next(db, leg, case, now)
        return True
    row = outbox.by_id(db, leg.rings)
    if row is not None:
        hang_up(db, row.id, now)
        not_answered(db, case, row, now)
    return True
