"""The audit: who saw and did what. Appended, never changed, each row chained to the last one of its subject."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from storage.chain import link, mark, verify
from storage.statements import for_update, insert_once
from storage.tables import AuditChainRow, AuditRow
from storage.vault import vault_of

DOOR = "door"  # the subject of sign-ins that belong to no account


def audited(db: Session, subject: str, act: str, now: datetime, account_id: str | None, **detail: object) -> None:
    """Append what somebody saw or did. `subject`: the id of a case or an account, or DOOR. `detail` is encrypted."""
    vault = vault_of(db)
    insert_once(db, AuditChainRow, {"subject": subject, "head": b""}, ["subject"])
    # Two who look at one case at once would fork its chain: the second one waits here.
    end = db.exec(for_update(select(AuditChainRow).where(AuditChainRow.subject == subject))).one()
    mac = mark(json.dumps(detail, sort_keys=True, ensure_ascii=False, default=str), vault) or b""
    row = AuditRow(subject=subject, at=now, account_id=account_id, act=act, detail=detail, mac=mac, link=b"")
    row.link = link(end.head or None, _chained(row), vault)
    end.head = row.link
    db.add(row)
    db.add(end)
    db.flush()


def audit_of(db: Session, subject: str) -> list[AuditRow]:
    """All that was seen and done about one subject, in order."""
    return list(db.exec(select(AuditRow).where(AuditRow.subject == subject).order_by(col(AuditRow.id))))


def latest(db: Session, limit: int = 200) -> list[AuditRow]:
    """The latest rows about anything, newest first."""
    return list(db.exec(select(AuditRow).order_by(col(AuditRow.id).desc()).limit(limit)))


def broken_audits(db: Session) -> list[str]:
    """The subjects whose chain was changed or cut; empty = whole."""
    chains = db.exec(select(AuditChainRow)).all()
    return [end.subject for end in chains if first_broken(db, end.subject) is not None]


def first_broken(db: Session, subject: str) -> int | None:
    """The index of the first row of a subject that was changed or is missing, or None."""
    end = db.get(AuditChainRow, subject)
    rows = [(_chained(row), row.link) for row in audit_of(db, subject)]
    return verify(rows, vault_of(db), head=(end.head or None) if end else None)


def _chained(row: AuditRow) -> Mapping[str, object]:
    return {"subject": row.subject, "at": row.at, "account": row.account_id, "act": row.act, "mac": row.mac}
