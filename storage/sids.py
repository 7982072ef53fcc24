"""Whose a text or call at Twilio is: a SID belongs to one row, and who made it knows what others only guess.

A call carries no mark of ours, so one whose answer was never heard is looked up by its phone; what is found there may
be another case's call of the same moment. No two rows have one SID: the table says so, and who comes second sees it.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from storage import pages
from storage.bundles import spoken_for
from storage.statements import for_update
from storage.tables import OutboxRow


def unknown_sids(db: Session, sids: list[str]) -> list[str]:
    """Those SIDs that belong to no row of ours: a text or call whose answer we never got."""
    known = set(db.exec(select(OutboxRow.sid).where(col(OutboxRow.sid).in_(sids))))
    return [sid for sid in sids if sid not in known]


def made(db: Session, row: OutboxRow, sid: str, now: datetime) -> None:
    """Twilio's answer or callback says that this row's own request made it. Who took it for his looks again."""
    if row.sid == sid:
        return
    taken = db.exec(for_update(select(OutboxRow).where(OutboxRow.sid == sid))).first()
    if taken is not None:
        _given_back(db, taken, now)
    row.sid = sid
    db.flush()


def found(db: Session, row: OutboxRow, sid: str) -> bool:
    """Twilio has one that looks like this row's; False if it is known by now as another's."""
    owner = db.exec(select(OutboxRow.id).where(OutboxRow.sid == sid)).first()
    if owner is None and row.sid is None:
        row.sid = sid
        db.flush()
    return owner in (None, row.id)


def _given_back(db: Session, row: OutboxRow, now: datetime) -> None:
    """It was another's: whether this row's own was ever made is in doubt again."""
    row.sid, row.sent_at, row.lease_until, row.heeded_at = None, None, None, None
    row.status, row.error, row.due_at = "unknown", "0/taken", now
    db.flush()
    for page_id in spoken_for(row):
        pages.taken_back(db, page_id)
