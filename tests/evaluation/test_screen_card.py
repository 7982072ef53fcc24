"""The scorecard of the screen is fresh, and the figures hold what was promised of them."""

import os
from functools import cache
from pathlib import Path

import pytest

from flows.screen.lexicon import Lexicon, parse
from tests.evaluation.screen_card import Phrase, card, paged, phrases, spliced

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scorecard.md"
FLOOR = 0.97


@pytest.fixture(scope="module")
def found() -> list[Phrase]:
    """The examination phrases with what they gave."""
    return phrases(shipped())


@pytest.fixture(scope="module")
def blind() -> list[Phrase]:
    """The blind phrases with what they gave."""
    lexicon = shipped()
    return [one for name in ("phrases_blind_en.tsv", "phrases_blind_es.tsv") for one in phrases(lexicon, name)]


@pytest.fixture(scope="module")
def second() -> list[Phrase]:
    """The second blind phrases with what they gave."""
    lexicon = shipped()
    return [one for name in ("phrases_second_en.tsv", "phrases_second_es.tsv") for one in phrases(lexicon, name)]


@cache
def shipped() -> Lexicon:
    content = sorted((ROOT / "flows" / "content").glob("lexicon*.toml"))
    return parse({path.name: path.read_text("utf-8") for path in content})


def share(found: list[Phrase], want: str, good: tuple[str, ...]) -> float:
    chosen = [one for one in found if one.want == want]
    return sum(one.got in good for one in chosen) / len(chosen)


def test_card_is_fresh(found: list[Phrase], blind: list[Phrase], second: list[Phrase]) -> None:
    """docs/scorecard.md shows what the screen gives today."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    fresh = spliced(page, card(found, blind, second))
    if os.environ.get("UPDATE"):
        PAGE.write_text(fresh, "utf-8")
        page = fresh
    assert page == fresh


def test_floor_of_the_figures(found: list[Phrase]) -> None:
    """The examination doesn't fall below what was reached."""
    assert share(found, "page", ("urgent", "emergency")) >= 0.85
    assert share(found, "emergency", ("urgent", "emergency")) >= 0.95
    assert sum(paged(one) for one in found if one.want == "quiet") <= 5


def test_floor_of_the_blind_phrases(blind: list[Phrase]) -> None:
    """What was learnt from the blind phrases isn't lost: paged, and not passed over, in either language."""
    for language in ("en", "es"):
        page = [one for one in blind if one.language == language and one.want in ("page", "emergency")]
        assert sum(paged(one) for one in page) / len(page) >= FLOOR
        assert sum(one.got != "none" for one in page) / len(page) >= FLOOR


def test_floor_of_the_second_blind_phrases(second: list[Phrase]) -> None:
    """What the second set reached isn't lost, and nine in ten of its signs page in either language."""
    for language in ("en", "es"):
        page = [one for one in second if one.language == language and one.want in ("page", "emergency")]
        assert sum(paged(one) for one in page) / len(page) >= 0.92
        assert sum(one.got != "none" for one in page) / len(page) >= 0.95
