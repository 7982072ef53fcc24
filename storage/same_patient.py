"""Two patients who are one: their phones speak for one patient from now on, and what was known of either is kept."""

from sqlmodel import Session, col, select

from storage.statements import for_update
from storage.tables import CaseRow, ContactRow, LinkRow, PatientRow

# What a chart may lack and the other one know.
FACTS = (
    "name",
    "birth_date",
    "record_number",
    "child",
    "product",
    "step",
    "language",
    "address",
    "center_phone",
    "status",
    "consent",
)
LISTS = ("infusions", "usual_vitals", "baseline")
ROLES = ("self", "caregiver1", "caregiver2")


class TwoCharts(Exception):
    """Both are patients that the centre knows: a human must first say which chart is right."""


def lock_both(db: Session, mine: str, theirs: str) -> tuple[PatientRow, PatientRow]:
    """Both patients with all their phones, locked in the order in which every turn locks: contacts, then patients."""
    links = select(LinkRow.contact_id).where(col(LinkRow.patient_id).in_([mine, theirs]))
    contacts = select(ContactRow).where(col(ContactRow.id).in_(links)).order_by(col(ContactRow.id))
    db.exec(for_update(contacts)).all()
    patients = select(PatientRow).where(col(PatientRow.id).in_([mine, theirs])).order_by(col(PatientRow.id))
    rows = {row.id: row for row in db.exec(for_update(patients))}
    return rows[mine], rows[theirs]


def lock_cases(db: Session, ids: list[str]) -> dict[str, CaseRow]:
    """These cases, locked, always in the same order."""
    query = select(CaseRow).where(col(CaseRow.id).in_(ids)).order_by(col(CaseRow.id))
    return {row.id: row for row in db.exec(for_update(query))}


def made_one(db: Session, keep: PatientRow, other: PatientRow, contact_id: str, role: str) -> None:
    """Every phone of `other` speaks for `keep`; that contact in that role. Nobody may be told more than before.

    Raises TwoCharts.
    """
    if keep.listed and other.listed:
        raise TwoCharts("both patients are on the centre's list")
    for link in db.exec(select(LinkRow).where(LinkRow.patient_id == other.id)).all():
        link.patient_id = keep.id
        link.role = role if link.contact_id == contact_id else link.role
        db.add(link)
    for name in FACTS:
        if getattr(keep, name) is None:
            setattr(keep, name, getattr(other, name))
    for name in LISTS:
        if not getattr(keep, name):
            setattr(keep, name, getattr(other, name))
    keep.listed = keep.listed or other.listed
    db.add(keep)
    db.flush()
