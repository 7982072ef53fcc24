"""The SQLite engine: WAL, durable commits, foreign keys, and transactions that take the write lock at once."""

from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event

READING = "helpline_reading"
# How many at a time; the pool has a few connections more, for the question whether the database is there.
WRITERS, READERS, SPARE = 1, 10, 5
# A migration may wait for another one; nobody's message waits for it.
MIGRATION_TIMEOUT = 60.0
# Seconds: how long to try to switch a file that others are opening, and how long to pause between.
WAL_PATIENCE, WAL_PAUSE = 1.0, 0.005


def sqlite_engine(url: URL, timeout: float) -> Engine:
    """An engine that touches no disk before its first connection."""
    engine = create_engine(
        url,
        pool_size=WRITERS + READERS,
        max_overflow=SPARE,
        pool_timeout=timeout,
        hide_parameters=True,
        connect_args=_driver(timeout),
    )
    event.listen(engine, "do_connect", _make_folder)
    event.listen(engine, "connect", _set_durable)
    event.listen(engine, "connect", _enforce_keys)
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_migration_engine(url: URL) -> Engine:
    """One connection for a migration: foreign keys are off, since a rebuilt table drops its old self."""
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=_driver(MIGRATION_TIMEOUT))
    event.listen(engine, "do_connect", _make_folder)
    event.listen(engine, "connect", _set_durable)
    event.listen(engine, "begin", _begin)
    return engine


def _driver(timeout: float) -> dict[str, Any]:
    # isolation_level None: Python's sqlite3 would otherwise begin transactions on its own, too late and deferred.
    return {"timeout": timeout, "isolation_level": None}


def _make_folder(_dialect: Any, _record: Any, arguments: list[Any], _parameters: Any) -> None:
    # When and how bad is not encrypted: others on this machine have no business in the folder.
    Path(arguments[0]).parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _set_durable(connection: Any, _record: Any) -> None:
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous=FULL")


def _switch_to_wal(connection: Any) -> None:
    # Of several that open a new file, all but one are told "locked" here at once, without SQLite's usual waiting.
    give_up = monotonic() + WAL_PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except OperationalError:
            if monotonic() > give_up:
                raise
            sleep(WAL_PAUSE)


def _enforce_keys(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get(READING, False)
    # Straight to the driver: this is on the way of every message.
    connection.connection.cursor().execute(f"PRAGMA query_only={'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
