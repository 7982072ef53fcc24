"""Foreign keys are checked at the commit: rows come in any order, and one that refers to nothing is never kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage.database import Database
from storage.ids import new_id
from storage.tables import ContactRow, ConversationRow

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)


def conversation(contact_id: str) -> ConversationRow:
    return ConversationRow(contact_id=contact_id, state="menu", channel="sms", at=NOW)


def test_a_row_may_be_written_before_the_row_that_it_refers_to(database: Database) -> None:
    """A conversation that reaches the database before its contact is kept with it."""
    contact_id = new_id()
    with database.transaction() as db:
        db.add(conversation(contact_id))
        db.flush()
        db.add(ContactRow(id=contact_id, phone_key="key", phone="+15555550171", seen_at=NOW, made_at=NOW))
    with database.reading() as db:
        assert db.exec(select(ConversationRow.contact_id)).all() == [contact_id]


def test_a_row_that_refers_to_nothing_is_refused_at_the_commit(database: Database) -> None:
    """A conversation of nobody is not kept, nor is anything else of its transaction."""
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.add(conversation(new_id()))
        db.flush()
        db.add(ContactRow(id=new_id(), phone_key="other", phone="+15555550172", seen_at=NOW, made_at=NOW))
    with database.reading() as db:
        assert db.exec(select(ContactRow.id)).all() == []
