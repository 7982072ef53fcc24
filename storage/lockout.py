"""Lock-out: five tries in fifteen minutes that were not right, under one name or from one address, and the door waits.

A try is counted before it is checked, and taken back when it was right: a hundred tries at once are a hundred tries.
"""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from storage.statements import for_update, insert_once
from storage.tables import TriesRow
from storage.vault import vault_of

MOST = 5
WINDOW = timedelta(minutes=15)


def begin_try(db: Session, names: list[str], now: datetime) -> bool:
    """Count one try under each of these names; False if one of them is locked, and then nothing may be checked."""
    rows = [_locked_row(db, name, now) for name in sorted(names)]
    if any(row.locked_until is not None and now < row.locked_until for row in rows):
        return False
    for row in rows:
        _count(row, now)
        db.add(row)
    return True


def right_try(db: Session, names: list[str], now: datetime) -> None:
    """The try was right: what was counted under these names is forgotten."""
    for name in sorted(names):
        row = _locked_row(db, name, now)
        row.times, row.locked_until = [], None
        db.add(row)


def _locked_row(db: Session, name: str, now: datetime) -> TriesRow:
    key = vault_of(db).lookup(f"tries/{name}")
    insert_once(db, TriesRow, {"key": key, "times": [], "at": now}, ["key"])
    return db.exec(for_update(select(TriesRow).where(TriesRow.key == key))).one()


def _count(row: TriesRow, now: datetime) -> None:
    recent = [time for time in row.times if datetime.fromisoformat(time) > now - WINDOW]
    row.times, row.at = [*recent, now.isoformat()], now
    row.locked_until = now + WINDOW if len(row.times) >= MOST else None
