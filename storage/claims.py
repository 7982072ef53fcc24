"""Claims: every webhook is taken once; a repeat waits for the first and gets its stored reply."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, inspect, update
from sqlmodel import Session

from storage.statements import insert_once
from storage.tables import ClaimRow

# On the way of every message: built once, and for the table itself, since no row of the session holds a reply.
TABLE = cast(Table, inspect(ClaimRow).local_table)
KEEP = update(TABLE).where(TABLE.c.sid == bindparam("claimed")).values(reply=bindparam("said"))


def claim(db: Session, sid: str, now: datetime) -> ClaimRow | None:
    """None = the first time, and now it is ours; else the row of the first time, with its reply."""
    if insert_once(db, ClaimRow, {"sid": sid, "at": now}, ["sid"]):
        return None
    return db.get_one(ClaimRow, sid)


def answered(db: Session, sid: str, reply: str) -> None:
    """Keep the reply with the claim, for a repeat."""
    db.exec(KEEP, params={"claimed": sid, "said": reply})
