"""What the tests of the inner room share."""

from pathlib import Path

import pytest

from flows.screen.lexicon import Lexicon, parse

CONTENT = Path(__file__).parents[2] / "flows" / "content"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return parse({path.name: path.read_text("utf-8") for path in sorted(CONTENT.glob("lexicon*.toml"))})
