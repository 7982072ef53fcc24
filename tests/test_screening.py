"""The screen on the command line: JSON lines in, JSON lines out, never a crash."""

import json
from pathlib import Path

import pytest

from bot.screening import screen_lines
from flows.screen.lexicon import Lexicon, parse

CONTENT = Path(__file__).parents[1] / "flows" / "content"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """The shipped lexicon."""
    return parse({path.name: path.read_text("utf-8") for path in sorted(CONTENT.glob("lexicon*.toml"))})


def test_each_line_is_answered_in_order(lexicon: Lexicon) -> None:
    """Every line gets one object with its id, level, signs and opt-out; a blank line gets none."""
    asked = [
        {"id": 1, "text": "seizure", "language": "en"},
        {"id": "b", "text": "gracias", "day": 12},
        {"id": 3, "text": "STOP"},
        {"id": 4, "text": "help"},
        {"id": 5, "text": "tired", "day": 400},
    ]
    lines = [json.dumps(asked[0]), "", *map(json.dumps, asked[1:])]
    said = [json.loads(line) for line in screen_lines(lines, lexicon)]
    assert [one["id"] for one in said] == [1, "b", 3, 4, 5]
    assert [one["level"] for one in said] == ["emergency", "none", "none", "ask", "same_day"]
    assert said[0]["signs"] == ["seizure"]
    assert [one["opt_out"] for one in said] == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("not json", "not a JSON object"),
        ("[1]", "needs a text"),
        ('{"id": 1}', "needs a text"),
        ('{"id": 1, "text": "x", "day": "soon"}', "day: not a whole number"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_bad_lines_are_answered_with_their_fault(line: str, error: str, lexicon: Lexicon) -> None:
    """A line that can't be read is answered with what is wrong with it."""
    (said,) = screen_lines([line], lexicon)
    assert json.loads(said)["error"] == error
