"""One approved message as a text to a patient's phone: in its language, on the record, and not hours late."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.speech import word
from bot.world import World
from flows.words import Channel, Language
from storage import outbox
from storage.tables import CaseRow, ContactRow
from storage.transcript import record

# By what the text is for: who was just spoken to goes before who is told how it stands.
PRIORITY = {"back": 2, "tell": 3}
# A text that comes hours late would be about another day.
VALID = timedelta(hours=1)
AT_ONCE = timedelta(0)


def text_patient(
    world: World,
    db: Session,
    case: CaseRow,
    contact: ContactRow,
    key: str,
    purpose: str,
    now: datetime,
    after: timedelta = AT_ONCE,
) -> None:
    """Send that message to a phone, `after` a while. Whether it may be texted is the caller's question."""
    due, valid = now + after, int((after + VALID).total_seconds())
    body = word(world, key, Language(contact.language or case.language), Channel.sms)
    row = outbox.put(
        db,
        "text",
        purpose,
        contact.phone or "",
        now,
        body=body,
        contact_id=contact.id,
        case_id=case.id,
        priority=PRIORITY[purpose],
        valid_for=valid,
    )
    row.due_at = due
    record(db, contact.id, "out", "sms", body, due, keys=key, case_id=case.id, outbox_id=row.id)
