"""Claims: every webhook is taken once; a repeat waits for the first and gets its stored reply."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from storage.statements import insert_once
from storage.tables import ClaimRow


def claim(db: Session, sid: str, now: datetime) -> ClaimRow | None:
    """None = the first time, and now it is ours; else the row of the first time, with its reply."""
    if insert_once(db, ClaimRow, {"sid": sid, "at": now}, ["sid"]):
        return None
    return db.get_one(ClaimRow, sid)


def answered(db: Session, sid: str, reply: str) -> None:
    """Keep the reply with the claim, for a repeat."""
    kept = update(ClaimRow).where(col(ClaimRow.sid) == sid).values(reply=reply)
    db.exec(kept, execution_options={"synchronize_session": False})
