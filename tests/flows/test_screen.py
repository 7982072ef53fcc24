"""The screen: danger signs in the words that people use, in English, Spanish and both."""

from pathlib import Path

import pytest

from flows.screen.lexicon import Lexicon, parse
from flows.screen.read import read
from flows.triage import Circumstances, Disposition, triage
from flows.words import Level

CONTENT = Path(__file__).parents[2] / "flows" / "content"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return parse({path.name: path.read_text("utf-8") for path in sorted(CONTENT.glob("lexicon*.toml"))})


def said(text: str, lexicon: Lexicon, day: int | None = None) -> Disposition:
    """What the rules say to a text."""
    reading = read(text, lexicon)
    return triage(reading.evidence, Circumstances(day=day), reading)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my dad has 102 fever and hes talking gibberish", Level.EMERGENCY),
        ("no fever but she can't find her words", Level.URGENT),
        ("tiene calentura pero ya se le quitó con pastilla", Level.URGENT),
        ("he finally stopped shaking, sleeping now, can't get him up", Level.EMERGENCY),
        ("bleeding won't stop", Level.EMERGENCY),
        ("can't stop shaking", Level.URGENT),
        ("911", Level.EMERGENCY),
    ],
)
def test_danger_is_found(text: str, level: Level, lexicon: Lexicon) -> None:
    """A danger sign gets at least its level from the table, whatever stands around it."""
    found = said(text, lexicon).level
    assert found is not None and found >= level


@pytest.mark.parametrize("text", ["confused about my bill", "thank you so much", "no fever no chills", "STOP"])
def test_ordinary_texts_stay_quiet(text: str, lexicon: Lexicon) -> None:
    """An ordinary text, a denial or an opt-out pages nobody."""
    assert said(text, lexicon).level is None
