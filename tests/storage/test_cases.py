"""Cases as rows: their codes, their due times, and that nothing of the policy is lost on the way through a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from flows.case import Case, CaseState
from flows.words import Level
from storage.cases import case_by_code, case_by_id, due_cases, new_case, open_case_of, overdue, policy_of, put
from storage.contacts import party_of
from storage.database import Database
from storage.tables import CaseRow

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
POLICY = Case("", Level.URGENT, CaseState.open, NOW, paging_since=NOW, signs=("fever",))


def opened(db: Session, phone: str = "+15555550171", level: Level = Level.URGENT, now: datetime = NOW) -> CaseRow:
    """A case of that phone."""
    return new_case(db, party_of(db, phone, now), replace(POLICY, level=level), "v1", "sms", now)


def test_codes_are_four_digits_of_their_own(database: Database) -> None:
    """A code has four digits, is nobody else's, never holds 911, and is none of those kept for pages from memory."""
    with database.transaction() as db:
        codes = [opened(db, f"+1555555{number}").code for number in range(1000, 1040)]

    assert len(set(codes)) == len(codes)
    assert all(len(code) == 4 and code.isdecimal() and code[0] not in "09" and "911" not in code for code in codes)


def test_the_policy_comes_back_as_it_went(database: Database) -> None:
    """What the pure policy decided is what it sees the next time, to the microsecond."""
    later = NOW + timedelta(seconds=61, microseconds=7)
    decided = replace(POLICY, since=later, paging_since=NOW, rung=3, tells=2, decided=False, passed=frozenset({"a"}))
    with database.transaction() as db:
        row = opened(db)
        put(row, replace(decided, code=row.code))
        case_id, code = row.id, row.code

    with database.reading() as db:
        assert policy_of(db.get_one(CaseRow, case_id)) == replace(decided, code=code)


def test_no_write_lowers_a_level(database: Database) -> None:
    """Whatever the policy says, a row keeps its highest level."""
    with database.transaction() as db:
        row = opened(db, level=Level.EMERGENCY)
        put(row, replace(POLICY, code=row.code, level=Level.ROUTINE))
        assert row.level == Level.EMERGENCY


def test_the_most_serious_due_case_is_first_and_closed_ones_are_never_due(database: Database) -> None:
    """Of cases that are due, the highest level comes first; a closed one is not due, whatever its time."""
    with database.transaction() as db:
        rows = [opened(db, f"+1555555{number}", level) for number, level in enumerate(list(Level)[:3], 1000)]
        for row in rows:
            row.due_at = NOW
        rows[0].state = CaseState.closed.value
        wanted = [row.id for row in sorted(rows[1:], key=lambda row: -row.level)]

    with database.reading() as db:
        assert due_cases(db, NOW) == wanted
        assert due_cases(db, NOW - timedelta(seconds=1)) == []


def test_the_auditor_counts_what_is_late_or_has_no_time(database: Database) -> None:
    """An open case without a due time is as bad as one that is late; one that is just due is neither."""
    grace = timedelta(seconds=10)
    with database.transaction() as db:
        times = [None, NOW - timedelta(seconds=11), NOW - timedelta(seconds=9), NOW + timedelta(seconds=1)]
        for number, due_at in enumerate(times, 1000):
            opened(db, f"+1555555{number}").due_at = due_at

    with database.reading() as db:
        assert overdue(db, NOW, grace) == 2


def test_a_case_is_found_by_its_patient_its_id_and_its_code(database: Database) -> None:
    """An open case is found in three ways; a closed one no longer by its patient."""
    with database.transaction() as db:
        row = opened(db)
        assert open_case_of(db, row.patient_id) is row
        assert case_by_id(db, row.id) is row
        assert case_by_code(db, row.code) is row
        row.state = CaseState.closed.value
        assert open_case_of(db, row.patient_id) is None
