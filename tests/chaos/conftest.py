"""One playhouse for all schedules of a process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.library import Library
from tests.chaos.playhouse import FOLDER, Playhouse


@pytest.fixture(scope="session")
def playhouse(library: Library, sqlite_template: Path) -> Iterator[Playhouse]:
    """Made once: its engine keeps what it has compiled."""
    with tempfile.TemporaryDirectory(prefix="chaos-", dir=FOLDER) as folder:
        yield Playhouse(library, sqlite_template, Path(folder))
