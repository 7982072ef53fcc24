"""Contacts and the patients that they speak for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.ids import new_id
from storage.statements import for_update, insert_once
from storage.tables import ContactRow, LinkRow, PatientRow
from storage.vault import vault_of

# On the way of every message: building a statement costs twice what running it does.
BY_NUMBER = for_update(select(ContactRow).where(ContactRow.phone_key == bindparam("key")))
LINK_OF = select(LinkRow).where(LinkRow.contact_id == bindparam("contact"))
PATIENT = for_update(select(PatientRow).where(PatientRow.id == bindparam("patient")))


@dataclass(frozen=True, slots=True)
class Party:
    """One contact with its patient; both rows are locked for this transaction."""

    contact: ContactRow
    patient: PatientRow
    link: LinkRow


def party_of(db: Session, sender: str, now: datetime, *, reachable: bool = True) -> Party:
    """The contact of a number, locked; made now, with a patient of its own, if it is new.

    Two first texts of a new phone at once: one makes the contact, the other waits and finds it.
    """
    key = vault_of(db).lookup(sender)
    contact = db.exec(BY_NUMBER, params={"key": key}).first()
    if contact is None:
        made = {"id": new_id(), "phone_key": key, "phone": sender, "seen_at": now, "made_at": now}
        insert_once(db, ContactRow, {**made, "reachable": reachable}, ["phone_key"])
        contact = db.exec(BY_NUMBER, params={"key": key}).one()
        if made["id"] == contact.id:
            return _with_a_patient(db, contact, now)
    contact.seen_at = now
    link = db.exec(LINK_OF, params={"contact": contact.id}).one()
    return Party(contact, _locked(db, link.patient_id), link)


def party_of_contact(db: Session, contact_id: str) -> Party:
    """A known contact with its patient, locked."""
    contact = db.exec(for_update(select(ContactRow).where(ContactRow.id == contact_id))).one()
    link = db.exec(LINK_OF, params={"contact": contact_id}).one()
    return Party(contact, _locked(db, link.patient_id), link)


def contacts_of(db: Session, patient_id: str) -> list[ContactRow]:
    """All phones that speak for a patient: the patient's own first, then the caregivers."""
    order = {"self": 0, "caregiver1": 1, "caregiver2": 2}
    query = select(ContactRow, LinkRow).join(LinkRow, col(LinkRow.contact_id) == ContactRow.id)
    rows = db.exec(query.where(LinkRow.patient_id == patient_id)).all()
    return [contact for contact, link in sorted(rows, key=lambda row: order.get(row[1].role, 3))]


def _locked(db: Session, patient_id: str) -> PatientRow:
    return db.exec(PATIENT, params={"patient": patient_id}).one()


def _with_a_patient(db: Session, contact: ContactRow, now: datetime) -> Party:
    """A new contact speaks for a patient of its own; nobody else can see them yet, so they need no lock."""
    patient = PatientRow(id=new_id(), made_at=now)
    link = LinkRow(patient_id=patient.id, contact_id=contact.id)
    db.add_all((patient, link))
    return Party(contact, patient, link)
