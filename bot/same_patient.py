"""A specialist says "same patient": two phones, one story, one case. Nothing one phone said is told to the other."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, select

from bot.joining.rooms import rehouse
from bot.moves import look_at, tell_specialist
from bot.specialists import Outcome
from bot.world import World
from flows.case import Case, CaseOutcome, CaseState, moved
from storage.cases import open_case_of, policy_of
from storage.events import events_of, happened
from storage.same_patient import TwoCharts, lock_both, lock_cases, made_one
from storage.tables import CaseRow, LinkRow, SpecialistRow


def same_patient(
    world: World, db: Session, case_id: str, contact_id: str, role: str, by: SpecialistRow, now: datetime
) -> Outcome:
    """The phone `contact_id` speaks for the patient of this case. If it has an open case too, this one takes it in."""
    patient_id, theirs = _patients(db, case_id, contact_id)
    if patient_id == theirs:
        return Outcome("same.already")
    keep, other = lock_both(db, patient_id, theirs)
    absorbed = open_case_of(db, other.id)
    rows = lock_cases(db, [case_id, *([absorbed.id] if absorbed else [])])
    row = rows[case_id]
    if row.state == CaseState.closed.value or row.owner_id != by.id:
        return Outcome("same.not_yours")
    try:
        made_one(db, keep, other, contact_id, role)
    except TwoCharts:
        return Outcome("same.two_charts")
    happened(db, row.id, "linked", now, actor=by.id, contact=contact_id, role=role)
    if absorbed is not None:
        _take_in(world, db, row, rows[absorbed.id], by, now)
    return Outcome("same.linked")


def _patients(db: Session, case_id: str, contact_id: str) -> tuple[str, str]:
    link = db.exec(select(LinkRow).where(LinkRow.contact_id == contact_id)).one()
    return db.get_one(CaseRow, case_id).patient_id, link.patient_id


def _take_in(world: World, db: Session, row: CaseRow, other: CaseRow, by: SpecialistRow, now: datetime) -> None:
    """The level never falls, and unless both were reached, this patient has still to be reached."""
    mine, theirs = policy_of(row), policy_of(other)
    row.rules = list(dict.fromkeys([*row.rules, *other.rules]))
    # What they said of each other's case stays theirs; an answer that only the other phone gave fills a gap.
    row.answers = {**(other.answers or {}), **{key: value for key, value in (row.answers or {}).items() if value}}
    for event in events_of(db, other.id):
        if event.kind == "danger":
            happened(db, row.id, "danger", now, actor="patient", **{**event.detail, "case": other.code})
    happened(db, row.id, "took_in", now, actor=by.id, case=other.code)
    look_at(world, db, row, now, _together(world, mine, theirs, by, now))
    _close(world, db, other, row, by, now)
    rehouse(db, other.id, row.id, now)


def _together(world: World, mine: Case, theirs: Case, by: SpecialistRow, now: datetime) -> Case:
    level = max(mine.level, theirs.level)
    signs = tuple(dict.fromkeys((*mine.signs, *theirs.signs)))
    both = replace(mine, level=level, signs=signs, timings=world.timings(level), decided=True)
    if mine.state is CaseState.reached and theirs.state is CaseState.reached:
        return both
    # Whoever made them one has it, and the clock of reaching begins anew.
    return replace(both, state=CaseState.accepted, owner=by.id, accepted_at=now, reached_at=None)


def _close(world: World, db: Session, other: CaseRow, into: CaseRow, by: SpecialistRow, now: datetime) -> None:
    owner = other.owner_id
    state = moved(CaseState(other.state), "merge")
    assert state is not None, "an open case can always be made one with another"
    other.closed_at, other.outcome = now, CaseOutcome.same_patient.value
    happened(db, other.id, "closed", now, actor=by.id, outcome=CaseOutcome.same_patient.value, case=into.code)
    look_at(world, db, other, now, replace(policy_of(other), state=state))
    if owner and owner != by.id:
        tell_specialist(world, db, other, owner, "page.over", now)
