"""The migrations make exactly the tables that the program uses, from every version, on both databases."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlmodel import SQLModel

import storage.keyring
import storage.tables
from storage.database import Database
from storage.engines.choice import migration_engine, normal_url
from storage.migrations.upgrade import alembic_config, upgrade
from tests.conftest import SECRET
from tests.postgres import Postgres

ROOT = Path(__file__).parent.parent.parent
VERSIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.db"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.new()
    yield server.url(name)
    server.drop(name)


def differences(url: str) -> list[object]:
    """What autogenerate would still change in this database."""
    engine = migration_engine(normal_url(url))
    with engine.connect() as connection:
        found = list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))
    engine.dispose()
    return found


def test_the_migrated_tables_are_the_programs_tables(database_url: str) -> None:
    """Nothing is missing, and nothing is there that no table asks for."""
    assert storage.keyring and storage.tables
    assert differences(database_url) == []


def test_there_is_one_line_of_versions() -> None:
    """The versions are numbered from 0001 without a gap, and have one head."""
    assert [f"{number:04}" for number in range(1, len(VERSIONS) + 1)] == VERSIONS
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_can_be_upgraded(bare_url: str, version: str) -> None:
    """A database left at any version comes to the newest one, and works."""
    upgrade(normal_url(bare_url), version)
    database = Database(bare_url, [SECRET])
    database.migrate()
    with database.transaction():
        pass
    database.close()
    assert differences(bare_url) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    """A start on a database that is up to date leaves it alone, keys included."""
    before = database.vault.lookup("x")
    database.migrate()
    again = Database(database.url.render_as_string(hide_password=False), [SECRET])
    assert again.vault.lookup("x") == before
    again.close()


def test_two_replicas_may_migrate_at_once(bare_url: str) -> None:
    """Replicas that start together on an empty database all come up."""
    replicas = [Database(bare_url, [SECRET]) for _ in range(4)]
    barrier, up = threading.Barrier(len(replicas)), []

    def start(replica: Database) -> None:
        barrier.wait()
        replica.migrate()
        with replica.transaction():
            up.append(True)

    threads = [threading.Thread(target=start, args=(replica,)) for replica in replicas]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for replica in replicas:
        replica.close()
    assert up == [True] * len(replicas)
    assert differences(bare_url) == []


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare_url: str) -> None:
    """All of a migration or none: after an unknown version nothing was made."""
    with pytest.raises(Exception, match="9999"):
        upgrade(normal_url(bare_url), "9999")
    engine = migration_engine(normal_url(bare_url))
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_every_constraint_has_a_name() -> None:
    """What has a name can be changed by a later migration, on both databases."""
    nameless = [
        f"{table.name}: {constraint}"
        for table in SQLModel.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []


def test_the_migration_tool_writes_what_the_databases_see() -> None:
    """Versions do not import our column types, which may change after them."""
    written = [path.read_text(encoding="utf-8") for path in (ROOT / "storage/migrations/versions").glob("*.py")]
    assert written and not any("storage." in text or "sqlmodel" in text for text in written)


def test_the_migration_tool_says_how_it_is_used() -> None:
    """Without a message it writes nothing and shows the one line of help."""
    done = subprocess.run(
        [sys.executable, ROOT / "tools/make_migration.py"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "usage: make_migration.py MESSAGE\n")
