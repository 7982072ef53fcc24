"""The outbox: what is due is taken once, a dead sender's work is taken over, and no callback takes anything back."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlmodel import Session

from storage import outbox, sids
from storage.database import Database

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
LATER = NOW + timedelta(seconds=60)


def put(db: Session, to: str = "+15555550111", **fields: object) -> str:
    """One text to be sent."""
    return outbox.put(db, "text", "staff", to, NOW, body="words", **fields).id


def claimed(database: Database, now: datetime = NOW) -> list[outbox.Send]:
    """What a sender takes now."""
    return database.retrying(lambda db: outbox.claim_due(db, now, 10))


def test_what_is_due_is_taken_once_and_first_pages_first(database: Database) -> None:
    """Of two rows the one with the higher priority is taken first, and nobody else gets either."""
    with database.transaction() as db:
        low, high = put(db, priority=3), put(db, priority=0)

    assert [one.id for one in claimed(database)] == [high, low]
    assert claimed(database) == []


def test_a_dead_senders_row_is_taken_over_and_is_doubtful(database: Database) -> None:
    """After the lease another sender takes the row, and knows that it may have been sent before."""
    with database.transaction() as db:
        mine = put(db)

    (first,) = claimed(database)
    (again,) = claimed(database, LATER)

    assert (first.id, first.doubtful) == (mine, False)
    assert (again.id, again.doubtful) == (mine, True)


def test_what_expired_is_struck_out(database: Database) -> None:
    """A row past its time is not sent, and says why."""
    with database.transaction() as db:
        mine = put(db, valid_for=30)

    assert claimed(database, LATER) == []
    with database.transaction() as db:
        row = outbox.by_id(db, mine)
        assert row is not None
        assert (row.status, row.error) == ("expired", "expired")


@pytest.mark.parametrize("told", list(permutations(("queued", "sent", "delivered"))))
def test_callbacks_may_overtake_our_own_record(database: Database, told: tuple[str, ...]) -> None:
    """Callbacks before, after and around our record of the SID leave the same row, and it is not sent again."""
    with database.transaction() as db:
        mine = put(db)
    claimed(database)
    for status in told[:2]:
        _merge(database, mine, status)
    database.retrying(lambda db: outbox.sent(db, mine, "SM1", NOW))
    _merge(database, mine, told[2])

    assert claimed(database, LATER) == []
    with database.transaction() as db:
        row = outbox.by_id(db, mine)
        assert row is not None
        assert (row.status, row.sid) == ("delivered", "SM1")


def test_what_a_callback_says_was_sent_is_not_given_up_or_sent_again(database: Database) -> None:
    """We gave up, or would try again, but a callback was faster: it counts."""
    with database.transaction() as db:
        one, two = put(db), put(db)
    claimed(database)
    for mine in (one, two):
        _merge(database, mine, "delivered")
    database.retrying(lambda db: outbox.given_up(db, one, "0/"))
    database.retrying(lambda db: outbox.again_at(db, two, NOW, "0/", doubtful=True))

    assert claimed(database, LATER) == []
    with database.transaction() as db:
        assert [getattr(outbox.by_id(db, mine), "status", None) for mine in (one, two)] == ["delivered"] * 2


def test_sids_of_ours_are_told_from_those_that_we_lost(database: Database) -> None:
    """Of the SIDs that Twilio lists, only those that no row has can be the answer that never came."""
    with database.transaction() as db:
        mine = put(db)
    claimed(database)
    database.retrying(lambda db: outbox.sent(db, mine, "SM1", NOW))

    with database.reading() as db:
        assert sids.unknown_sids(db, ["SM1", "SM2"]) == ["SM2"]


def _merge(database: Database, mine: str, status: str) -> None:
    def merge(db: Session) -> None:
        row = outbox.by_id(db, mine)
        assert row is not None
        outbox.merge_status(db, row, status)
        # A callback writes to its own row alone.
        assert {type(one).__name__ for one in db.dirty} <= {"OutboxRow"}

    database.retrying(merge)
