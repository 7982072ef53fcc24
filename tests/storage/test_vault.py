"""What is encrypted stays secret and opens only where it belongs; moments keep their zone; keys outlive secrets."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from storage.columns import Encrypted, Incomparable, UtcTime
from storage.database import Database
from storage.keyring import BrokenKeyring, KeyringRow, WrongSecret, derive_key, rewrap
from storage.vault import NoVault, Sealed, Vault, vault_of
from tests.conftest import SECRET
from tests.storage.scratch import Note, make_tables

VAULT = Vault(b"d" * 32, b"i" * 32)
OTHER = "another secret of the tests, long enough to be one"
MOMENT = datetime(2026, 11, 21, 3, 4, 5, 678901, UTC)


@pytest.fixture
def notes(database: Database) -> Database:
    return make_tables(database)


def stored(database: Database, column: str) -> bytes:
    """What the database itself holds, without our types."""
    with database.reading() as db:
        return bytes(db.connection().execute(text(f"SELECT {column} FROM note")).scalar_one())


def put(database: Database, note: Note) -> None:
    """Store one note."""
    with database.transaction() as db:
        db.add(note)


def got(database: Database) -> Note:
    """The only note, read anew."""
    with database.reading() as db:
        return db.exec(select(Note)).one()


@given(st.binary(), st.text())
def test_what_is_sealed_opens_unchanged(plain: bytes, label: str) -> None:
    """Any bytes come back from the vault as they went in."""
    label = label.encode("utf-8", "ignore").decode()
    assert VAULT.decrypt(VAULT.encrypt(plain, label), label) == plain


def test_same_text_is_sealed_differently_each_time() -> None:
    """Two equal texts cannot be recognised as equal from what is stored."""
    assert VAULT.encrypt(b"yes", "note.body") != VAULT.encrypt(b"yes", "note.body")


@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_changed_value_never_opens(plain: bytes, choose: st.DataObject) -> None:
    """Any flipped bit of a sealed value is noticed."""
    sealed = bytearray(VAULT.encrypt(plain, "note.body"))
    sealed[choose.draw(st.integers(0, len(sealed) - 1))] ^= 1 << choose.draw(st.integers(0, 7))
    with pytest.raises(Sealed):
        VAULT.decrypt(bytes(sealed), "note.body")


@given(st.binary(max_size=40))
def test_rubbish_never_opens(rubbish: bytes) -> None:
    """Bytes that nobody sealed are refused with the same error, whatever their length."""
    with pytest.raises(Sealed):
        VAULT.decrypt(rubbish, "note.body")


def test_a_value_moved_to_another_column_does_not_open() -> None:
    """The label is part of the seal: a name copied into the phone column is an error, not a phone number."""
    with pytest.raises(Sealed):
        VAULT.decrypt(VAULT.encrypt(b"+15555550123", "contact.phone"), "patient.name")


def test_lookup_depends_on_the_key_alone() -> None:
    """The same number has one hash in a database, and another one in the next database."""
    assert VAULT.lookup("+15555550123") == Vault(b"x" * 32, b"i" * 32).lookup("+15555550123")
    assert VAULT.lookup("+15555550123") != Vault(b"d" * 32, b"x" * 32).lookup("+15555550123")


def test_lookup_and_mac_never_agree() -> None:
    """A hash made for finding cannot be passed off as a hash made for the chain."""
    assert VAULT.lookup("4821") != VAULT.mac(b"4821").hex()


TEXTS = {
    "emoji": "me siento mal 🤒",
    "empty": "",
    "null byte": "a\0b",
    "lone surrogate": "\ud800",
    "long": "x" * 100_000,
    "none": None,
}


@pytest.mark.parametrize("body", TEXTS.values(), ids=TEXTS.keys())
def test_encrypted_text_comes_back_as_it_was(notes: Database, body: str | None) -> None:
    """Any text survives storage on both databases: empty, null bytes, lone surrogates, long, none at all."""
    put(notes, Note(key="a", body=body))
    assert got(notes).body == body


def test_encrypted_text_cannot_be_read_in_the_database(notes: Database) -> None:
    """The words of a patient are not in the stored bytes."""
    put(notes, Note(key="a", body="I feel confused", extra={"name": "Rosa"}))
    assert b"confused" not in stored(notes, "body")
    assert b"Rosa" not in stored(notes, "extra")


@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, True]}, [], "ñ", 0, False, None])
def test_encrypted_json_comes_back_as_it_was(notes: Database, value: object) -> None:
    """Any JSON value survives storage on both databases."""
    put(notes, Note(key="a", extra=value))
    assert got(notes).extra == value


def test_comparing_an_encrypted_column_is_refused() -> None:
    """A query that could never match is an error for the one who writes it."""
    with pytest.raises(Incomparable):
        select(Note).where(Note.body == "yes")


def test_an_encrypted_column_can_be_asked_for_null(notes: Database) -> None:
    """Whether there is a value at all may be asked."""
    put(notes, Note(key="a", body="yes"))
    with notes.reading() as db:
        assert db.exec(select(Note).where(col(Note.body).is_(None))).all() == []


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-6)), timezone(timedelta(hours=14))])))
def test_moments_are_stored_in_utc_to_the_microsecond(moment: datetime) -> None:
    """A moment from any zone comes back as the same moment, in UTC."""
    column, dialect = UtcTime(), DefaultDialect()
    try:
        stored_as = column.process_bind_param(moment, dialect)
    except OverflowError:
        return
    assert stored_as is not None and stored_as.tzinfo is None
    back = column.process_result_value(stored_as, dialect)
    assert back is not None and back == moment and back.tzinfo is UTC and back.microsecond == moment.microsecond


def test_moments_come_back_aware_and_can_be_compared(notes: Database) -> None:
    """Both databases give the moment back in UTC, and compare it with one from another zone."""
    put(notes, Note(key="a", at=MOMENT))
    elsewhere = MOMENT.astimezone(timezone(timedelta(hours=-5)))
    with notes.reading() as db:
        found = db.exec(select(Note).where(Note.at == elsewhere)).one()
    assert found.at == MOMENT and found.at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(notes: Database) -> None:
    """Nobody can store a time that means another moment elsewhere."""
    with pytest.raises(StatementError, match="without a time zone"):
        put(notes, Note(key="a", at=datetime(2026, 11, 21, 3, 0)))


def test_two_databases_in_one_process_have_their_own_keys(sqlite_url: str, postgres_url: str) -> None:
    """Keys belong to a database, not to the process: neither opens what the other sealed."""
    first, second = Database(sqlite_url, [SECRET]), Database(postgres_url, [OTHER])
    assert first.vault.lookup("+15555550123") != second.vault.lookup("+15555550123")
    with first.transaction() as one, second.transaction() as two:
        assert vault_of(one) is first.vault and vault_of(two) is second.vault
    first.close()
    second.close()


def test_encryption_needs_an_opened_database() -> None:
    """Before the keys are opened, nothing is stored in clear: it is an error."""
    closed = Database("sqlite:///nowhere.db", [SECRET])
    with pytest.raises(NoVault):
        Encrypted("note.body").process_bind_param("x", closed._engine.dialect)


def test_the_keys_outlive_a_restart(database: Database) -> None:
    """A database opened again finds and reads what was stored."""
    again = Database(database.url.render_as_string(hide_password=False), [SECRET])
    assert again.vault.lookup("x") == database.vault.lookup("x")
    again.close()


def test_a_wrong_secret_is_one_clear_error(database: Database) -> None:
    """Whoever starts with the wrong secret is told which setting to mend, and nothing is overwritten."""
    before = database.vault.lookup("x")
    wrong = Database(database.url.render_as_string(hide_password=False), [OTHER])
    with pytest.raises(WrongSecret, match="HELPLINE_SECRET_KEYS"), wrong.transaction():
        pass
    wrong.close()
    right = Database(database.url.render_as_string(hide_password=False), [OTHER, SECRET])
    assert right.vault.lookup("x") == before
    right.close()


def test_no_secret_at_all_is_the_same_clear_error(database: Database) -> None:
    """An empty list of secrets says which setting is missing."""
    empty = Database(database.url.render_as_string(hide_password=False), [])
    with pytest.raises(WrongSecret, match="HELPLINE_SECRET_KEYS"), empty.transaction():
        pass
    empty.close()


def test_a_lost_key_is_not_replaced_in_silence(database: Database) -> None:
    """When one of the keys is gone, the start says so, since a new one would open nothing that is stored."""
    with database.transaction() as db:
        db.delete(db.get_one(KeyringRow, "data"))
    again = Database(database.url.render_as_string(hide_password=False), [SECRET])
    with pytest.raises(BrokenKeyring, match="backup"), again.transaction():
        pass
    again.close()


def test_rotation_rewraps_and_keeps_the_keys(database: Database) -> None:
    """After a rotation the new secret alone opens the same keys, and the old one opens none."""
    url, before = database.url.render_as_string(hide_password=False), database.vault.lookup("x")
    rotating = Database(url, [OTHER, SECRET])
    with rotating.transaction() as db:
        assert rewrap(db, [OTHER, SECRET]) == 2
    new, old = Database(url, [OTHER]), Database(url, [SECRET])
    assert new.vault.lookup("x") == before
    with pytest.raises(WrongSecret):
        _ = old.vault
    for each in (rotating, new, old):
        each.close()


def test_two_replicas_on_an_empty_database_end_with_the_same_keys(database_url: str) -> None:
    """However many start at once, one set of keys is made and all have it."""
    replicas = [Database(database_url, [SECRET]) for _ in range(6)]
    barrier, found = threading.Barrier(len(replicas)), []

    def start(replica: Database) -> None:
        barrier.wait()
        found.append(replica.vault.lookup("x"))

    threads = [threading.Thread(target=start, args=(replica,)) for replica in replicas]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(replicas) and len(set(found)) == 1
    with replicas[0].reading() as db:
        assert len(db.exec(select(KeyringRow)).all()) == 2
    for replica in replicas:
        replica.close()


def test_keys_for_different_purposes_differ() -> None:
    """The key that wraps and the key of the spool say nothing about each other."""
    assert derive_key(SECRET, "wrap") != derive_key(SECRET, "spool")
    assert derive_key(SECRET, "wrap") != derive_key(OTHER, "wrap")
