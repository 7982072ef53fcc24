"""What the console reads of cases: without locks, in one short look; nothing here changes anything."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.cases import OPEN, open_cases
from storage.tables import (
    CaseEventRow,
    CaseRow,
    ContactRow,
    ConversationRow,
    LinkRow,
    MessageRow,
    OutboxRow,
    PageRow,
    PatientRow,
    SpecialistRow,
)

LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Chart:
    """All that is kept about one case and its patient. `marks`: how each text or call fared, by the outbox row."""

    case: CaseRow
    patient: PatientRow
    phones: list[tuple[ContactRow, LinkRow]]
    messages: list[MessageRow]
    marks: dict[str, str]
    pages: list[PageRow]
    events: list[CaseEventRow]
    earlier: list[CaseRow]
    memories: list[dict[str, Any]]


def case_seen(db: Session, code: str) -> CaseRow | None:
    """The latest case with this code, not locked."""
    query = select(CaseRow).where(CaseRow.code == code).order_by(col(CaseRow.opened_at).desc())
    return db.exec(query.limit(1)).first()


def chart(db: Session, row: CaseRow) -> Chart:
    """The chart of a case."""
    phones = phones_of(db, row.patient_id)
    # The phone that the case came from stays in its story, also when it speaks for somebody else by now.
    ids = list(dict.fromkeys([row.contact_id, *(contact.id for contact, _ in phones)]))
    messages = _messages(db, ids, row)
    outbox_ids = [one.outbox_id for one in messages if one.outbox_id]
    marks = db.exec(select(OutboxRow.id, OutboxRow.status).where(col(OutboxRow.id).in_(outbox_ids))).all()
    pages = select(PageRow).where(PageRow.case_id == row.id).order_by(col(PageRow.at), col(PageRow.id))
    events = select(CaseEventRow).where(CaseEventRow.case_id == row.id).order_by(col(CaseEventRow.id))
    earlier = select(CaseRow).where(CaseRow.patient_id == row.patient_id, CaseRow.id != row.id)
    memories = select(ConversationRow).where(col(ConversationRow.contact_id).in_(ids))
    return Chart(
        case=row,
        patient=db.get_one(PatientRow, row.patient_id),
        phones=phones,
        messages=messages,
        marks=dict(marks),
        pages=list(db.exec(pages)),
        events=list(db.exec(events)),
        earlier=list(db.exec(earlier.order_by(col(CaseRow.opened_at).desc()).limit(20))),
        memories=[one.memory or {} for one in db.exec(memories)],
    )


def phones_of(db: Session, patient_id: str) -> list[tuple[ContactRow, LinkRow]]:
    """The phones that speak for a patient, with how."""
    query = select(ContactRow, LinkRow).join(LinkRow, col(LinkRow.contact_id) == ContactRow.id)
    found = db.exec(query.where(LinkRow.patient_id == patient_id).order_by(col(LinkRow.id))).all()
    return [(contact, link) for contact, link in found]


def contact_by_key(db: Session, phone_key: str) -> ContactRow | None:
    """The contact of a number that was looked up."""
    return db.exec(select(ContactRow).where(ContactRow.phone_key == phone_key)).first()


def names(db: Session) -> dict[str, str]:
    """What every specialist is called, also those who have left, by id."""
    return {row.id: row.name or "?" for row in db.exec(select(SpecialistRow))}


def waiting_since(rows: Iterable[CaseRow]) -> list[CaseRow]:
    """Cases in the order of a queue: the highest level first, then the longest waiting."""
    return sorted(rows, key=lambda row: (-row.level, row.opened_at))


def versions(db: Session) -> dict[str, str]:
    """For every open case, by code, a word that changes whenever its page would."""
    rows = open_cases(db)
    ids = [row.id for row in rows]
    happened = _latest(db, CaseEventRow, ids)
    said = _latest(db, MessageRow, ids)
    fared: dict[str, list[str]] = {}
    counted = select(OutboxRow.case_id, OutboxRow.status, func.count()).where(col(OutboxRow.case_id).in_(ids))
    for case_id, status, count in db.exec(counted.group_by(col(OutboxRow.case_id), col(OutboxRow.status))):
        fared.setdefault(case_id or "", []).append(f"{status}{count}")
    return {row.code: _word(row, happened.get(row.id), said.get(row.id), sorted(fared.get(row.id, []))) for row in rows}


def _latest(db: Session, table: type[CaseEventRow] | type[MessageRow], ids: list[str]) -> dict[str, int]:
    query = select(table.case_id, func.max(table.id)).where(col(table.case_id).in_(ids)).group_by(col(table.case_id))
    return {case_id: latest or 0 for case_id, latest in db.exec(query) if case_id is not None}


def _word(row: CaseRow, *more: object) -> str:
    seen = (row.id, row.state, row.level, row.owner_id, row.due_at, row.accepted_at, row.reached_at, *more)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def _messages(db: Session, contact_ids: list[str], row: CaseRow) -> list[MessageRow]:
    until = row.closed_at if row.state not in OPEN else None
    query = select(MessageRow).where(
        col(MessageRow.contact_id).in_(contact_ids), col(MessageRow.at) > row.opened_at - LOOKED_BACK
    )
    # A closed case is not the place to read what the phone says about another one, later.
    query = query.where(col(MessageRow.at) <= until) if isinstance(until, datetime) else query
    found = db.exec(query.order_by(col(MessageRow.at).desc(), col(MessageRow.id).desc()).limit(200))
    return list(reversed(list(found)))
