"""Case events: appended, never changed, each chained to the one before by a keyed hash."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, insert, inspect
from sqlmodel import Session, col, select

from storage.chain import link, mark, verify
from storage.tables import CaseEventRow
from storage.vault import vault_of

# Several times in every message: built once, and for the table itself, since no event is ever touched again.
LAST_LINK = (
    select(CaseEventRow.link).where(CaseEventRow.case_id == bindparam("of_case")).order_by(col(CaseEventRow.id).desc())
).limit(1)
APPEND = insert(cast(Table, inspect(CaseEventRow).local_table))


def happened(db: Session, case_id: str, kind: str, now: datetime, actor: str = "helpline", **detail: object) -> None:
    """Append what happened to a case. `detail` may hold words of a person: it is encrypted."""
    vault = vault_of(db)
    last = db.exec(LAST_LINK, params={"of_case": case_id}).first()
    mac = mark(json.dumps(detail, sort_keys=True, ensure_ascii=False, default=str), vault) or b""
    row = CaseEventRow(case_id=case_id, at=now, kind=kind, actor=actor, detail=detail, mac=mac, link=b"")
    values = {**row.model_dump(exclude={"id"}), "link": link(last, _chained(row), vault)}
    # The case may wait in the session.
    db.flush()
    db.exec(APPEND, params=values)


def events_of(db: Session, case_id: str) -> list[CaseEventRow]:
    """All that happened to a case, in order."""
    query = select(CaseEventRow).where(CaseEventRow.case_id == case_id).order_by(col(CaseEventRow.id))
    return list(db.exec(query))


def first_broken(db: Session, case_id: str) -> int | None:
    """The index of the first event of a case that was changed, or None if the chain is whole."""
    return verify(((_chained(row), row.link) for row in events_of(db, case_id)), vault_of(db))


def _chained(row: CaseEventRow) -> Mapping[str, object]:
    return {"case": row.case_id, "at": row.at, "kind": row.kind, "actor": row.actor, "mac": row.mac}
