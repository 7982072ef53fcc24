"""Signing in: what is counted, checked and recorded. Slow checks run outside of any transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.world import World
from storage.accounts import account_by_name, locked_account, sign_in_name, use_code
from storage.audit import DOOR, audited
from storage.lockout import begin_try, right_try
from storage.passwords import matches
from storage.sessions import WRONG_PINS, begin_pin, forget_phone, open_session, right_pin, sweep
from storage.tables import AccountRow, SpecialistRow, TrustedPhoneRow


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed, and from which address."""

    name: str
    password: str
    code: str
    address: str

    @property
    def counted(self) -> list[str]:
        """The names under which this try counts, whether such an account exists or not."""
        return [f"name/{sign_in_name(self.name)[:100]}", f"address/{self.address}"]


def sign_in(world: World, typed: Credentials) -> str | None:
    """The token of a new session, or None; whatever was wrong, the answer is the same, and takes as long."""
    now = world.clock()

    def begin(db: Session) -> tuple[bool, AccountRow | None]:
        return begin_try(db, typed.counted, now), account_by_name(db, typed.name)

    open_door, account = world.database.retrying(begin)
    if not open_door:
        return None
    right = matches(account.password if account else None, typed.password)
    return world.database.retrying(lambda db: _finished(world, db, account, right, typed, now))


def _finished(
    world: World, db: Session, account: AccountRow | None, right: bool, typed: Credentials, now: datetime
) -> str | None:
    row = locked_account(db, account.id) if account is not None and right else None
    via = use_code(db, row, typed.code, now) if row is not None and _welcome(world, db, row) else None
    if row is None or via is None:
        audited(db, account.id if account else DOOR, "sign_in_refused", now, None)
        return None
    right_try(db, typed.counted, now)
    return _opened(db, row, via, now)


def sign_in_by_pin(world: World, token: str, pin: str) -> tuple[str | None, bool]:
    """The token of a new session by the PIN of a trusted phone; and whether the phone is still trusted."""
    now = world.clock()
    phone = world.database.retrying(lambda db: begin_pin(db, token, now))
    if phone is None:
        return None, False
    right = matches(phone.pin, pin)
    return world.database.retrying(lambda db: _pin_checked(world, db, phone, right, now))


def _pin_checked(
    world: World, db: Session, phone: TrustedPhoneRow, right: bool, now: datetime
) -> tuple[str | None, bool]:
    row = locked_account(db, phone.account_id)
    if right and _welcome(world, db, row):
        right_pin(db, phone.key)
        return _opened(db, row, "pin", now), True
    trusted = phone.wrong < WRONG_PINS
    if not trusted:
        forget_phone(db, phone.key)
    audited(db, row.id, "pin_refused" if trusted else "phone_forgotten", now, None)
    return None, trusted


def _welcome(world: World, db: Session, row: AccountRow) -> bool:
    """Still somebody of the roster; and the desk's own accounts never open a real helpline."""
    person = db.get(SpecialistRow, row.specialist_id) if row.specialist_id else None
    gone = row.specialist_id is not None and (person is None or not person.active)
    return row.active and not gone and not (row.demo and world.settings.mode == "live")


def _opened(db: Session, row: AccountRow, via: str, now: datetime) -> str:
    sweep(db, now)
    token, _session = open_session(db, row.id, via, now)
    audited(db, row.id, "signed_in", now, row.id, via=via)
    return token
