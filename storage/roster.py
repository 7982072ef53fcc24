"""The roster: specialists and their weekly windows; seeded from the centre's file, then owned by the console."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from flows.case import CaseState
from flows.oncall import on_call
from flows.roster import Roster, Specialist
from flows.words import Language
from storage.ids import new_id
from storage.legs import busy_specialists
from storage.statements import remembered
from storage.tables import CaseRow, ShiftRow, SpecialistRow
from storage.vault import vault_of

# Read at every rung and for every text: built once.
SHIFTS = select(ShiftRow).order_by(col(ShiftRow.id))
ACTIVE = select(SpecialistRow).where(col(SpecialistRow.active)).order_by(col(SpecialistRow.tier))
OWNERS = select(CaseRow.owner_id).where(CaseRow.state == CaseState.accepted.value)
BY_PHONE = select(SpecialistRow).where(SpecialistRow.phone_key == bindparam("key"), col(SpecialistRow.active))


@dataclass(frozen=True, slots=True)
class Entry:
    """One specialist as the centre's file names them."""

    name: str
    phone: str
    tier: int
    languages: tuple[str, ...]
    windows: tuple[str, ...]
    email: str | None = None
    children: bool = False
    max_cases: int = 2


def roster(db: Session, local: datetime) -> Roster:
    """Who may be paged at that local wall-clock time, in a fixed order."""
    windows: dict[str, list[str]] = {}
    for shift in db.exec(SHIFTS):
        windows.setdefault(shift.specialist_id, []).append(shift.window)
    rows = remembered(db, db.exec(ACTIVE).all())  # who is paged is looked up again
    busy, held = busy_specialists(db), cases_held(db)
    full = frozenset(row.id for row in rows if held.get(row.id, 0) >= row.max_cases)
    return Roster(tuple(_seen(row, windows.get(row.id, []), local, busy, full) for row in rows))


def cases_held(db: Session) -> dict[str, int]:
    """How many cases each specialist has taken and not yet reached."""
    return dict(Counter(owner for owner in db.exec(OWNERS) if owner))


def _seen(
    row: SpecialistRow, windows: list[str], local: datetime, busy: frozenset[str], full: frozenset[str]
) -> Specialist:
    return Specialist(
        id=row.id,
        tier=row.tier,
        languages=frozenset(Language(code) for code in row.languages.split(",") if code in Language.__members__),
        on_call=on_call(windows, local),
        busy=row.id in busy,
        full=row.id in full,
        children=row.children,
        texts_blocked=row.texts_blocked_at is not None,
    )


def specialist_by_phone(db: Session, phone: str) -> SpecialistRow | None:
    """The active specialist with that number."""
    key = vault_of(db).lookup(phone)
    return db.exec(BY_PHONE, params={"key": key}).first()


def specialist(db: Session, specialist_id: str) -> SpecialistRow:
    """One specialist by id."""
    return db.get_one(SpecialistRow, specialist_id)


def seed(db: Session, entries: Iterable[Entry]) -> int:
    """Fill an empty roster from the centre's file, and leave one that has anybody as it is. Returns how many came."""
    if db.exec(select(SpecialistRow.id).limit(1)).first() is not None:
        return 0
    return replace_roster(db, entries)


def replace_roster(db: Session, entries: Iterable[Entry]) -> int:
    """The roster as the file has it: by number, so that a person keeps their cases; who is not in it is inactive."""
    vault = vault_of(db)
    known = {row.phone_key: row for row in db.exec(select(SpecialistRow))}
    for row in known.values():
        row.active = False
    count = 0
    for entry in entries:
        key = vault.lookup(entry.phone)
        row = known.get(key) or SpecialistRow(id=new_id(), phone_key=key)
        _write(row, entry)
        db.add(row)
        db.flush()
        for shift in db.exec(select(ShiftRow).where(ShiftRow.specialist_id == row.id)):
            db.delete(shift)
        db.add_all(ShiftRow(specialist_id=row.id, window=window) for window in entry.windows)
        count += 1
    return count


def _write(row: SpecialistRow, entry: Entry) -> None:
    row.name, row.phone, row.email, row.tier = entry.name, entry.phone, entry.email, entry.tier
    row.languages, row.children, row.max_cases = ",".join(entry.languages), entry.children, entry.max_cases
    row.active = True


def differences(db: Session, entries: Iterable[Entry]) -> list[str]:
    """How the file and the roster differ, in words without numbers: an edited number must not be ignored in silence."""
    vault = vault_of(db)
    wanted = {vault.lookup(entry.phone): entry for entry in entries}
    have = {row.phone_key: row for row in db.exec(select(SpecialistRow).where(col(SpecialistRow.active)))}
    missing = [
        f"{entry.name} (tier {entry.tier}) is in the file, not in the roster"
        for key, entry in wanted.items()
        if key not in have
    ]
    extra = [
        f"{row.name} (tier {row.tier}) is in the roster, not in the file"
        for key, row in have.items()
        if key not in wanted
    ]
    changed = [
        f"{row.name}: {what} {there or 'none'} in the file, {here or 'none'} in the roster"
        for key, row in have.items()
        if key in wanted
        for what, there, here in _compared(wanted[key], row, _windows(db, row))
        if there != here
    ]
    return [*missing, *extra, *changed]


def _windows(db: Session, row: SpecialistRow) -> list[str]:
    return sorted(db.exec(select(ShiftRow.window).where(ShiftRow.specialist_id == row.id)))


def _compared(entry: Entry, row: SpecialistRow, windows: list[str]) -> list[tuple[str, str, str]]:
    """What may differ for one number: its name, as the file has it, as the roster has it."""
    return [
        ("name", entry.name, row.name or ""),
        ("tier", str(entry.tier), str(row.tier)),
        ("languages", ",".join(entry.languages), row.languages),
        ("on_call", ", ".join(sorted(entry.windows)), ", ".join(windows)),
        ("email", "another" if (entry.email or "") != (row.email or "") else "", ""),
        ("children", str(entry.children), str(row.children)),
        ("max_cases", str(entry.max_cases), str(row.max_cases)),
    ]
