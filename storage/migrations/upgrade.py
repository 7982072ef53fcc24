"""Bring a database to a version of the tables, in one transaction, one replica at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, text

from storage.engines.choice import migration_engine

HERE = Path(__file__).parent
# Any number, as long as nothing else on the server uses it: the advisory lock of our migrations.
LOCK = 4_821_911


def upgrade(url: URL, timeout: float, revision: str = "head") -> None:
    """Apply what is missing up to the revision."""
    engine = migration_engine(url, timeout)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            command.upgrade(alembic_config(connection), revision)
    finally:
        engine.dispose()


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
