"""The desk's own sign-ins: one for every specialist of the roster, so that a newcomer sees the console at once.

A real helpline refuses them, also when it runs on a database that was once a desk's (`AccountRow.demo`).
"""

from dataclasses import dataclass
from datetime import datetime

import pyotp
from sqlmodel import Session, col, select

from bot.world import World
from storage.accounts import account_of, code_at, make_account, sign_in_name
from storage.passwords import hashed
from storage.roster import roster
from storage.tables import AccountRow, SpecialistRow

PASSWORD = "desk phones ring softly"
LEAD_TIER = 3


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """What to type."""

    name: str
    password: str
    code: str
    secret: str


def make_demo_accounts(world: World) -> int:
    """An account for every specialist who has none; only in desk mode. How many were made."""
    if world.settings.mode != "desk":
        return 0
    now = world.clock()
    with world.database.reading() as db:
        missing = len(_without(db))
    if not missing:
        return 0
    kept = hashed(PASSWORD)

    def work(db: Session) -> int:
        people = _without(db)
        for person in people:
            role = "lead" if person.tier >= LEAD_TIER else "specialist"
            row = make_account(db, person.name or "", role, person.id, now)
            row.password, row.totp, row.demo = kept, pyotp.random_base32(), True
            db.add(row)
        return len(people)

    return world.database.retrying(work)


def demo_sign_in(world: World, name: str = "") -> DemoSignIn | None:
    """How to sign in as that demo account, or as whoever is on call now; None outside of the desk."""
    if world.settings.mode != "desk":
        return None
    now = world.clock()
    with world.database.reading() as db:
        row = _of_name(db, name) if name else _on_call(db, world, now)
        if row is None or not row.totp:
            return None
        return DemoSignIn(sign_in_name(row.name or ""), PASSWORD, code_at(row.totp, now), row.totp)


def _without(db: Session) -> list[SpecialistRow]:
    people = db.exec(select(SpecialistRow).where(col(SpecialistRow.active)).order_by(col(SpecialistRow.tier)))
    return [one for one in people.all() if account_of(db, one.id) is None]


def _of_name(db: Session, name: str) -> AccountRow | None:
    rows = db.exec(select(AccountRow).where(col(AccountRow.demo), col(AccountRow.active)))
    return next((row for row in rows if sign_in_name(row.name or "") == sign_in_name(name)), None)


def _on_call(db: Session, world: World, now: datetime) -> AccountRow | None:
    people = sorted(roster(db, world.local(now)).specialists, key=lambda one: (not one.on_call, one.tier))
    rows = (account_of(db, one.id) for one in people)
    return next((row for row in rows if row is not None and row.demo), None)
