"""What a specialist does to a case: take it, pass it on, say that they spoke. One compare-and-set for all ways."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.joining.rooms import release
from bot.moves import look_at, tell_patient, tell_specialist
from bot.world import World
from flows.case import CaseOutcome, CaseState, moved
from flows.ladder import given_back
from flows.words import Level
from storage import bundles, outbox
from storage.cases import case_by_id, open_cases, policy_of
from storage.events import happened
from storage.legs import busy_specialists
from storage.roster import specialist
from storage.tables import CaseRow, OutboxRow, SpecialistRow

RINGING = ("accepted", "queued", "initiated", "ringing")
PHONE_IS_FREE = timedelta(seconds=1)
ON_ITS_WAY = ("waiting", "sending", "unknown", *RINGING, "in-progress")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went: `key` names the message for the specialist, `name` who has the case."""

    key: str
    name: str = ""


def accept(world: World, db: Session, row: CaseRow, by: SpecialistRow, via: str, now: datetime) -> Outcome:
    """Take a case; `row` is locked, so the first one wins, by whatever way.

    The winner who takes it again still has it: a repeat must hear the same.
    """
    if row.state == CaseState.closed.value:
        return Outcome("page.over")
    if row.owner_id == by.id and row.state != CaseState.open.value:
        return Outcome("page.accepted")
    state = moved(CaseState(row.state), "accept")
    if state is None:
        return Outcome("page.taken", owner_name(db, row))
    policy = replace(policy_of(row), state=state, owner=by.id, accepted_at=now, decided=True)
    happened(db, row.id, "accepted", now, actor=by.id, via=via)
    look_at(world, db, row, now, policy)
    tell_patient(world, db, row, "accepted", now)
    _stop_ringing(db, row, by, now)
    return Outcome("page.accepted")


def pass_on(world: World, db: Session, row: CaseRow, by: SpecialistRow, now: datetime) -> Outcome:
    """Pass a case on, reached or not: it is open, and the next rung runs at once, without them."""
    if row.state == CaseState.closed.value:
        return Outcome("page.over")
    if row.state != CaseState.open.value and row.owner_id != by.id:
        return Outcome("page.taken", owner_name(db, row))
    happened(db, row.id, "passed", now, actor=by.id)
    was_theirs = row.state == CaseState.accepted.value
    look_at(world, db, row, now, given_back(policy_of(row), by.id, now))
    if was_theirs:
        tell_patient(world, db, row, "not_reached", now)
    return Outcome("page.passed")


def done(world: World, db: Session, row: CaseRow, by: SpecialistRow, now: datetime) -> Outcome:
    """They spoke with the patient. Once: reached, and its clock stops. Once more: closed, by a human's word."""
    state = CaseState(row.state)
    if state is CaseState.closed:
        return Outcome("page.over")
    if state is not CaseState.open and row.owner_id != by.id:
        return Outcome("page.taken", owner_name(db, row))  # one mistyped code must not stop another patient's clock
    if state is CaseState.reached:
        return close(world, db, row, by, CaseOutcome.spoke, now)
    policy = replace(policy_of(row), state=CaseState.reached, owner=by.id, reached_at=now, decided=True)
    happened(db, row.id, "reached", now, actor=by.id)
    look_at(world, db, row, now, policy)
    release(db, row.id, now)
    _stop_ringing(db, row, by, now)
    return Outcome("page.reached")


def close(
    world: World, db: Session, row: CaseRow, by: SpecialistRow, outcome: CaseOutcome, now: datetime, overruled: str = ""
) -> Outcome:
    """Close a case by a human's word. Only one that was reached, but for a lead with a reason (`overruled`)."""
    if row.state == CaseState.closed.value:
        return Outcome("page.over")
    state = moved(CaseState(row.state), "overrule" if overruled and row.state != CaseState.reached.value else "close")
    if state is None:
        return Outcome("page.unreached")
    row.closed_at, row.outcome = now, outcome.value
    detail = {"outcome": outcome.value, "reason": overruled} if overruled else {"outcome": outcome.value}
    happened(db, row.id, "closed", now, actor=by.id, **detail)
    look_at(world, db, row, now, replace(policy_of(row), state=state))
    _stop_ringing(db, row, by, now)
    return Outcome("page.closed")


def ring_to_join(db: Session, row: CaseRow, by: SpecialistRow, now: datetime) -> bool:
    """The helpline rings the specialist to join the patient; False if a call to them for this is still on its way."""
    query = select(OutboxRow.id).where(OutboxRow.case_id == row.id, OutboxRow.purpose == "join")
    mine = query.where(OutboxRow.specialist_id == by.id, col(OutboxRow.status).in_(ON_ITS_WAY))
    if db.exec(mine).first() is not None:
        return False
    # A phone that still rings for the page would be busy for this call.
    freed = _hang_up(db, [call for call in _ringing(db, row) if call.specialist_id == by.id], row, now)
    join = outbox.put(db, "call", "join", by.phone or "", now, case_id=row.id, specialist_id=by.id, priority=1)
    join.valid_for, join.due_at = 300, now + PHONE_IS_FREE if freed else now
    return True


def warn_owner(world: World, db: Session, row: CaseRow, owner_id: str, now: datetime) -> None:
    """A new danger in a case that somebody has: by text; by call to one who gets no texts and is not on the phone."""
    owner = specialist(db, owner_id)
    if owner.texts_blocked_at is None:
        tell_specialist(world, db, row, owner_id, "page.wrote", now)
    elif row.owner_id == owner_id and owner_id not in busy_specialists(db):
        ring_to_join(db, row, owner, now)


def choose_case(db: Session, by: SpecialistRow, states: tuple[CaseState, ...]) -> CaseRow | None:
    """For a command without a code: the highest, then the oldest case it can mean, locked; else their own.

    Whoever waited for the lock looks again: the case may be somebody's by then, and the next one is meant.
    """
    while (seen := _meant(open_cases(db), by, states)) is not None:
        row = case_by_id(db, seen.id)
        if _meant([row], by, states) is not None:
            return row
    return None


def _meant(rows: list[CaseRow], by: SpecialistRow, states: tuple[CaseState, ...]) -> CaseRow | None:
    if states == (CaseState.open,):
        return next((row for row in rows if row.state == CaseState.open.value), None)
    return next(iter(_own(rows, by, states)), None)


def own_codes(db: Session, by: SpecialistRow, states: tuple[CaseState, ...]) -> list[str]:
    """The codes of all their cases that a command without a code could mean as well as any other of them."""
    own = _own(open_cases(db), by, states)
    return [row.code for row in own if row.state == own[0].state]


def own_open_codes(db: Session, by: SpecialistRow) -> list[str]:
    """The codes of all cases that they have and nobody has closed, those not reached yet first."""
    return [row.code for row in _own(open_cases(db), by, (CaseState.accepted, CaseState.reached))]


def _own(rows: list[CaseRow], by: SpecialistRow, states: tuple[CaseState, ...]) -> list[CaseRow]:
    """Their cases in these states, those of the first state first."""
    return [row for state in states for row in rows if row.state == state.value and row.owner_id == by.id]


def waiting_codes(db: Session) -> list[str]:
    """The codes of the cases that page and that nobody has, the most serious first."""
    return [row.code for row in open_cases(db) if row.state == CaseState.open.value and row.level >= Level.URGENT]


def open_codes(db: Session) -> str:
    """The codes of the cases that nobody has, for a specialist who asks; at most five."""
    codes = [row.code for row in open_cases(db) if row.state == CaseState.open.value]
    return ", ".join(codes[:5]) or "0"


def owner_name(db: Session, row: CaseRow) -> str:
    """Who has a case, by name."""
    owner = db.get(SpecialistRow, row.owner_id) if row.owner_id else None
    return (owner.name if owner else None) or "?"


def _stop_ringing(db: Session, row: CaseRow, by: SpecialistRow, now: datetime) -> None:
    """The other specialists' phones stop ringing for a case that somebody has, but not for others that wait too."""
    calls = [call for call in _ringing(db, row) if call.specialist_id != by.id]
    _hang_up(db, [call for call in calls if not bundles.turned_to_another(db, call)], row, now)


def _ringing(db: Session, row: CaseRow) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.case_id == row.id, OutboxRow.kind == "call", OutboxRow.purpose == "page")
    return list(db.exec(query.where(col(OutboxRow.status).in_(RINGING), col(OutboxRow.sid).is_not(None))))


def _hang_up(db: Session, calls: list[OutboxRow], row: CaseRow, now: datetime) -> bool:
    for call in calls:
        outbox.put(db, "hangup", "hangup", call.to or "", now, body=call.sid, case_id=row.id, priority=1)
    return bool(calls)
