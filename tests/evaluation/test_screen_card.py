"""The scorecard of the screen is fresh, and the figures hold what was promised of them."""

import os
from functools import cache
from pathlib import Path

import pytest

from flows.screen.lexicon import Lexicon, parse
from tests.evaluation.screen_card import TOLD, Phrase, card, paged, phrases, spliced

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "scorecard.md"
# Of each blind set: how many of its signs page, and how many are not passed over.
FLOORS = (
    ("blind", 0.97, 0.97),
    ("second", 0.95, 0.97),
    ("third", 0.94, 0.96),
    ("fourth", 0.95, 0.97),
    ("fifth", 0.96, 0.97),
)


@pytest.fixture(scope="module")
def found() -> list[Phrase]:
    """The examination phrases with what they gave."""
    return phrases(shipped())


@pytest.fixture(scope="module")
def blind() -> dict[str, list[Phrase]]:
    """The blind phrases with what they gave, by set."""
    lexicon = shipped()
    return {
        name: [one for language in ("en", "es") for one in phrases(lexicon, f"phrases_{name}_{language}.tsv")]
        for name in TOLD
    }


@cache
def shipped() -> Lexicon:
    content = sorted((ROOT / "flows" / "content").glob("lexicon*.toml"))
    return parse({path.name: path.read_text("utf-8") for path in content})


def share(found: list[Phrase], want: str, good: tuple[str, ...]) -> float:
    chosen = [one for one in found if one.want == want]
    return sum(one.got in good for one in chosen) / len(chosen)


def test_card_is_fresh(found: list[Phrase], blind: dict[str, list[Phrase]]) -> None:
    """docs/scorecard.md shows what the screen gives today."""
    page = PAGE.read_text("utf-8") if PAGE.exists() else ""
    fresh = spliced(page, card(found, blind))
    if os.environ.get("UPDATE"):
        PAGE.write_text(fresh, "utf-8")
        page = fresh
    assert page == fresh


def test_floor_of_the_figures(found: list[Phrase]) -> None:
    """The examination doesn't fall below what was reached."""
    assert share(found, "page", ("urgent", "emergency")) >= 0.95
    assert share(found, "emergency", ("urgent", "emergency")) >= 0.95
    assert sum(paged(one) for one in found if one.want == "quiet") <= 5


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("name", "paging", "seen"), FLOORS)
def test_floor_of_the_blind_phrases(
    blind: dict[str, list[Phrase]], name: str, paging: float, seen: float, language: str
) -> None:
    """What was learnt from the blind phrases isn't lost: paged, and not passed over, in either language."""
    page = [one for one in blind[name] if one.language == language and one.want in ("page", "emergency")]
    assert sum(paged(one) for one in page) / len(page) >= paging
    assert sum(one.got != "none" for one in page) / len(page) >= seen
