"""Legs: the phone calls that live now, found by call, by case and by due time."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from storage.ids import new_id
from storage.statements import for_update, insert_once
from storage.tables import LegRow

CHECK = timedelta(seconds=60)  # how long a live call goes unasked-for when its callbacks are lost
PATIENT_SIDE = ("caller", "called")


def seen_leg(db: Session, *, call_sid: str = "", leg_id: str = "") -> LegRow | None:
    """A leg without a lock: to learn which contact and case must be locked before it."""
    query = select(LegRow).where(LegRow.id == leg_id) if leg_id else select(LegRow).where(LegRow.call_sid == call_sid)
    return db.exec(query).first()


def leg_of_call(db: Session, call_sid: str) -> LegRow | None:
    """The leg of a call, locked."""
    return db.exec(for_update(select(LegRow).where(LegRow.call_sid == call_sid))).first()


def leg_by_id(db: Session, leg_id: str) -> LegRow | None:
    """One leg, locked."""
    return db.exec(for_update(select(LegRow).where(LegRow.id == leg_id))).first()


def leg_of_outbox(db: Session, outbox_id: str) -> LegRow | None:
    """The newest leg of a call that we made, locked."""
    query = select(LegRow).where(LegRow.outbox_id == outbox_id).order_by(col(LegRow.began_at).desc())
    return db.exec(for_update(query.limit(1))).first()


def begun(db: Session, call_sid: str, side: str, now: datetime, **fields: Any) -> LegRow:
    """The leg of that call; made now if this is the first that we hear of it."""
    values = {"id": new_id(), "call_sid": call_sid, "side": side, "began_at": now, "due_at": now + CHECK, **fields}
    insert_once(db, LegRow, values, ["call_sid"])
    leg = leg_of_call(db, call_sid)
    assert leg is not None
    return leg


def live_legs(db: Session, case_id: str) -> list[LegRow]:
    """All legs of a case that have not ended, the oldest first, locked."""
    query = select(LegRow).where(LegRow.case_id == case_id, LegRow.state != "over")
    return list(db.exec(for_update(query.order_by(col(LegRow.began_at)))))


def patient_legs(db: Session, case_id: str) -> list[LegRow]:
    """The live legs of the patient's side of a case."""
    return [leg for leg in live_legs(db, case_id) if leg.side in PATIENT_SIDE]


def specialist_legs(db: Session, case_id: str) -> list[LegRow]:
    """The live legs of specialists who wait for, or talk with, the patient of a case."""
    return [leg for leg in live_legs(db, case_id) if leg.side == "specialist"]


def on_the_line(db: Session, contact_id: str) -> bool:
    """Is that phone on a call with the helpline now?"""
    query = select(LegRow.id).where(LegRow.contact_id == contact_id, LegRow.state != "over")
    return db.exec(query.limit(1)).first() is not None


def busy_specialists(db: Session) -> frozenset[str]:
    """The specialists who are talking with a patient."""
    query = select(LegRow.specialist_id).where(LegRow.side == "specialist", LegRow.state == "joined")
    return frozenset(one for one in db.exec(query) if one)


def due_legs(db: Session, now: datetime, limit: int = 20) -> list[LegRow]:
    """The live legs that must be looked at."""
    query = select(LegRow).where(LegRow.state != "over", col(LegRow.due_at) <= now)
    return list(db.exec(query.order_by(col(LegRow.due_at)).limit(limit)))


def next_due(db: Session) -> datetime | None:
    """When a leg must be looked at next."""
    query = select(LegRow.due_at).where(LegRow.state != "over", col(LegRow.due_at).is_not(None))
    return db.exec(query.order_by(col(LegRow.due_at)).limit(1)).first()
