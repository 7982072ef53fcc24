"""Calling and texting a phone back after its call has ended; struck out if a human or the caller was faster."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.texting import text_patient
from bot.world import World
from storage import outbox
from storage.events import happened
from storage.legs import on_the_line
from storage.tables import CaseRow, ContactRow

PRIORITY = 2
VALID = timedelta(hours=1)
GOODBYE = timedelta(seconds=40)  # a call that is ending has its last words to say
ADVICE_HEEDED = timedelta(minutes=3)  # who was told to hang up and call 911 is left alone for so long


def call_back(
    db: Session, case: CaseRow, contact: ContactRow, key: str, now: datetime, after: timedelta = timedelta(0)
) -> None:
    """Call a phone back; after a key it hears that message, and its conversation goes on."""
    if not contact.reachable:
        return
    if on_the_line(db, contact.id):
        after = max(after, GOODBYE)
    row = outbox.put(
        db,
        "call",
        "back",
        contact.phone or "",
        now,
        body=key,
        contact_id=contact.id,
        case_id=case.id,
        priority=PRIORITY,
        valid_for=int((after + VALID).total_seconds()),
    )
    row.due_at = now + after
    happened(db, case.id, "phoned_patient", now, key=key)


def text_back(
    world: World, db: Session, case: CaseRow, contact: ContactRow, key: str, now: datetime, after: timedelta
) -> None:
    """Text a phone some time after its call, if it takes texts."""
    if not contact.reachable or contact.opted_out_at is not None:
        return
    text_patient(world, db, case, contact, key, "back", now, after)
