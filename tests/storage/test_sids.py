"""A SID belongs to one row: of two that claim it, the one that made it has it, and the other looks again."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from sqlmodel import Session, select

from storage import outbox, sids
from storage.database import Database
from storage.tables import OutboxRow

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
SID = "CA1"


def calls(database: Database, many: int) -> list[str]:
    """Calls to one phone, all claimed."""
    with database.transaction() as db:
        made = [outbox.put(db, "call", "notice", "+15005550006", NOW).id for _ in range(many)]
    database.retrying(lambda db: outbox.claim_due(db, NOW, many))
    return made


def owners(database: Database) -> list[str]:
    with database.reading() as db:
        return list(db.exec(select(OutboxRow.id).where(OutboxRow.sid == SID)))


def status(database: Database, row_id: str) -> str:
    with database.reading() as db:
        return db.get_one(OutboxRow, row_id).status


def test_who_made_it_takes_it_from_who_found_it(database: Database) -> None:
    """A look-up took a call that a row then hears to be its own: the other is in doubt again, and due at once."""
    maker, finder = calls(database, 2)
    assert database.retrying(lambda db: outbox.found(db, finder, SID, NOW))
    database.retrying(lambda db: outbox.sent(db, maker, SID, NOW))

    assert owners(database) == [maker]
    assert status(database, finder) == "unknown"
    due = database.retrying(lambda db: outbox.claim_due(db, NOW, 10))
    assert [(one.id, one.doubtful) for one in due] == [(finder, True)]


def test_a_callback_says_whose_it_is(database: Database) -> None:
    """A callback names the row that made it, before our own record does."""
    maker, finder = calls(database, 2)
    database.retrying(lambda db: outbox.found(db, finder, SID, NOW))

    def told(db: Session) -> None:
        row = outbox.by_id(db, maker)
        assert row is not None
        sids.made(db, row, SID, NOW)

    database.retrying(told)
    assert owners(database) == [maker] and status(database, finder) == "unknown"


def test_who_comes_second_does_not_find_it(database: Database) -> None:
    """What is written down as another's by now is nobody else's find."""
    maker, finder = calls(database, 2)
    database.retrying(lambda db: outbox.sent(db, maker, SID, NOW))
    assert not database.retrying(lambda db: outbox.found(db, finder, SID, NOW))
    assert owners(database) == [maker]


def test_of_many_at_once_one_has_it(database: Database) -> None:
    """Its maker and three that found it write at one moment: the maker has it, and each of the others looks again."""
    maker, *finders = calls(database, 4)
    start = Barrier(4)

    def at_once(row_id: str) -> None:
        start.wait()
        if row_id == maker:
            database.retrying(lambda db: outbox.sent(db, row_id, SID, NOW))
        elif not database.retrying(lambda db: outbox.found(db, row_id, SID, NOW)):
            later = NOW + timedelta(seconds=3)
            database.retrying(lambda db: outbox.again_at(db, row_id, later, "0/taken", doubtful=True))

    threads = [Thread(target=at_once, args=(row_id,)) for row_id in (maker, *finders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert owners(database) == [maker]
    assert [status(database, row_id) for row_id in finders] == ["unknown"] * 3
