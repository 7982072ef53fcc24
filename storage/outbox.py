"""The outbox: every text and call is a row, committed with its reason, claimed by lease, sent, and recorded."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, not_, or_
from sqlmodel import Session, col, select

from flows.case import CaseState
from flows.delivery import RANK, later
from flows.words import Level
from storage import bundles, pages, sids
from storage.cases import load_cases
from storage.ids import new_id
from storage.legs import leg_by_id, on_the_line
from storage.statements import for_update
from storage.tables import CaseRow, OutboxRow

LATELY = timedelta(seconds=60)
LEASE = timedelta(seconds=10)  # longer than a send takes, five seconds for an answer; then its sender counts as dead
TO_SEND = ("waiting", "unknown")

# Built once: each callback asks it.
BY_ID = for_update(select(OutboxRow).where(OutboxRow.id == bindparam("row")))


@dataclass(frozen=True, slots=True)
class Send:
    """One claimed row, as a value, since it is sent outside any transaction. `doubtful`: perhaps sent before."""

    id: str
    kind: str
    purpose: str
    to: str
    body: str
    attempts: int
    doubtful: bool
    seconds_left: int | None
    made_at: datetime


def put(db: Session, kind: str, purpose: str, to: str, now: datetime, **fields: Any) -> OutboxRow:
    """A text, a call or an inline reply to be sent, or handed over, with this transaction."""
    row = OutboxRow(id=new_id(), kind=kind, purpose=purpose, to=to, made_at=now, due_at=now, **fields)
    db.add(row)
    return row


def claim_due(db: Session, now: datetime, limit: int) -> list[Send]:
    """Take what is due, first pages first; what makes no sense any more is struck out, with the reason."""
    rows = _due(db, now, not_(bundles.is_page_call()), limit)
    calls = _page_calls(db, now, limit)
    first_pages_first = sorted((*rows, *calls), key=lambda row: (row.priority, row.due_at))[:limit]
    load_cases(db, (row.case_id for row in first_pages_first))
    return [send for row in first_pages_first if (send := _claimed(db, row, now)) is not None]


def _due(db: Session, now: datetime, which: ColumnElement[bool], limit: int) -> Sequence[OutboxRow]:
    waiting = and_(col(OutboxRow.status).in_(TO_SEND), col(OutboxRow.due_at) <= now)
    orphaned = and_(col(OutboxRow.status) == "sending", col(OutboxRow.lease_until) <= now)
    query = select(OutboxRow).where(or_(waiting, orphaned), which)
    query = query.order_by(col(OutboxRow.priority), col(OutboxRow.due_at)).limit(limit)
    return db.exec(for_update(query, skip_locked=True)).all()


def _page_calls(db: Session, now: datetime, limit: int) -> Sequence[OutboxRow]:
    """The calls that may leave now; the others wait a second, and a crowd for one phone has become one call."""
    free = min(bundles.room(db, now, LEASE), limit)
    due = _due(db, now, bundles.is_page_call(), bundles.MOST) if free else []
    if free and len(due) <= free:
        return due
    load_cases(db, (row.case_id for row in due))
    fresh = [row for row in due if row.status == "waiting" and _why_not(db, row, now) is None]
    old = [row for row in due if row not in fresh]
    calls = [*old, *bundles.bundled(db, fresh)][:free]
    bundles.hold(db, [row.id for row in calls], now)
    return calls


def _claimed(db: Session, row: OutboxRow, now: datetime) -> Send | None:
    over = _why_not(db, row, now)
    if over is not None:
        merge_status(db, row, over, over)
        return None
    doubtful = row.status != "waiting"
    row.status, row.lease_until, row.attempts = "sending", now + LEASE, row.attempts + 1
    left = None if row.valid_for is None else int(row.valid_for - (now - row.made_at).total_seconds())
    return Send(row.id, row.kind, row.purpose, row.to or "", row.body or "", row.attempts, doubtful, left, row.made_at)


def _why_not(db: Session, row: OutboxRow, now: datetime) -> str | None:
    """A page for a case that somebody has, or one that is hours old, would only wake people."""
    if row.valid_for is not None and now >= row.made_at + timedelta(seconds=row.valid_for):
        return "expired"
    if row.case_id is None or row.purpose not in MOOT_WHEN:
        return None
    case = db.get(CaseRow, row.case_id)
    return None if case is not None and not MOOT_WHEN[row.purpose](db, row, case) else "moot"


def _taken(db: Session, row: OutboxRow, case: CaseRow) -> bool:
    """A page: somebody has the case, and every other one that its call speaks for."""
    return case.state != CaseState.open.value and not bundles.turned_to_another(db, row)


def _needless(db: Session, row: OutboxRow, case: CaseRow) -> bool:
    """Calling back: somebody has the case and calls, or the patient is on the line again."""
    if row.kind == "text" and _texted_lately(db, row):
        return True
    calling = case.state != CaseState.open.value and case.level >= Level.URGENT
    return calling or (row.contact_id is not None and on_the_line(db, row.contact_id))


def _texted_lately(db: Session, row: OutboxRow) -> bool:
    """Has the ladder just told the same phone to call for help? Twice at one moment is once too often."""
    query = select(OutboxRow.id).where(OutboxRow.contact_id == row.contact_id, OutboxRow.purpose == "tell")
    return db.exec(query.where(col(OutboxRow.made_at) >= row.due_at - LATELY).limit(1)).first() is not None


def _alone(db: Session, row: OutboxRow, _case: CaseRow) -> bool:
    """A call to join the patient's side: the specialist who waited for it has gone."""
    leg = leg_by_id(db, row.body or "")
    return leg is None or leg.state == "over"


MOOT_WHEN: Mapping[str, Callable[[Session, OutboxRow, CaseRow], bool]] = {
    "page": _taken,
    "back": _needless,
    "reach": _alone,
}


def sent(db: Session, outbox_id: str, sid: str, now: datetime) -> None:
    """The carrier took it. The callback may have been faster; it is not taken back."""
    row = _locked(db, outbox_id)
    sids.made(db, row, sid, now)
    _accepted(db, row, now)


def found(db: Session, outbox_id: str, sid: str, now: datetime) -> bool:
    """The carrier has one that may be this; False if that is known as another's by now, and this stays in doubt."""
    row = _locked(db, outbox_id)
    if not sids.found(db, row, sid):
        return False
    _accepted(db, row, now)
    return True


def _accepted(db: Session, row: OutboxRow, now: datetime) -> None:
    row.sent_at, row.lease_until, row.error = now, None, None
    merge_status(db, row, "accepted")
    bundles.carried(db, row)


def finished(db: Session, outbox_id: str, now: datetime) -> None:
    """What was done to a live call has no SID and no life of its own: nothing more will be heard of it."""
    row = _locked(db, outbox_id)
    _accepted(db, row, now)
    merge_status(db, row, "completed")


def again_at(db: Session, outbox_id: str, due_at: datetime, why: str, *, doubtful: bool) -> None:
    """Not sent, or perhaps sent: to be taken again at that time."""
    row = _locked(db, outbox_id)
    if RANK.get(row.status, 0) > RANK["unknown"]:
        return  # a callback came meanwhile: it was sent
    row.status, row.due_at, row.lease_until, row.error = "unknown" if doubtful else "waiting", due_at, None, why


def given_up(db: Session, outbox_id: str, why: str) -> OutboxRow:
    """This way is closed: recorded as failed, unless a callback came meanwhile and says that it was sent."""
    row = _locked(db, outbox_id)
    row.lease_until = None
    if RANK.get(row.status, 0) <= RANK["unknown"]:
        merge_status(db, row, "failed", why)
    return row


def merge_status(db: Session, row: OutboxRow, status: str, error: str | None = None) -> bool:
    """Take a status if it is further than what we have; True if it changed. Its page hears of it too.

    The case is not touched: a callback must never wait for a case, nor write back what it saw of one.
    """
    if later(row.status, status) == row.status:
        return False
    row.status = status
    row.error = error or row.error
    if row.page_id:
        pages.got_further(db, row.page_id, status)
    return True


def phoned_since(db: Session, case_id: str, contact_id: str, since: datetime) -> bool:
    """Has the helpline phoned that contact about that case since then, or is it about to?"""
    query = select(OutboxRow.id).where(OutboxRow.case_id == case_id, OutboxRow.contact_id == contact_id)
    return db.exec(query.where(OutboxRow.kind == "call", col(OutboxRow.made_at) >= since)).first() is not None


def seen(db: Session, outbox_id: str) -> OutboxRow | None:
    """One row without a lock: to learn what must be locked before it."""
    return db.get(OutboxRow, outbox_id)


def by_id(db: Session, outbox_id: str) -> OutboxRow | None:
    """One row, locked, or None."""
    return db.exec(BY_ID, params={"row": outbox_id}).first()


def _locked(db: Session, outbox_id: str) -> OutboxRow:
    row = by_id(db, outbox_id)
    assert row is not None, "an outbox row is never deleted while it is being sent"
    return row


def next_due(db: Session) -> datetime | None:
    """When the outbox must be looked at next."""
    query = select(OutboxRow.due_at).where(col(OutboxRow.status).in_(TO_SEND)).order_by(col(OutboxRow.due_at)).limit(1)
    leased = select(OutboxRow.lease_until).where(OutboxRow.status == "sending").order_by(col(OutboxRow.lease_until))
    times = [db.exec(query).first(), db.exec(leased.limit(1)).first()]
    return min((time for time in times if time is not None), default=None)
