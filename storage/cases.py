"""Cases: found, opened, raised, and turned into what the pure policy sees and back."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from flows.case import Case, CaseState, Timings
from flows.delivery import CARRIED
from flows.words import Language, Level
from storage.contacts import Party
from storage.events import nothing_happened_yet
from storage.ids import new_id
from storage.statements import for_update, insert_once, remembered
from storage.tables import CaseCodeRow, CaseRow, PageRow

OPEN = (CaseState.open.value, CaseState.accepted.value, CaseState.reached.value)
# 9xxx belongs to pages that were sent without a database; a code must not look like the emergency number.
LOWEST, CODES = 1000, 8000
REST = timedelta(days=30)  # a code is not given again for so long

_OF_PATIENT = select(CaseRow).where(CaseRow.patient_id == bindparam("patient"), col(CaseRow.state).in_(OPEN))
# Built once: it is asked on the way of every message.
OPEN_CASE = for_update(_OF_PATIENT.order_by(col(CaseRow.opened_at).desc()).limit(1))
CARRIED_PAGE = select(PageRow.id).where(PageRow.case_id == bindparam("of_case"), col(PageRow.at) >= bindparam("since"))
CARRIED_SINCE = CARRIED_PAGE.where(col(PageRow.status).in_(CARRIED)).limit(1)
FOUND = "open case of each patient"


class NoCodeLeft(RuntimeError):
    """All codes are taken: more cases are open than there are codes."""


def open_case_of(db: Session, patient_id: str) -> CaseRow | None:
    """The case of a patient that no human has closed, locked. The patient must be locked: then one answer lasts."""
    found = db.info.setdefault(FOUND, {})
    if patient_id not in found:
        found[patient_id] = db.exec(OPEN_CASE, params={"patient": patient_id}).first()
    row: CaseRow | None = found[patient_id]
    return row if row is not None and row.state in OPEN else None


def case_by_id(db: Session, case_id: str) -> CaseRow:
    """One case, locked and read afresh."""
    query = select(CaseRow).where(CaseRow.id == case_id)
    return db.exec(for_update(query), execution_options={"populate_existing": True}).one()


def load_cases(db: Session, ids: Iterable[str | None]) -> None:
    """Read these cases at once, without locks; then none of them is asked for by itself."""
    wanted = {one for one in ids if one is not None}
    remembered(db, db.exec(select(CaseRow).where(col(CaseRow.id).in_(wanted))).all() if wanted else ())


def case_by_code(db: Session, code: str) -> CaseRow | None:
    """The case that has this code, locked; an open one before a closed one."""
    query = select(CaseRow).where(CaseRow.code == code).order_by(col(CaseRow.opened_at).desc())
    return db.exec(for_update(query.limit(1)), execution_options={"populate_existing": True}).first()


def open_cases(db: Session) -> list[CaseRow]:
    """All open cases, the highest level first, then the longest waiting."""
    query = select(CaseRow).where(col(CaseRow.state).in_(OPEN)).execution_options(populate_existing=True)
    return list(db.exec(query.order_by(col(CaseRow.level).desc(), col(CaseRow.opened_at))))


def carried(db: Session, case_id: str, since: datetime) -> bool:
    """Has a carrier taken a page of this case since then? Asked of the pages, so that no callback writes to a case."""
    return db.exec(CARRIED_SINCE, params={"of_case": case_id, "since": since}).first() is not None


def due_cases(db: Session, now: datetime, limit: int = 500) -> list[str]:
    """The cases whose next step is due, the most serious first."""
    query = select(CaseRow.id).where(col(CaseRow.state).in_(OPEN), col(CaseRow.due_at) <= now)
    return list(db.exec(query.order_by(col(CaseRow.level).desc(), col(CaseRow.due_at)).limit(limit)))


def overdue(db: Session, now: datetime, grace: timedelta) -> int:
    """How many open cases are past their due time by more than that, or have none; must stay 0."""
    query = select(CaseRow.due_at).where(col(CaseRow.state).in_(OPEN))
    return sum(1 for due_at in db.exec(query) if due_at is None or due_at < now - grace)


def new_case(db: Session, party: Party, policy: Case, version: str, channel: str, now: datetime) -> CaseRow:
    """A new case, with a code of its own."""
    case_id = new_id()
    row = CaseRow(
        id=case_id,
        code=_free_code(db, case_id, now),
        patient_id=party.patient.id,
        contact_id=party.contact.id,
        level=int(policy.level),
        state=policy.state.value,
        opened_at=now,
        content_version=version,
        channel=channel,
        language=policy.language.value,
        signs=list(policy.signs),
        rules=[],
        answers={},
    )
    put(row, policy)
    db.add(row)
    nothing_happened_yet(db, case_id)
    db.info.setdefault(FOUND, {})[party.patient.id] = row
    return row


def policy_of(row: CaseRow) -> Case:
    """What the pure policy sees of a case, but for `carried`, which the pages know."""
    kept: dict[str, Any] = row.policy
    times = {name: _time(kept.get(name)) for name in ("since", "paging_since", "task_due", "word_due")}
    return Case(
        code=row.code,
        level=Level(row.level),
        state=CaseState(row.state),
        since=times["since"] or row.opened_at,
        paging_since=times["paging_since"],
        task_due=times["task_due"],
        timings=Timings(**kept["timings"]),
        language=Language(row.language),
        rung=kept["rung"],
        tells=kept["tells"],
        decided=kept["decided"],
        owner=row.owner_id,
        accepted_at=row.accepted_at,
        reached_at=row.reached_at,
        passed=frozenset(kept["passed"]),
        failure_told=kept["failure_told"],
        talking=bool(kept.get("talking")),
        slowed=bool(kept.get("slowed")),
        child=bool(kept.get("child")),
        word_due=times["word_due"],
        left_alone=bool(kept.get("left_alone")),
        signs=tuple(row.signs),
    )


def put(row: CaseRow, case: Case) -> None:
    """Keep what the policy decided; the level never falls by it."""
    row.level = max(row.level, int(case.level))
    row.state, row.owner_id = case.state.value, case.owner
    row.accepted_at, row.reached_at = case.accepted_at, case.reached_at
    row.signs = list(case.signs)
    row.policy = {
        "since": case.since.isoformat(),
        "paging_since": case.paging_since.isoformat() if case.paging_since else None,
        "task_due": case.task_due.isoformat() if case.task_due else None,
        "timings": asdict(case.timings),
        "rung": case.rung,
        "tells": case.tells,
        "decided": case.decided,
        "passed": sorted(case.passed),
        "failure_told": case.failure_told,
        "talking": case.talking,
        "slowed": case.slowed,
        "child": case.child,
        "word_due": case.word_due.isoformat() if case.word_due else None,
        "left_alone": case.left_alone,
    }


def _time(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None


def _free_code(db: Session, case_id: str, now: datetime) -> str:
    for _ in range(500):
        code = str(LOWEST + secrets.randbelow(CODES))
        if "911" in code:
            continue
        if insert_once(db, CaseCodeRow, {"code": code, "case_id": case_id, "at": now}, ["code"]):
            return code
        if _rested(db, code, case_id, now):
            return code
    raise NoCodeLeft("no case code is free")


def _rested(db: Session, code: str, case_id: str, now: datetime) -> bool:
    """Take a code over from a case that was closed long ago."""
    taken = db.exec(for_update(select(CaseCodeRow).where(CaseCodeRow.code == code))).one()
    before = db.get(CaseRow, taken.case_id)
    if before is None or before.closed_at is None or before.closed_at > now - REST:
        return False
    taken.case_id, taken.at = case_id, now
    return True
