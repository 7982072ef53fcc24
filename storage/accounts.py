"""Accounts of the console: invited by a one-time link, set up with a password and one-time codes, found by name."""

import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta

import pyotp
from sqlmodel import Session, col, delete, select

from storage.ids import new_id
from storage.statements import for_update
from storage.tables import AccountRow, RecoveryCodeRow
from storage.vault import vault_of

INVITED_FOR = timedelta(hours=24)
RECOVERY_CODES = 10
# Without 0, 1, 8, I, L, O, B: these are read from paper, by night.
ALPHABET = "2345679ACDEFGHJKMNPQRSTUVWXYZ"
PERIOD = 30  # seconds that a one-time code is shown
ISSUER = "CAR-T helpline"
ROLES = ("specialist", "lead", "admin")


def sign_in_name(name: str) -> str:
    """The name to type: `Ana Ruiz, RN` signs in as `ana.ruiz`."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode()
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    return ".".join(words).casefold()


def account_by_name(db: Session, name: str) -> AccountRow | None:
    """The active account that signs in by that name, however it is typed."""
    key = vault_of(db).lookup(f"account/{sign_in_name(name)}")
    return db.exec(select(AccountRow).where(AccountRow.name_key == key, col(AccountRow.active))).first()


def account_of(db: Session, specialist_id: str) -> AccountRow | None:
    """The active account of a specialist."""
    query = select(AccountRow).where(AccountRow.specialist_id == specialist_id, col(AccountRow.active))
    return db.exec(query).first()


def locked_account(db: Session, account_id: str) -> AccountRow:
    """One account, locked and read afresh."""
    return db.exec(for_update(select(AccountRow).where(AccountRow.id == account_id))).one()


def make_account(db: Session, name: str, role: str, specialist_id: str | None, now: datetime) -> AccountRow:
    """The account of that name, made now if there is none; its role becomes that one."""
    if role not in ROLES:
        raise ValueError(f"a role is one of {', '.join(ROLES)}")
    key = vault_of(db).lookup(f"account/{sign_in_name(name)}")
    row = db.exec(select(AccountRow).where(AccountRow.name_key == key)).first()
    if row is None:
        row = AccountRow(id=new_id(), name=name, name_key=key, made_at=now)
    row.role, row.specialist_id, row.active = role, specialist_id, True
    db.add(row)
    db.flush()
    return row


def invite(db: Session, row: AccountRow, now: datetime) -> str:
    """A one-time token with which this account is set up, or set up anew; an older one stops working."""
    token = secrets.token_urlsafe(32)
    row.invite_key, row.invite_until = vault_of(db).lookup(f"invite/{token}"), now + INVITED_FOR
    row.totp_next = pyotp.random_base32()
    db.add(row)
    return token


def invited(db: Session, token: str, now: datetime) -> AccountRow | None:
    """The account that this token sets up, locked; None if it is unknown, used or too old."""
    key = vault_of(db).lookup(f"invite/{token}")
    row = db.exec(for_update(select(AccountRow).where(AccountRow.invite_key == key, col(AccountRow.active)))).first()
    return row if row is not None and row.invite_until is not None and now < row.invite_until else None


def enrol(db: Session, row: AccountRow, password: str, code: str, now: datetime) -> list[str]:
    """Set the account up with a hashed password, if the code shows that the secret arrived; its recovery codes.

    An empty list = the code was wrong, and nothing has changed.
    """
    step = matching_step(row.totp_next or "", code, now, after=0)
    if step is None:
        return []
    row.password, row.totp, row.totp_step = password, row.totp_next, step
    row.totp_next = row.invite_key = row.invite_until = None
    db.add(row)
    return new_recovery_codes(db, row)


def new_recovery_codes(db: Session, row: AccountRow) -> list[str]:
    """Ten fresh recovery codes; the old ones are gone. Only their hashes are kept."""
    db.exec(delete(RecoveryCodeRow).where(col(RecoveryCodeRow.account_id) == row.id))
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    db.add_all(RecoveryCodeRow(key=_recovery_key(db, row.id, code), account_id=row.id) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def use_code(db: Session, row: AccountRow, code: str, now: datetime) -> str | None:
    """Take a one-time or recovery code, `row` locked: which kind it was, or None. No code is ever taken twice."""
    step = matching_step(row.totp or "", code, now, after=row.totp_step)
    if step is not None:
        row.totp_step = step
        db.add(row)
        return "code"
    plain = "".join(char for char in code.upper() if char.isalnum())
    found = db.get(RecoveryCodeRow, _recovery_key(db, row.id, plain))
    if found is None:
        return None
    db.delete(found)
    db.flush()
    return "recovery"


def matching_step(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step of time whose code this is: this one, the last or the next, and later than `after`."""
    digits = "".join(char for char in code if char.isdigit())
    if not secret or len(digits) != 6 or not code.isascii():
        return None
    here = int(now.timestamp()) // PERIOD
    totp = pyotp.TOTP(secret, interval=PERIOD)
    fits = [step for step in (here - 1, here, here + 1) if hmac.compare_digest(totp.generate_otp(step), digits)]
    return max((step for step in fits if step > after), default=None)


def current_code(db: Session, specialist_id: str, now: datetime) -> str | None:
    """The one-time code of a specialist at this moment, to be spoken on their own phone; None without an account."""
    row = account_of(db, specialist_id)
    return code_at(row.totp, now) if row is not None and row.totp else None


def code_at(secret: str, now: datetime) -> str:
    """The one-time code of a secret at that moment."""
    return pyotp.TOTP(secret, interval=PERIOD).at(int(now.timestamp()))


def totp_link(row: AccountRow, secret: str) -> str:
    """What an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret, interval=PERIOD).provisioning_uri(name=sign_in_name(row.name or ""), issuer_name=ISSUER)


def _recovery_key(db: Session, account_id: str, code: str) -> str:
    return vault_of(db).lookup(f"recovery/{account_id}/{code}")
