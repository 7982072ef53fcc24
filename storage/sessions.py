"""Sessions and trusted phones: random tokens in cookies, of which only a keyed hash is kept."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from storage.statements import for_update
from storage.tables import AccountRow, SessionRow, TrustedPhoneRow
from storage.vault import vault_of

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH = timedelta(minutes=1)  # a request within a minute of the last one needs no write
TRUSTED_FOR = timedelta(days=30)
WRONG_PINS = 5


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One session with its account."""

    session: SessionRow
    account: AccountRow


def open_session(db: Session, account_id: str, via: str, now: datetime) -> tuple[str, SessionRow]:
    """A new session with a token of its own, whatever cookie came before."""
    token = secrets.token_urlsafe(32)
    key, form_key = _session_key(db, token), secrets.token_urlsafe(24)
    row = SessionRow(key=key, account_id=account_id, form_key=form_key, via=via, made_at=now, seen_at=now)
    db.add(row)
    db.flush()
    return token, row


def signed_in(db: Session, token: str, now: datetime) -> SignedIn | None:
    """Who is signed in with this token: not too idle, not too old, and the account still active."""
    row = db.get(SessionRow, _session_key(db, token))
    if row is None or is_over(row, now):
        return None
    account = db.get(AccountRow, row.account_id)
    return SignedIn(row, account) if account is not None and account.active else None


def is_over(row: SessionRow, now: datetime) -> bool:
    """Whether a session has been idle for half an hour, or open for twelve."""
    return now >= row.seen_at + IDLE or now >= row.made_at + LONGEST


def touch(db: Session, key: str, now: datetime) -> None:
    """Somebody is still there."""
    row = db.get(SessionRow, key)
    if row is not None:
        row.seen_at = now
        db.add(row)


def living_sessions(db: Session, now: datetime) -> frozenset[str]:
    """The keys of all sessions that are not over, for pages that are open and ask nothing."""
    query = select(SessionRow).join(AccountRow, col(AccountRow.id) == SessionRow.account_id)
    rows = db.exec(query.where(col(AccountRow.active), col(SessionRow.seen_at) > now - IDLE))
    return frozenset(row.key for row in rows if not is_over(row, now))


def end_session(db: Session, key: str) -> None:
    """Sign out here."""
    db.exec(delete(SessionRow).where(col(SessionRow.key) == key))


def end_everywhere(db: Session, account_id: str) -> None:
    """Sign out everywhere: no session and no trusted phone of this account is left."""
    db.exec(delete(SessionRow).where(col(SessionRow.account_id) == account_id))
    db.exec(delete(TrustedPhoneRow).where(col(TrustedPhoneRow.account_id) == account_id))


def sweep(db: Session, now: datetime) -> None:
    """Remove what is over; nobody can use it any more."""
    db.exec(delete(SessionRow).where(col(SessionRow.made_at) <= now - LONGEST))
    db.exec(delete(TrustedPhoneRow).where(col(TrustedPhoneRow.until) <= now))


def trust_phone(db: Session, account_id: str, pin: str, now: datetime) -> str:
    """Trust this browser for thirty days, with the hash of its PIN; the token for its cookie."""
    token = secrets.token_urlsafe(32)
    key = vault_of(db).lookup(f"phone/{token}")
    db.add(TrustedPhoneRow(key=key, account_id=account_id, pin=pin, until=now + TRUSTED_FOR))
    return token


def trusted_phone(db: Session, token: str, now: datetime) -> TrustedPhoneRow | None:
    """The trusted phone of this token, if it is still trusted and its account still active."""
    row = db.get(TrustedPhoneRow, vault_of(db).lookup(f"phone/{token}"))
    if row is None or now >= row.until or row.wrong >= WRONG_PINS:
        return None
    account = db.get(AccountRow, row.account_id)
    return row if account is not None and account.active else None


def begin_pin(db: Session, token: str, now: datetime) -> TrustedPhoneRow | None:
    """Count one PIN before it is checked; None if the phone is not trusted, or was wrong five times."""
    key = vault_of(db).lookup(f"phone/{token}")
    row = db.exec(for_update(select(TrustedPhoneRow).where(TrustedPhoneRow.key == key))).first()
    if row is None or trusted_phone(db, token, now) is None:
        return None
    row.wrong += 1
    db.add(row)
    return row


def forget_phone(db: Session, key: str) -> None:
    """This browser needs password and code again."""
    db.exec(delete(TrustedPhoneRow).where(col(TrustedPhoneRow.key) == key))


def right_pin(db: Session, key: str) -> None:
    """The PIN was right: the count begins anew."""
    row = db.get(TrustedPhoneRow, key)
    if row is not None:
        row.wrong = 0
        db.add(row)


def _session_key(db: Session, token: str) -> str:
    return vault_of(db).lookup(f"session/{token}")
