"""Claims: every webhook is taken once; a repeat waits for the first and gets its stored reply."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, inspect, update
from sqlmodel import Session, col, func, select

from storage.statements import insert_once
from storage.tables import ClaimRow

# On the way of every message: built once, and for the table itself, since no row of the session holds a reply.
TABLE = cast(Table, inspect(ClaimRow).local_table)
MOST = 500  # names in one question: databases have a limit
KEEP = update(TABLE).where(TABLE.c.sid == bindparam("claimed")).values(reply=bindparam("said"))


def claim(db: Session, sid: str, now: datetime) -> ClaimRow | None:
    """None = the first time, and now it is ours; else the row of the first time, with its reply."""
    if insert_once(db, ClaimRow, {"sid": sid, "at": now}, ["sid"]):
        return None
    return db.get_one(ClaimRow, sid)


def answered(db: Session, sid: str, reply: str) -> None:
    """Keep the reply with the claim, for a repeat."""
    db.exec(KEEP, params={"claimed": sid, "said": reply})


def last_claimed(db: Session) -> datetime | None:
    """When the last webhook was claimed; None where none ever was."""
    return db.exec(select(func.max(ClaimRow.at))).one()


def unclaimed(db: Session, sids: Sequence[str]) -> set[str]:
    """Those of these webhooks that nobody has claimed."""
    known: set[str] = set()
    for start in range(0, len(sids), MOST):
        known.update(db.exec(select(ClaimRow.sid).where(col(ClaimRow.sid).in_(sids[start : start + MOST]))))
    return set(sids) - known
