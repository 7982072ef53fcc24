"""Bring a database to a version of the tables, in one transaction, one replica at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from storage.engines.choice import migration_engine

HERE = Path(__file__).parent
# Any number, as long as nothing else on the server uses it: the advisory lock of our migrations.
LOCK = 4_821_911


class BrokenReferences(Exception):
    """A migration on SQLite left rows that refer to nothing; it was undone."""


def upgrade(url: URL, revision: str = "head") -> None:
    """Apply what is missing up to the revision."""
    engine = migration_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            command.upgrade(alembic_config(connection), revision)
            _check_references(connection)
    finally:
        engine.dispose()


def is_newest(connection: Connection) -> bool:
    """Whether the database has the tables that this program knows, no fewer and no more."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == newest


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def _check_references(connection: Connection) -> None:
    # SQLite does not enforce them while tables are rebuilt.
    if connection.dialect.name != "sqlite":
        return
    broken = {row[0] for row in connection.execute(text("PRAGMA foreign_key_check"))}
    if broken:
        raise BrokenReferences(f"rows that refer to nothing in {', '.join(sorted(broken))}")
