"""What needs looking after in the outbox: rows that Twilio has had without a word, and failures nobody has heeded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from flows.delivery import FAILED
from storage.statements import for_update
from storage.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class Stuck:
    """A row that Twilio has had for long without a word; `sid` None = an inline reply that it never confirmed."""

    id: str
    kind: str
    sid: str | None
    to: str
    body: str
    case_id: str | None
    made_at: datetime


WORDLESS = ("inline", "accepted", "queued", "initiated", "ringing")
GIVEN_UP_LOOKING = timedelta(minutes=10)
BATCH = 16


def claim_stuck(db: Session, now: datetime, overdue: timedelta, again: timedelta) -> list[Stuck]:
    """Rows without a word for that long, each taken by one process and not again before `again` has passed."""
    free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)
    young = and_(col(OutboxRow.made_at) <= now - overdue, col(OutboxRow.made_at) >= now - GIVEN_UP_LOOKING)
    query = select(OutboxRow).where(col(OutboxRow.status).in_(WORDLESS), free, young).limit(BATCH)
    rows = db.exec(for_update(query, skip_locked=True)).all()
    for row in rows:
        row.lease_until = now + again
    return [Stuck(row.id, row.kind, row.sid, row.to or "", row.body or "", row.case_id, row.made_at) for row in rows]


def unheeded(db: Session) -> list[tuple[str, str | None]]:
    """Failed texts and calls whose consequences nobody has drawn yet, with their cases."""
    query = select(OutboxRow.id, OutboxRow.case_id).where(
        col(OutboxRow.status).in_(FAILED), col(OutboxRow.heeded_at).is_(None)
    )
    return [(row[0], row[1]) for row in db.exec(query.limit(BATCH))]
