"""The databases of the tests: every test that asks for one runs on SQLite and on a real PostgreSQL."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.shelf import make_library
from flows.library import Library
from main import read_content
from storage.database import Database
from tests.postgres import Postgres

SECRET = "only for tests: thirty-two characters or more"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process; if it cannot start, they fail, and are not skipped."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The name of a migrated database, to be copied."""
    name = postgres.new()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "helpline.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def library() -> Library:
    """The content, read once."""
    return make_library(read_content())


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Path:
    """Where the desk of this test writes what it saw; kept after the run, to be checked from outside."""
    name = re.sub(r"[^A-Za-z0-9_]+", "-", request.node.nodeid.rpartition("/")[2])[:120].strip("-")
    folder = Path(os.environ.get("HELPLINE_DATA_DIR", "build")) / "desk"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.unlink(missing_ok=True)
    # What a run that failed has left there would count as a repeat.
    shutil.rmtree(path.with_suffix(".spool"), ignore_errors=True)
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """An empty, migrated SQLite database."""
    path = tmp_path / "helpline.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Postgres, postgres_template: str) -> Iterator[str]:
    """An empty, migrated PostgreSQL database."""
    name = postgres.new(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty, migrated database: the test runs once on each kind."""
    fixture = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(fixture)
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """The same, opened."""
    opened = Database(database_url, [SECRET], timeout=15)
    yield opened
    opened.close()


def _migrate(url: str) -> None:
    database = Database(url, [SECRET])
    database.migrate()
    database.close()
