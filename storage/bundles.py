"""Page calls: an account starts one call a second, so a crowd of calls to one phone becomes one that speaks for all.

The texts of a page are never held. A few calls leave at once; what comes faster waits here, where it can be bundled,
and not in the carrier's queue, where an emergency would stand behind all that came before it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, func, select

from flows.case import CaseState
from flows.delivery import later
from storage.tables import CaseRow, OutboxRow, PageRow

# Calls that leave at once after a quiet time. While a crowd lasts so many stand in the carrier's queue, where nothing
# can overtake them: docs/decisions/0009.
BURST = 4
SECOND = timedelta(seconds=1)
OWN = 3  # so many cases call one phone each by themselves; a crowd becomes one call
REMEMBERED = timedelta(seconds=120)  # older calls are not looked at; none that counts here is as old
MOST = 200


def is_page_call() -> ColumnElement[bool]:
    """The calls that are paced."""
    return and_(col(OutboxRow.kind) == "call", col(OutboxRow.purpose) == "page")


def room(db: Session, now: datetime, lease: timedelta) -> int:
    """How many page calls may leave now: a burst after a quiet time, then one a second."""
    lately = _begun(db, now, BURST * SECOND, lease)
    return max(BURST - lately, 0) or max(1 - _begun(db, now, SECOND, lease), 0)


def _begun(db: Session, now: datetime, ago: timedelta, lease: timedelta) -> int:
    sending = and_(col(OutboxRow.status) == "sending", col(OutboxRow.lease_until) > now + lease - ago)
    begun = or_(col(OutboxRow.sent_at) > now - ago, sending)
    query = select(func.count()).select_from(OutboxRow).where(is_page_call(), begun)
    return int(db.exec(query.where(col(OutboxRow.due_at) > now - REMEMBERED)).one())


def hold(db: Session, leaving: Sequence[str], now: datetime) -> None:
    """All that is due and does not leave now waits a second; in two statements, for it may be hundreds."""
    db.flush()
    stays = and_(is_page_call(), col(OutboxRow.id).not_in(leaving))
    waits = and_(stays, col(OutboxRow.status).in_(("waiting", "unknown")), col(OutboxRow.due_at) <= now)
    orphaned = and_(stays, col(OutboxRow.status) == "sending", col(OutboxRow.lease_until) <= now)
    db.execute(update(OutboxRow).where(waits).values(due_at=now + SECOND))
    db.execute(update(OutboxRow).where(orphaned).values(lease_until=now + SECOND))


def bundled(db: Session, calls: Sequence[OutboxRow]) -> list[OutboxRow]:
    """The calls that remain, in their order, when those of each crowd for one phone have become one.

    Call it only when not all of them may leave now.
    """
    by_phone = groupby(sorted(calls, key=_phone), key=_phone)
    kept = [row for _, group in by_phone for row in _one_phone(db, list(group))]
    return sorted(kept, key=calls.index)


def _phone(row: OutboxRow) -> str:
    return row.specialist_id or row.id


def _one_phone(db: Session, calls: list[OutboxRow]) -> list[OutboxRow]:
    if len(calls) <= OWN and not any(_cases(row) for row in calls):
        return calls
    calls.sort(key=lambda row: _gravity(db.get(CaseRow, row.case_id)))
    lead, *others = calls
    for row in others:
        row.status, row.lease_until = "bundled", None
    cases = [case_id for row in others for case_id in (row.case_id, *_cases(row))]
    pages = [page_id for row in others for page_id in (row.page_id, *_pages(row))]
    lead.parameters = {"cases": [*_cases(lead), *cases], "pages": [*_pages(lead), *pages]}
    return [lead]


def _gravity(case: CaseRow | None) -> tuple[int, float]:
    """The gravest first, then the oldest."""
    return (-case.level, case.opened_at.timestamp()) if case is not None else (0, 0.0)


def _cases(row: OutboxRow) -> list[str]:
    return list((row.parameters or {}).get("cases", []))


def _pages(row: OutboxRow) -> list[str]:
    return list((row.parameters or {}).get("pages", []))


def spoken_for(lead: OutboxRow) -> list[str]:
    """The pages that a call carries: its own, and those of a crowd that it speaks for."""
    return [page_id for page_id in (lead.page_id, *_pages(lead)) if page_id]


def carried(db: Session, lead: OutboxRow) -> None:
    """The carrier has a call: so have the pages that it speaks for."""
    for page in db.exec(select(PageRow).where(col(PageRow.id).in_(_pages(lead)))) if _pages(lead) else ():
        page.status = later(page.status, "accepted")


def waiting(db: Session, call: OutboxRow) -> list[CaseRow]:
    """The cases that a call speaks for and that nobody has, the gravest first, then the oldest. None is locked."""
    if not _cases(call):
        return []
    query = select(CaseRow).where(col(CaseRow.id).in_([call.case_id, *_cases(call)]))
    rows = db.exec(query.where(CaseRow.state == CaseState.open.value))
    return sorted(rows, key=_gravity)


def turned_to_another(db: Session, call: OutboxRow) -> bool:
    """Turn a call to the gravest case that it speaks for and that nobody has; False where there is none."""
    found = waiting(db, call)
    if found:
        turn_to(call, found[0])
    return bool(found)


def turn_to(call: OutboxRow, case: CaseRow) -> None:
    """The call is about that case now; it still speaks for the others."""
    if call.case_id is not None and call.case_id != case.id:
        call.parameters = {**(call.parameters or {}), "cases": [*_cases(call), call.case_id]}
        call.case_id = case.id
