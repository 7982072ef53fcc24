"""What was said, and what is still to be sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.fields import maybe_when, secret, secret_json, when


class ClaimRow(SQLModel, table=True):
    """One webhook, claimed before anything else happens; a repeat gets the stored `reply`.

    `sid`: the MessageSid, or CallSid and step.
    """

    __tablename__ = "claim"

    sid: str = Field(primary_key=True)
    at: datetime = when(index=True)
    reply: str | None = secret("claim.reply")


class ConversationRow(SQLModel, table=True):
    """Where one contact stands. `due_at`: when silence is noticed. `memory`: answers and present evidence."""

    __tablename__ = "conversation"

    contact_id: str = Field(primary_key=True, foreign_key="contact.id")
    state: str
    channel: str
    memory: Any = secret_json("conversation.memory")
    due_at: datetime | None = maybe_when(index=True)
    at: datetime = when()
    content_version: str = ""


class MessageRow(SQLModel, table=True):
    """One line of the transcript. `direction`: in or out. `keys`: the messages of the content that made it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_contact_at", "contact_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: str = Field(foreign_key="contact.id")
    case_id: str | None = Field(default=None, foreign_key="case.id", index=True)
    outbox_id: str | None = Field(default=None, index=True)
    direction: str
    channel: str
    body: str | None = secret("message.body")
    keys: str = ""
    at: datetime = when(index=True)
    content_version: str = ""


class UnansweredRow(SQLModel, table=True):
    """A question that no approved answer fitted, for content work: its words alone, and nothing of who asked."""

    __tablename__ = "unanswered"

    id: int | None = Field(default=None, primary_key=True)
    words: str | None = secret("unanswered.words")
    language: str | None = None
    at: datetime = when(index=True)


class OutboxRow(SQLModel, table=True):
    """One text or call to make, or a reply handed over inline, and what became of it.

    `kind`: text, call, inline. `status`: waiting, sending, unknown, inline, then Twilio's own words, or failed with
    `error`. `priority`: 0 = first pages. `lease_until`: whoever sends it may be dead after that. `purpose`: what the
    call's TwiML is (page, notice, join). `valid_for`: seconds after which it must not be sent any more.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_due", "status", "due_at", "priority"),)

    id: str = Field(primary_key=True)
    kind: str
    purpose: str
    to: str | None = secret("outbox.to")
    body: str | None = secret("outbox.body")
    parameters: Any = secret_json("outbox.parameters")
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    specialist_id: str | None = Field(default=None, foreign_key="specialist.id")
    case_id: str | None = Field(default=None, foreign_key="case.id", index=True)
    page_id: str | None = Field(default=None, foreign_key="page.id", index=True)
    priority: int = 5
    status: str = "waiting"
    error: str | None = None
    sid: str | None = Field(default=None, index=True, unique=True)
    attempts: int = 0
    made_at: datetime = when()
    due_at: datetime = when()
    lease_until: datetime | None = maybe_when()
    sent_at: datetime | None = maybe_when()
    valid_for: int | None = None
    heeded_at: datetime | None = maybe_when()
