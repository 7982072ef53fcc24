"""Phone calls: one row for each leg between the helpline and a phone."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.fields import maybe_when, secret_json, when


class LegRow(SQLModel, table=True):
    """One leg, from its first document to its end.

    `side`: caller (they called us), called (we called the patient's side), specialist. `state`: asking (it hears
    documents), waiting (alone in the conference), joined, over. `advised`: it was told to hang up and call 911.
    `tried`, `rings`: a specialist's leg: how many calls were made to the patient's side, and the one that rings now;
    a patient's leg: how often it came into the conference. `prompt`: what was said last, to be repeated or texted.
    `due_at`: when Twilio is asked whether the call still lives, or the next phone is tried.
    """

    __tablename__ = "leg"

    id: str = Field(primary_key=True)
    call_sid: str = Field(unique=True)
    side: str
    state: str = "asking"
    contact_id: str | None = Field(default=None, foreign_key="contact.id", index=True)
    specialist_id: str | None = Field(default=None, foreign_key="specialist.id", index=True)
    case_id: str | None = Field(default=None, foreign_key="case.id", index=True)
    outbox_id: str | None = Field(default=None, foreign_key="outbox.id", index=True)
    silences: int = 0
    heard: bool = False
    advised: bool = False
    tried: int = 0
    rings: str | None = None
    prompt: Any = secret_json("leg.prompt")
    sequence: int = -1
    began_at: datetime = when()
    joined_at: datetime | None = maybe_when()
    ended_at: datetime | None = maybe_when()
    due_at: datetime | None = maybe_when(index=True)
