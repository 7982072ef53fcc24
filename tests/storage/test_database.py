"""One transaction, all of it or none, on both databases; and what happens when the database does not answer."""

import re
import select as select_module
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path

import pytest
from psycopg import Connection
from psycopg.errors import ConnectionTimeout
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session, select

from storage.database import Database, DatabaseBusy, DatabaseDown, NestedTransaction
from storage.engines.choice import UnknownDatabase
from storage.engines.lockfile import AlreadyServed, lock_file
from storage.engines.postgres import POOL
from storage.engines.turnstile import Rank, Turnstile, TurnstileBusy
from storage.statements import for_update, insert_once
from tests.conftest import SECRET
from tests.postgres import Postgres
from tests.storage.scratch import Line, Note, make_tables
from tests.until import until

ROOT = Path(__file__).parent.parent.parent
# For tests in which something is never answered: long enough for a busy machine, short enough for us.
IMPATIENT = 0.4


class Stumble(Exception):
    """What a test throws into a transaction."""


@pytest.fixture
def notes(database: Database) -> Database:
    return make_tables(database)


def another(database: Database, timeout: float = 1.5) -> Database:
    """A second replica on the same database."""
    return Database(database.url.render_as_string(hide_password=False), [SECRET], timeout=timeout)


def keys_of(database: Database) -> list[str]:
    """The keys of all notes, in order."""
    with database.reading() as db:
        return list(db.exec(select(Note.key).order_by(Note.key)))


def together(*works: Callable[[], object]) -> list[BaseException | None]:
    """Do them at the same time; what each raised."""
    barrier = threading.Barrier(len(works))
    raised: list[BaseException | None] = [None] * len(works)

    def run(index: int, work: Callable[[], object]) -> None:
        barrier.wait()
        try:
            work()
        except BaseException as error:
            raised[index] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


# --- all or nothing


def test_a_transaction_is_kept_at_its_end(notes: Database) -> None:
    """What was done in a transaction is there for everyone after it."""
    with notes.transaction() as db:
        db.add(Note(key="a"))
    assert keys_of(notes) == ["a"]


def test_a_transaction_that_stumbles_leaves_nothing(notes: Database) -> None:
    """An error in the middle undoes all of it, also what was already sent to the database."""
    with pytest.raises(Stumble), notes.transaction() as db:
        db.add(Note(key="a"))
        db.flush()
        raise Stumble
    assert keys_of(notes) == []


def test_rows_can_be_used_after_their_transaction(notes: Database) -> None:
    """A row's values are still there when the transaction is over."""
    with notes.transaction() as db:
        note = Note(key="a", body="hello")
        db.add(note)
    assert (note.key, note.body) == ("a", "hello")
    with notes.reading() as db:
        read = db.exec(select(Note)).one()
    assert read.body == "hello"


def test_reading_cannot_write(notes: Database) -> None:
    """The database itself refuses a change in a session that only reads, and the next transaction may write."""
    with pytest.raises(DBAPIError, match=r"read-?only"), notes.reading() as db:
        db.add(Note(key="a"))
        db.flush()
    with notes.transaction() as db:
        db.add(Note(key="b"))
    assert keys_of(notes) == ["b"]


def test_a_transaction_inside_a_transaction_is_refused(notes: Database) -> None:
    """The same thread cannot wait for itself; the outer transaction is undone."""
    with pytest.raises(NestedTransaction), notes.transaction() as db:
        db.add(Note(key="a"))
        with notes.transaction():
            pass
    assert keys_of(notes) == []
    with notes.transaction() as db:
        db.add(Note(key="b"))
    assert keys_of(notes) == ["b"]


def test_reading_goes_on_while_another_writes(notes: Database) -> None:
    """A reader sees the state before an unfinished transaction, and does not wait for it."""
    with notes.transaction() as db:
        db.add(Note(key="a"))
        db.flush()
        assert keys_of(notes) == []
    assert keys_of(notes) == ["a"]


def test_a_row_that_refers_to_nothing_is_refused(notes: Database) -> None:
    """Foreign keys are enforced on both databases."""
    with pytest.raises(IntegrityError), notes.transaction() as db:
        db.add(Line(note_id=404))


def test_no_addition_is_lost_between_threads(notes: Database) -> None:
    """Eight threads that each add ten times to one number end with eighty."""
    with notes.transaction() as db:
        db.add(Note(key="a"))

    def add(db: Session) -> None:
        note = db.exec(for_update(select(Note))).one()
        note.count += 1
        db.add(note)

    def ten_times() -> None:
        for _ in range(10):
            notes.retrying(add)

    assert together(*[ten_times] * 8) == [None] * 8
    with notes.reading() as db:
        assert db.exec(select(Note.count)).one() == 80


def test_there_is_one_commit_in_the_program() -> None:
    """Only Database commits: whoever writes does it in one of its transactions, or not at all."""
    sources = [
        ROOT / "main.py",
        *(path for room in ("bot", "storage", "flows") for path in (ROOT / room).rglob("*.py")),
    ]
    commits = [
        path.relative_to(ROOT).as_posix()
        for path in sources
        if path.exists()
        for _ in re.finditer(r"\.commit\(", path.read_text(encoding="utf-8"))
    ]
    assert commits == ["storage/database.py"]


# --- starting without a database


def test_making_a_database_touches_nothing(tmp_path: Path) -> None:
    """The product starts before its database: no folder is made, no server is asked."""
    Database(f"sqlite:///{tmp_path}/new/helpline.db", [SECRET]).close()
    Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing", [SECRET]).close()
    assert list(tmp_path.iterdir()) == []


def test_the_first_migration_makes_the_folder(tmp_path: Path) -> None:
    """A fresh clone has no data folder: migrating makes it, for nobody else to read."""
    database = Database(f"sqlite:///{tmp_path}/new/deep/helpline.db", [SECRET])
    database.migrate()
    assert database.ping()
    assert (tmp_path / "new/deep").stat().st_mode & 0o077 == 0
    database.close()


def test_an_unmigrated_database_is_down_and_says_why(tmp_path: Path) -> None:
    """Without its tables the database counts as down, and the reason names the migration."""
    database = Database(f"sqlite:///{tmp_path}/helpline.db", [SECRET])
    with pytest.raises(DatabaseDown, match="migrated"), database.transaction():
        pass
    database.migrate()
    with database.transaction():
        pass
    database.close()


def test_a_server_that_is_not_there_is_down() -> None:
    """A refused connection is DatabaseDown, without the password in its words."""
    database = Database("postgresql://nobody:hush@127.0.0.1:1/nothing", [SECRET])
    assert not database.ping()
    with pytest.raises(DatabaseDown) as caught, database.transaction():
        pass
    assert "hush" not in str(caught.value)
    database.close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused_at_once(url: str) -> None:
    """A URL that cannot work is an error at start, not at the first message."""
    with pytest.raises(UnknownDatabase):
        Database(url, [SECRET])


@pytest.mark.parametrize("prefix", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_usual_spellings_of_postgres_are_understood(prefix: str) -> None:
    """What a hosting company hands out works as it is."""
    database = Database(f"{prefix}://u@127.0.0.1:1/x", [SECRET])
    assert (database.dialect_name, database.url.drivername) == ("postgresql", "postgresql+psycopg")
    database.close()


def test_a_folder_that_cannot_be_made_is_down(tmp_path: Path) -> None:
    """A wrong path is DatabaseDown with the system's reason, also when migrating."""
    (tmp_path / "file").write_text("in the way")
    database = Database(f"sqlite:///{tmp_path}/file/helpline.db", [SECRET])
    assert not database.ping()
    with pytest.raises(DatabaseDown), database.transaction():
        pass
    with pytest.raises(DatabaseDown):
        database.migrate()
    database.close()


def test_it_is_known_whether_the_tables_are_current(database: Database, tmp_path: Path) -> None:
    """A start that leaves migrating to a step of its own can see that the step is missing."""
    assert database.is_migrated()
    bare = Database(f"sqlite:///{tmp_path}/bare.db", [SECRET])
    assert not bare.is_migrated()
    bare.migrate()
    assert bare.is_migrated()
    bare.close()


# --- errors


def test_no_error_repeats_what_people_said(notes: Database) -> None:
    """Neither a broken rule nor a value of the wrong type puts a body or a key into the words of the error."""
    with pytest.raises(IntegrityError) as broken, notes.transaction() as db:
        db.add_all([Note(key="a", body="I feel confused"), Line(note_id=404)])
    with pytest.raises(DBAPIError) as mistaken, notes.transaction() as db:
        db.connection().execute(text("SELECT no_such_function(:words)"), {"words": "I feel confused"})
    with pytest.raises(StatementError) as naive, notes.transaction() as db:
        db.add(Note(key="a", body="I feel confused", at=datetime(2026, 11, 21)))
    assert not any("confused" in str(each.value) for each in (broken, mistaken, naive))


def test_a_transaction_may_end_in_another_thread(notes: Database) -> None:
    """A web framework may close in one thread what it opened in another: the first thread can go on."""
    opened = notes.transaction()
    opened.__enter__().add(Note(key="a"))
    assert together(lambda: opened.__exit__(None, None, None)) == [None]
    with notes.transaction() as db:
        db.add(Note(key="b"))
    assert keys_of(notes) == ["a", "b"]


# --- SQLite


def test_a_full_disk_is_down(sqlite_url: str) -> None:
    """When nothing can be written any more, the turn is told that the database is down, and nothing is half done."""
    database = make_tables(Database(sqlite_url, [SECRET]))
    with pytest.raises(DatabaseDown, match="full"), database.transaction() as db:
        db.connection().exec_driver_sql("PRAGMA max_page_count=1")
        db.add(Note(key="a", body="x" * 100_000))
    assert keys_of(database) == []
    database.close()


def test_a_file_that_is_no_database_is_down(tmp_path: Path) -> None:
    """A damaged file is DatabaseDown, not a crash of the turn."""
    (tmp_path / "helpline.db").write_bytes(b"not a database" * 1000)
    database = Database(f"sqlite:///{tmp_path}/helpline.db", [SECRET])
    assert not database.ping()
    with pytest.raises(DatabaseDown), database.transaction():
        pass
    database.close()


def test_sqlite_is_durable(sqlite_url: str) -> None:
    """A committed red flag survives a power cut: WAL with a full sync, foreign keys on."""
    database = Database(sqlite_url, [SECRET])
    with database.transaction() as db:
        settings = [
            db.connection().scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert settings == ["wal", 2, 1]
    database.close()


def test_sqlite_takes_the_write_lock_at_once(sqlite_url: str) -> None:
    """A transaction holds the write lock before it reads, so it never has to give up what it has read."""
    database = Database(sqlite_url, [SECRET])
    outsider = sqlite3.connect(database.url.database or "", timeout=0, isolation_level=None)
    with database.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        outsider.execute("BEGIN IMMEDIATE")
    outsider.close()
    database.close()


def test_a_locked_file_is_down_and_comes_back(sqlite_url: str) -> None:
    """While another program holds the file, transactions are DatabaseDown; afterwards they work."""
    database = Database(sqlite_url, [SECRET], timeout=IMPATIENT)
    assert database.vault
    outsider = sqlite3.connect(database.url.database or "", isolation_level=None)
    outsider.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseDown, match="locked"), database.transaction():
        pass
    outsider.execute("ROLLBACK")
    outsider.close()
    with database.transaction():
        pass
    database.close()


def test_waiting_behind_a_stuck_transaction_ends(sqlite_url: str) -> None:
    """Nobody waits for ever behind a thread that holds the write lock."""
    database = Database(sqlite_url, [SECRET], timeout=IMPATIENT)

    def wait_behind() -> None:
        with database.transaction():
            pass

    with database.transaction():
        raised = together(wait_behind)
    assert isinstance(raised[0], DatabaseDown)
    database.close()


def queue_up(turnstile: Turnstile, names: str, came: list[str]) -> list[threading.Thread]:
    """One thread per name, each surely behind the one before; capitals are in a hurry."""

    def enter(name: str) -> None:
        with turnstile.passing(30, Rank.danger if name.isupper() else Rank.ordinary):
            came.append(name)

    threads = []
    for place, name in enumerate(names, start=1):
        thread = threading.Thread(target=enter, args=(name,))
        thread.start()
        threads.append(thread)
        wait_for_queue(turnstile, place)
    return threads


def wait_for_queue(turnstile: Turnstile, length: int) -> None:
    """Return when so many stand in line; fail if they never do."""
    until(lambda: turnstile.waiting() >= length, f"{length} in line", seconds=10)


def test_the_turnstile_is_fair() -> None:
    """Who came first goes first."""
    turnstile, came = Turnstile(1), list[str]()
    with turnstile.passing(1):
        threads = queue_up(turnstile, "abcdefgh", came)
    for thread in threads:
        thread.join()
    assert came == list("abcdefgh")


def test_danger_goes_first_at_the_turnstile() -> None:
    """Who is in a hurry passes all who are not, and those in a hurry keep their order among themselves."""
    turnstile, came = Turnstile(1), list[str]()
    with turnstile.passing(1):
        threads = queue_up(turnstile, "abXcYd", came)
    for thread in threads:
        thread.join()
    assert came == list("XYabcd")


def test_a_page_goes_before_danger_and_danger_before_the_rest() -> None:
    """What is to be sent is short, and somebody in danger has waited for it already."""
    turnstile, came = Turnstile(1), list[Rank]()

    def enter(rank: Rank) -> None:
        with turnstile.passing(30, rank):
            came.append(rank)

    with turnstile.passing(1):
        threads = []
        for place, rank in enumerate(Rank, start=1):
            threads.append(threading.Thread(target=enter, args=(rank,)))
            threads[-1].start()
            wait_for_queue(turnstile, place)
    for thread in threads:
        thread.join()
    assert came == [Rank.page, Rank.danger, Rank.ordinary]


def test_while_the_line_moves_it_is_worth_waiting() -> None:
    """A crowd that is let in one by one outlasts the time in which one that stands still gives up."""
    turnstile, came = Turnstile(1), list[str]()

    def enter(name: str) -> None:
        with turnstile.passing(IMPATIENT, at_most=60):
            came.append(name)
            threading.Event().wait(IMPATIENT / 8)

    assert together(*[lambda: enter("x")] * 16) == [None] * 16
    assert len(came) == 16


def test_behind_one_who_is_stuck_nobody_waits_longer() -> None:
    """When nobody comes out in time, the line is given up, however long it might be worth waiting."""
    turnstile = Turnstile(1)
    with turnstile.passing(0), pytest.raises(TurnstileBusy), turnstile.passing(IMPATIENT, at_most=3600):
        pass


def test_a_place_in_the_line_ends_with_its_block(database: Database) -> None:
    """What one text has waited for is not held against the next one of the same thread."""
    with database.first():
        outer = database._here.place
        with database.first(rank=Rank.page):
            assert database._here.place == (Rank.page, outer[1])
        assert database._here.place == outer
    assert database._here.place is None


def test_what_is_done_first_passes_others_who_wait_for_the_database(database: Database) -> None:
    """`first` holds for the thread and the block that asked for it, and for nothing after it."""
    came: list[str] = []

    def write(name: str) -> None:
        with database.first(name.isupper()), database.transaction():
            came.append(name)

    assert database.vault, "opened now: opening it takes a turn of its own"
    seats = database._writers._free
    with ExitStack() as stack:
        for _ in range(seats):
            stack.enter_context(database._writers.passing(1))
        threads = []
        for place, name in enumerate("abX", start=1):
            thread = threading.Thread(target=write, args=(name,))
            thread.start()
            threads.append(thread)
            wait_for_queue(database._writers, place)
        turns = database._writers
        assert (turns.waiting(Rank.danger), turns.waiting(Rank.ordinary)) == (1, 2)
    for thread in threads:
        thread.join()
    assert sorted(came) == ["X", "a", "b"]


def test_giving_up_at_the_turnstile_loses_no_turn() -> None:
    """When one gives up, those behind it still get their turn, and the turnstile is free in the end."""
    turnstile, came = Turnstile(1), list[str]()
    with turnstile.passing(1):
        with pytest.raises(TurnstileBusy), turnstile.passing(0):
            pass
        threads = queue_up(turnstile, "ab", came)
    for thread in threads:
        thread.join()
    with turnstile.passing(0):
        assert came == ["a", "b"]


def test_a_turn_that_comes_while_giving_up_is_passed_on() -> None:
    """The turn handed over in the instant of giving up is not lost with the one who left."""
    turnstile = Turnstile(1)
    turnstile._free = 0
    late = threading.Event()
    turnstile._waiting[Rank.ordinary].append(late)
    turnstile._leave()
    turnstile._give_up(late)
    assert late.is_set()
    assert turnstile._free == 1


def test_the_turnstile_keeps_count_however_they_leave() -> None:
    """With many that come, give up and leave at once, never more are inside than seats, and no seat is lost."""
    turnstile, inside, most = Turnstile(3), list[int](), list[int]()

    def come_and_go() -> None:
        for attempt in range(300):
            with suppress(TurnstileBusy), turnstile.passing(attempt % 5 / 10_000):
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    assert together(*[come_and_go] * 12) == [None] * 12
    assert max(most) <= 3
    assert (turnstile._free, turnstile.waiting()) == (3, 0)


# --- the lock file


def test_a_second_server_on_one_file_is_refused(tmp_path: Path) -> None:
    """Two servers on one SQLite file would page twice: the second says who is there and what to do."""
    path = tmp_path / "new" / "helpline.db.lock"
    with lock_file(path), pytest.raises(AlreadyServed, match=r"process \d+.*PostgreSQL"), lock_file(path):
        pass
    with lock_file(path):
        pass


def test_a_killed_server_leaves_no_lock(tmp_path: Path) -> None:
    """After SIGKILL the next start is not refused."""
    path = tmp_path / "helpline.db.lock"
    program = (
        "import sys, pathlib\nfrom storage.engines.lockfile import lock_file\n"
        "with lock_file(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, path], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"held\n"
        with pytest.raises(AlreadyServed), lock_file(path):
            pass
        server.kill()
    with lock_file(path):
        pass


# --- PostgreSQL in trouble


def test_a_connection_that_died_in_the_pool_is_not_noticed(postgres: Postgres, postgres_url: str) -> None:
    """After a restart of the server the next transaction runs at once, and its body runs once."""
    database, runs = make_tables(Database(postgres_url, [SECRET])), 0
    assert postgres.hang_up(database.url.database or "") == 1
    with database.transaction() as db:
        db.add(Note(key="a"))
        runs += 1
    assert (runs, keys_of(database)) == (1, ["a"])
    database.close()


def test_a_connection_that_dies_in_the_body_is_tried_once_more(postgres: Postgres, postgres_url: str) -> None:
    """`retrying` runs the body again on a fresh connection, and the work is there once."""
    database = make_tables(Database(postgres_url, [SECRET]))
    runs: list[int] = []

    def work(db: Session) -> None:
        db.add(Note(key="a"))
        db.flush()
        runs.append(len(runs))
        if len(runs) == 1:
            postgres.hang_up(database.url.database or "")
            db.exec(select(Note)).all()

    database.retrying(work)
    assert (runs, keys_of(database)) == ([0, 1], ["a"])
    database.close()


def test_deadlocked_turns_both_come_through(postgres_url: str) -> None:
    """Two turns that lock two rows crosswise are both done in the end."""
    database = make_tables(Database(postgres_url, [SECRET], timeout=5))
    with database.transaction() as db:
        db.add_all([Note(key="a"), Note(key="b")])
    both_hold_one = threading.Barrier(2)

    def cross(first: str, second: str) -> Callable[[], None]:
        tries = []

        def work(db: Session) -> None:
            tries.append(first)
            for key in (first, second):
                db.exec(for_update(select(Note).where(Note.key == key))).one().count += 1
                if len(tries) == 1 and key == first:
                    both_hold_one.wait()

        return lambda: database.retrying(work)

    assert together(cross("a", "b"), cross("b", "a")) == [None, None]
    with database.reading() as db:
        assert list(db.exec(select(Note.count))) == [2, 2]
    database.close()


def test_an_ordinary_error_is_not_tried_again(notes: Database) -> None:
    """A broken rule stays broken: the body runs once."""
    runs = []

    def work(db: Session) -> None:
        runs.append(1)
        db.add(Line(note_id=404))
        db.flush()

    with pytest.raises(IntegrityError):
        notes.retrying(work)
    assert runs == [1]


def test_a_frozen_server_is_down_in_time(postgres: Postgres, postgres_url: str) -> None:
    """A server that takes connections and says nothing is given up, pooled connection or new, and works when thawed."""
    database = Database(postgres_url, [SECRET], timeout=IMPATIENT)
    fresh = Database(postgres_url, [SECRET], timeout=IMPATIENT)
    assert database.vault and database.ping()
    with postgres.frozen():
        with pytest.raises(DatabaseDown), database.transaction() as db:
            db.connection().scalar(text("SELECT 1"))
        with pytest.raises(DatabaseDown), fresh.transaction():
            pass
        assert not database.ping()
    with database.transaction() as db:
        assert db.connection().scalar(text("SELECT 1")) == 1
    database.close()
    fresh.close()


def test_a_stopped_server_is_down_and_comes_back(postgres: Postgres, postgres_url: str) -> None:
    """While the server is stopped every turn is DatabaseDown; started again, the same object works."""
    database = Database(postgres_url, [SECRET])
    assert database.vault
    postgres.stop()
    try:
        assert not database.ping()
        with pytest.raises(DatabaseDown), database.transaction():
            pass
    finally:
        postgres.start()
    assert database.ping()
    with database.transaction() as db:
        assert db.connection().scalar(text("SELECT 1")) == 1
    database.close()


def test_a_slow_statement_is_ended_by_the_server(postgres_url: str) -> None:
    """No statement outlives the time-out."""
    database = Database(postgres_url, [SECRET], timeout=IMPATIENT)
    with pytest.raises(DatabaseDown, match="statement timeout"), database.transaction() as db:
        db.connection().execute(text("SELECT pg_sleep(60)"))
    database.close()


def test_waiting_for_a_row_ends(postgres_url: str) -> None:
    """Who waits for another's row gives up before the time-out, and says it was a lock."""
    database = make_tables(Database(postgres_url, [SECRET]))
    impatient = another(database, IMPATIENT)
    assert impatient.vault
    with database.transaction() as db:
        db.add(Note(key="a"))
    with database.transaction() as db:
        db.exec(for_update(select(Note))).one()
        with pytest.raises(DatabaseBusy, match="lock timeout"), impatient.transaction() as other:
            other.exec(for_update(select(Note))).one()
    database.close()
    impatient.close()


def socket_of(db: Session) -> int:
    """The socket of psycopg below a session on PostgreSQL."""
    raw = db.connection().connection.driver_connection
    assert isinstance(raw, Connection)
    return raw.pgconn.socket


def test_who_stood_still_inside_a_transaction_comes_back(postgres_url: str) -> None:
    """A transaction that the server undid because its process stood still runs once more, and is there once."""
    database = make_tables(Database(postgres_url, [SECRET], timeout=IMPATIENT))
    runs: list[int] = []

    def work(db: Session) -> None:
        db.add(Note(key="a"))
        db.flush()
        runs.append(len(runs))
        if len(runs) == 1:
            socket = socket_of(db)
            # The server hangs up: seen in the socket, without a question over the network.
            until(lambda: select_module.select([socket], [], [], 0)[0], "the server has hung up")
            db.exec(select(Note)).all()

    database.retrying(work)
    assert (runs, keys_of(database)) == ([0, 1], ["a"])
    database.close()


def test_who_waited_through_a_silence_does_not_try_it_too(sqlite_url: str) -> None:
    """When the database is found silent by those inside, those who wait for a turn give up with them."""
    database = Database(sqlite_url, [SECRET], timeout=60)
    assert database.vault

    def ask() -> None:
        with database.transaction():
            pass

    def fall_silent() -> None:
        with database._writers.passing(0):
            holds.set()
            until(database._writers.waiting, "somebody waits for a turn")
            database._down(ConnectionTimeout("no answer"))

    holds = threading.Event()
    inside = threading.Thread(target=fall_silent)
    inside.start()
    holds.wait(60)
    with pytest.raises(DatabaseDown, match="fell silent while we waited"):
        ask()
    inside.join()
    ask()
    database.close()


def test_nobody_starves_behind_the_pool(postgres_url: str) -> None:
    """Many more turns at once than connections: each gets its turn, in order, before it would give up."""
    database = make_tables(Database(postgres_url, [SECRET]))

    def twenty() -> None:
        for _ in range(20):
            with database.transaction() as db:
                db.exec(select(Note)).all()

    assert together(*[twenty] * 32) == [None] * 32
    database.close()


def test_the_turnstile_has_so_many_seats() -> None:
    """As many as there are seats pass at once, and the next one waits."""
    turnstile = Turnstile(2)
    with turnstile.passing(0), turnstile.passing(0), pytest.raises(TurnstileBusy), turnstile.passing(0):
        pass
    with turnstile.passing(0), turnstile.passing(0):
        pass


def test_an_empty_pool_is_down(postgres_url: str) -> None:
    """When all connections are taken, the next turn is DatabaseDown in time."""
    database = Database(postgres_url, [SECRET], timeout=IMPATIENT)
    assert database.vault
    taken = [database._engine.connect() for _ in range(sum(POOL.values()))]
    with pytest.raises(DatabaseDown), database.transaction():
        pass
    for connection in taken:
        connection.close()
    database.close()


def test_transactions_are_read_committed(postgres_url: str) -> None:
    """PostgreSQL runs with the isolation that the design counts on, whatever the server's default."""
    database = Database(postgres_url, [SECRET])
    with database.transaction() as db:
        assert db.connection().scalar(text("SHOW transaction_isolation")) == "read committed"
    database.close()


# --- statements


def test_insert_once_inserts_once(notes: Database) -> None:
    """The second insert of the same key changes nothing and says so; defaults are filled in."""
    with notes.transaction() as db:
        assert insert_once(db, Note, {"key": "a", "body": "first"}, ["key"])
        assert not insert_once(db, Note, {"key": "a", "body": "second"}, ["key"])
        note = db.exec(select(Note)).one()
        assert (note.body, note.count) == ("first", 0)


def test_of_many_at_once_one_inserts(notes: Database) -> None:
    """Two webhooks in the same instant: one is the first, and the other can read what the first wrote."""
    said: list[tuple[bool, str | None]] = []

    def claim() -> None:
        with notes.transaction() as db:
            first = insert_once(db, Note, {"key": "SM1", "body": "hello"}, ["key"])
            said.append((first, db.exec(select(Note.body)).one()))

    assert together(*[claim] * 6) == [None] * 6
    assert sorted(said) == [(False, "hello")] * 5 + [(True, "hello")]


def test_insert_once_sees_what_the_session_holds(notes: Database) -> None:
    """A row that waits in the session is written before the one that refers to it."""
    with notes.transaction() as db:
        note = Note(id=7, key="a")
        db.add(note)
        assert insert_once(db, Line, {"id": 1, "note_id": 7}, ["id"])


def test_a_locked_row_is_skipped(postgres_url: str) -> None:
    """Two replicas that claim due rows never get the same one, and do not wait for each other."""
    database = make_tables(Database(postgres_url, [SECRET]))
    with database.transaction() as db:
        db.add_all([Note(key="a"), Note(key="b")])
    query = for_update(select(Note.key).order_by(Note.key).limit(1), skip_locked=True)
    replica = another(database)
    with database.transaction() as one, replica.transaction() as two:
        assert [one.exec(query).one(), two.exec(query).one()] == ["a", "b"]
    database.close()
    replica.close()


def test_a_locked_row_is_read_afresh(postgres_url: str) -> None:
    """What another changed after our first look is seen once we hold the lock, and is not written over."""
    database = make_tables(Database(postgres_url, [SECRET]))
    with database.transaction() as db:
        db.add(Note(key="a", body="old"))
    replica = another(database)
    with database.transaction() as ours:
        looked = ours.exec(select(Note)).one()
        with replica.transaction() as theirs:
            theirs.exec(select(Note)).one().body = "new"
        assert looked.body == "old"
        looked.count = 5
        assert ours.exec(for_update(select(Note))).one() is looked
        assert (looked.body, looked.count) == ("new", 5)
    database.close()
    replica.close()


def test_others_may_refer_to_a_locked_row(postgres_url: str) -> None:
    """Holding a contact does not stop another transaction from adding a row that belongs to it."""
    database = make_tables(Database(postgres_url, [SECRET]))
    with database.transaction() as db:
        db.add(Note(id=1, key="a"))
    replica = another(database)
    with database.transaction() as one:
        one.exec(for_update(select(Note))).one()
        with replica.transaction() as two:
            two.add(Line(note_id=1))
    with database.reading() as db:
        assert [line.note_id for line in db.exec(select(Line))] == [1]
    database.close()
    replica.close()


def test_locking_a_row_is_no_error_on_sqlite(sqlite_url: str) -> None:
    """The same query runs on SQLite, where the transaction holds the lock already."""
    database = make_tables(Database(sqlite_url, [SECRET]))
    with database.transaction() as db:
        assert db.exec(for_update(select(Note), skip_locked=True)).all() == []
    database.close()


def test_many_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    """SQLite refuses all but one of those that switch a new file to WAL together: none of ours notices."""
    for round_ in range(20):
        databases = [Database(f"sqlite:///{tmp_path}/{round_}.db", [SECRET]) for _ in range(6)]
        answers: list[bool] = []
        together(*[lambda each=each, answers=answers: answers.append(each.ping()) for each in databases])
        assert answers == [True] * len(databases)
        for each in databases:
            each.close()
