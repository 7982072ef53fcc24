"""Cases, what happened to them, and the pages that called for help."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index
from sqlmodel import Field, SQLModel

from storage.tables.fields import maybe_when, secret_json, when


class CaseRow(SQLModel, table=True):
    """One person in need. The case is the truth, its timers are columns: `due_at` is when it must be looked at next.

    `policy`: the clocks' state of `flows.case.Case` (rung, tells, timings …), no words of anybody. `code`: four digits,
    given again only long after the case is closed. `answers`: what was asked and said, and what was not asked.
    """

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_due", "state", "due_at"), Index("ix_case_code", "code", "state"))

    id: str = Field(primary_key=True)
    code: str
    patient_id: str = Field(foreign_key="patient.id", index=True)
    contact_id: str = Field(foreign_key="contact.id", index=True)
    level: int
    state: str
    due_at: datetime | None = maybe_when()
    opened_at: datetime = when(index=True)
    owner_id: str | None = Field(default=None, foreign_key="specialist.id")
    accepted_at: datetime | None = maybe_when()
    reached_at: datetime | None = maybe_when()
    closed_at: datetime | None = maybe_when()
    outcome: str | None = None
    signs: Any = Field(default_factory=list, sa_column=Column(JSON))
    rules: Any = Field(default_factory=list, sa_column=Column(JSON))
    policy: Any = Field(default_factory=dict, sa_column=Column(JSON))
    answers: Any = secret_json("case.answers")
    content_version: str = ""
    channel: str = "sms"
    language: str = "en"


class CaseCodeRow(SQLModel, table=True):
    """Which case has a code. Its primary key is what makes two cases opened at once get two codes."""

    __tablename__ = "case_code"

    code: str = Field(primary_key=True)
    case_id: str
    at: datetime = when()


class CaseEventRow(SQLModel, table=True):
    """One thing that happened to a case; appended, never changed. `link` chains it to the one before."""

    __tablename__ = "case_event"
    __table_args__ = (Index("ix_case_event_case", "case_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(foreign_key="case.id")
    at: datetime = when()
    kind: str
    actor: str = "helpline"
    detail: Any = secret_json("case_event.detail")
    mac: bytes
    link: bytes


class PageRow(SQLModel, table=True):
    """One page of one specialist by one channel. `status`: how the carrier fared.

    Acceptance is not here: it is the case's `owner_id`.
    """

    __tablename__ = "page"

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="case.id", index=True)
    specialist_id: str = Field(foreign_key="specialist.id", index=True)
    tier: int
    rung: str
    channel: str
    at: datetime = when()
    status: str = "waiting"
    answered_at: datetime | None = maybe_when()
