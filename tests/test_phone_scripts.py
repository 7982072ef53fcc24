"""Phone scripts: what people do is played against the real product, and all that phones hear must be as written."""

import os
from pathlib import Path

import pytest

from flows.library import Library
from tests.house import center, house

SCRIPTS = sorted((Path(__file__).parent / "phone_scripts").glob("*.txt"))
UPDATE = os.environ.get("UPDATE") == "1"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_it_goes_as_written(script: Path, library: Library, database_url: str, record: Path) -> None:
    """Every conversation in phone_scripts goes exactly as it stands there, on both databases."""
    text = script.read_text(encoding="utf-8") if script.exists() else ""
    with house(library, database_url, record, center()) as at:
        played = at.player().play(text)
        assert at.desk.problems == []
    if UPDATE:
        script.write_text(played, encoding="utf-8")
    assert played == text or UPDATE


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_it_says_its_rule(script: Path) -> None:
    """A script begins with its rule in one sentence, and something comes of it."""
    lines = script.read_text(encoding="utf-8").splitlines()

    assert lines[0].startswith("# ")
    assert lines[0].endswith(".")
    assert any(" gets: " in line or " rings" in line for line in lines)
