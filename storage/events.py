"""Case events: appended, never changed, each chained to the one before by a keyed hash."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.chain import link, mark, verify
from storage.tables import CaseEventRow
from storage.vault import vault_of

# On the way of every message: built once.
LAST_LINK = (
    select(CaseEventRow.link).where(CaseEventRow.case_id == bindparam("of_case")).order_by(col(CaseEventRow.id).desc())
).limit(1)
LINKS = "last link of each case"


def happened(db: Session, case_id: str, kind: str, now: datetime, actor: str = "helpline", **detail: object) -> None:
    """Append what happened to a case. `detail` may hold words of a person: it is encrypted."""
    vault = vault_of(db)
    mac = mark(json.dumps(detail, sort_keys=True, ensure_ascii=False, default=str), vault) or b""
    row = CaseEventRow(case_id=case_id, at=now, kind=kind, actor=actor, detail=detail, mac=mac, link=b"")
    # The case is locked, so the last link that this transaction saw or made is the last one.
    links = db.info.setdefault(LINKS, {})
    before = links[case_id] if case_id in links else db.exec(LAST_LINK, params={"of_case": case_id}).first()
    row.link = links[case_id] = link(before, _chained(row), vault)
    db.add(row)


def nothing_happened_yet(db: Session, case_id: str) -> None:
    """A case made in this transaction: its chain begins, and need not be looked for."""
    db.info.setdefault(LINKS, {})[case_id] = None


def events_of(db: Session, case_id: str) -> list[CaseEventRow]:
    """All that happened to a case, in order."""
    query = select(CaseEventRow).where(CaseEventRow.case_id == case_id).order_by(col(CaseEventRow.id))
    return list(db.exec(query))


def first_broken(db: Session, case_id: str) -> int | None:
    """The index of the first event of a case that was changed, or None if the chain is whole."""
    return verify(((_chained(row), row.link) for row in events_of(db, case_id)), vault_of(db))


def _chained(row: CaseEventRow) -> Mapping[str, object]:
    return {"case": row.case_id, "at": row.at, "kind": row.kind, "actor": row.actor, "mac": row.mac}
