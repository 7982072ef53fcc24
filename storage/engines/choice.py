"""Which engine belongs to which database URL."""

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError

from storage.engines.postgres import SEATS, postgres_engine, postgres_migration_engine
from storage.engines.sqlite import READERS, READING, WRITERS, sqlite_engine, sqlite_migration_engine
from storage.engines.turnstile import Turnstile

WANTED = "use sqlite:///PATH or postgresql+psycopg://…"


class UnknownDatabase(ValueError):
    """A database URL that is neither SQLite in a file nor PostgreSQL."""


def normal_url(url: str) -> URL:
    """The URL with the driver that we use; `postgres://` and `postgresql://` mean the same."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # The URL itself may hold a password.
        raise UnknownDatabase(f"{WANTED}, and this is no URL of a database") from None
    name = parsed.get_backend_name()
    if name == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed
    if name in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    raise UnknownDatabase(f"{WANTED}, not {name}")


def make_engine(url: URL, timeout: float) -> Engine:
    """The engine for transactions."""
    make = sqlite_engine if url.get_backend_name() == "sqlite" else postgres_engine
    return make(url, timeout)


def reading_engine(engine: Engine) -> Engine:
    """The same engine and pool, for reading alone."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READING: True})
    return engine.execution_options(postgresql_readonly=True)


def turnstiles(url: URL) -> tuple[Turnstile, Turnstile]:
    """Where writers and readers queue: on SQLite apart, one writer; on PostgreSQL together, for a connection."""
    if url.get_backend_name() == "sqlite":
        return Turnstile(WRITERS), Turnstile(READERS)
    together = Turnstile(SEATS)
    return together, together


def migration_engine(url: URL) -> Engine:
    """The engine for a migration."""
    make = sqlite_migration_engine if url.get_backend_name() == "sqlite" else postgres_migration_engine
    return make(url)
