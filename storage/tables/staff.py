"""Who may open the console: accounts, what they sign in with, their sessions, and the audit of what they saw and did.

Secrets of sign-in are kept as hashes: Argon2 where people choose them, a keyed hash where they are random.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.fields import maybe_when, secret, secret_json, when


class AccountRow(SQLModel, table=True):
    """One person's way into the console. `role`: specialist, lead, admin. `specialist_id`: who of the roster it is.

    `invite_key`: the keyed hash of the one-time link that sets it up, until `invite_until`; `totp_next` is the secret
    that this link shows. `totp_step`: the last code that was used, which is never taken again. `demo`: the desk's own.
    """

    __tablename__ = "account"

    id: str = Field(primary_key=True)
    name: str | None = secret("account.name")
    name_key: str = Field(unique=True)
    role: str = "specialist"
    specialist_id: str | None = Field(default=None, foreign_key="specialist.id", index=True)
    password: str | None = secret("account.password")
    totp: str | None = secret("account.totp")
    totp_next: str | None = secret("account.totp_next")
    totp_step: int = 0
    invite_key: str | None = Field(default=None, index=True)
    invite_until: datetime | None = maybe_when()
    active: bool = True
    demo: bool = False
    made_at: datetime = when()


class RecoveryCodeRow(SQLModel, table=True):
    """One recovery code that was not used yet, as a keyed hash; it goes when it is used."""

    __tablename__ = "recovery_code"

    key: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)


class TrustedPhoneRow(SQLModel, table=True):
    """One browser on which a PIN is enough, until then. `key`: the keyed hash of its cookie. `wrong`: PINs in a row."""

    __tablename__ = "trusted_phone"

    key: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    pin: str | None = secret("trusted_phone.pin")
    wrong: int = 0
    until: datetime = when()


class SessionRow(SQLModel, table=True):
    """One sign-in. `key`: the keyed hash of its cookie. `form_key`: what every form of this session must carry."""

    __tablename__ = "session"

    key: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    form_key: str
    via: str
    made_at: datetime = when()
    seen_at: datetime = when(index=True)


class TriesRow(SQLModel, table=True):
    """The sign-ins that were tried under one name, or from one address, as a keyed hash. `times`: those that count."""

    __tablename__ = "tries"

    key: str = Field(primary_key=True)
    times: Any = Field(default_factory=list, sa_column=Column(JSON))
    locked_until: datetime | None = maybe_when()
    at: datetime = when(index=True)


class AuditRow(SQLModel, table=True):
    """One thing that somebody saw or did; appended, never changed. `subject`: the case or account that it was about."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_subject", "subject", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    at: datetime = when(index=True)
    account_id: str | None = Field(default=None, foreign_key="account.id", index=True)
    act: str
    detail: Any = secret_json("audit.detail")
    mac: bytes
    link: bytes


class AuditChainRow(SQLModel, table=True):
    """The end of the chain of one subject: who appends locks it, and rows cut off at the end show against it."""

    __tablename__ = "audit_chain"

    subject: str = Field(primary_key=True)
    head: bytes = b""
