"""What the tests of this room share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.library import Library
from tests.house import House, house


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    """A house on each kind of database."""
    with house(library, database_url, record) as made:
        yield made
