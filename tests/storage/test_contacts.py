"""Contacts: one phone is one row, its number is not readable in the database, and it speaks for one patient."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from sqlalchemy import text
from sqlmodel import select

from storage.contacts import contacts_of, party_of, party_of_contact
from storage.database import Database
from storage.tables import ContactRow, LinkRow, PatientRow

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
PHONE = "+15555550171"


def test_a_phone_is_one_contact_with_one_patient(database: Database) -> None:
    """The second text of a phone finds what the first one made, and only its time of seeing moves."""
    with database.transaction() as db:
        first = party_of(db, PHONE, NOW)
        ids = (first.contact.id, first.patient.id)
    with database.transaction() as db:
        again = party_of(db, PHONE, NOW + timedelta(hours=1))
        assert (again.contact.id, again.patient.id) == ids
        assert (again.contact.made_at, again.contact.seen_at) == (NOW, NOW + timedelta(hours=1))
        assert party_of_contact(db, ids[0]).patient.id == ids[1]


def test_many_first_texts_at_once_make_one_contact(database: Database) -> None:
    """However many first texts of a phone come in the same moment, all of them find one contact and one patient."""
    barrier, found = Barrier(5), []

    def first() -> None:
        barrier.wait()
        found.append(database.retrying(lambda db: party_of(db, PHONE, NOW).contact.id))

    threads = [Thread(target=first) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 5 and len(set(found)) == 1
    with database.reading() as db:
        assert [len(db.exec(select(table)).all()) for table in (ContactRow, PatientRow, LinkRow)] == [1, 1, 1]


def test_a_number_is_not_readable_in_the_database(database: Database) -> None:
    """Neither the number nor the key by which it is found gives the number away."""
    with database.transaction() as db:
        party_of(db, PHONE, NOW)
        row = db.connection().execute(text("SELECT phone, phone_key FROM contact")).one()

    assert PHONE.encode() not in bytes(row[0])
    assert "5555550171" not in row[1]


def test_the_patients_own_phone_is_first(database: Database) -> None:
    """Of the phones that speak for a patient, their own is tried first, then the caregivers in their order."""
    with database.transaction() as db:
        parties = [party_of(db, f"+1555555{number}", NOW) for number in (1001, 1002, 1003)]
        for party, role in zip(parties, ("caregiver2", "self", "caregiver1"), strict=True):
            party.link.patient_id, party.link.role = parties[0].patient.id, role
        db.flush()
        phones = [contact.phone for contact in contacts_of(db, parties[0].patient.id)]

    assert phones == ["+15555551002", "+15555551003", "+15555551001"]
