"""Who there is: patients, the phones that speak for them, specialists and their shifts."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from storage.tables.fields import maybe_when, secret, secret_json, when


class PatientRow(SQLModel, table=True):
    """One patient; an unlinked phone has a patient of its own until a specialist says "same patient".

    `infusions`: ISO dates, newest last. `step`: of treatment. `status`: before, inpatient, home, other_centre, died.
    """

    __tablename__ = "patient"

    id: str = Field(primary_key=True)
    name: str | None = secret("patient.name")
    birth_date: str | None = secret("patient.birth_date")
    record_number: str | None = secret("patient.record_number")
    child: bool | None = None
    product: str | None = None
    infusions: Any = secret_json("patient.infusions")
    step: str | None = None
    usual_vitals: Any = secret_json("patient.usual_vitals")
    language: str | None = None
    channel: str = "any"
    address: str | None = secret("patient.address")
    center_phone: str | None = secret("patient.center_phone")
    status: str | None = None
    consent: str | None = None
    baseline: Any = secret_json("patient.baseline")
    listed: bool = False
    made_at: datetime = when()


class ContactRow(SQLModel, table=True):
    """One phone, or one call from a number that is not one. `phone_key` is the keyed hash that finds it."""

    __tablename__ = "contact"

    id: str = Field(primary_key=True)
    phone_key: str = Field(unique=True)
    phone: str | None = secret("contact.phone")
    reachable: bool = True
    language: str | None = None
    opted_out_at: datetime | None = maybe_when()
    greeted_at: datetime | None = maybe_when()
    seen_at: datetime = when()
    made_at: datetime = when()


class LinkRow(SQLModel, table=True):
    """Which phone speaks for which patient. `role`: self, caregiver1, caregiver2. `may_be_told`: of the case."""

    __tablename__ = "link"
    __table_args__ = (UniqueConstraint("contact_id"),)

    id: int | None = Field(default=None, primary_key=True)
    patient_id: str = Field(foreign_key="patient.id", index=True)
    contact_id: str = Field(foreign_key="contact.id")
    role: str = "self"
    may_be_told: bool = False


class SpecialistRow(SQLModel, table=True):
    """One specialist of the roster; seeded from the centre's file, then owned by the console."""

    __tablename__ = "specialist"

    id: str = Field(primary_key=True)
    name: str | None = secret("specialist.name")
    phone_key: str = Field(unique=True)
    phone: str | None = secret("specialist.phone")
    email: str | None = secret("specialist.email")
    tier: int = 1
    languages: str = "en"
    children: bool = False
    max_cases: int = 2
    active: bool = True
    texts_blocked_at: datetime | None = maybe_when()


class ShiftRow(SQLModel, table=True):
    """When a specialist is on call: a weekly `window` in the centre's time zone; a specialist with none always is."""

    __tablename__ = "shift"

    id: int | None = Field(default=None, primary_key=True)
    specialist_id: str = Field(foreign_key="specialist.id", index=True)
    window: str
