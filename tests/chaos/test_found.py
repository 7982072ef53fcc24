"""Schedules that once broke a law: none of them does any more."""

from pathlib import Path

import pytest

from tests.chaos.playhouse import Playhouse
from tests.chaos.run import run, seed_in
from tests.chaos.step import read_script

FOUND = sorted((Path(__file__).parent / "found").glob("*.txt"))


@pytest.mark.parametrize("script", FOUND, ids=lambda path: path.stem)
def test_it_breaks_no_law(script: Path, playhouse: Playhouse) -> None:
    """A schedule that was found to break a law is played to its quiet end, and all laws hold."""
    text = script.read_text(encoding="utf-8")

    assert run(playhouse, seed_in(text), read_script(text)) is None
