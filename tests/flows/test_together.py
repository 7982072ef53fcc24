"""Signs together: naming one more never lowers what the first one gave, whatever the words between them deny.

Every pair: `ALL=1 pytest tests/flows/test_together.py`; else each sign with a few others.
"""

import os
from itertools import product

import pytest

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Level
from tests.dangers import DANGERS, DOUBTS

NAMED = tuple((text, one.level) for one in (*DANGERS, *DOUBTS) for text in (one.en, one.es))
STEP = 1 if os.environ.get("ALL") else 13
PAIRS = tuple(product(NAMED, NAMED))[::STEP]


@pytest.mark.parametrize("between", [". ", ", "])
def test_a_second_sign_never_lowers_the_first(lexicon: Lexicon, between: str) -> None:
    """Two signs in one text give at least the higher of their levels: "I don't feel well" denies nothing after it."""
    for (first, one), (second, other) in PAIRS:
        reading = read(first + between + second, lexicon)
        level = triage(reading.evidence, Circumstances(), reading).level
        assert level is not None, first + between + second
        assert level >= max(one, other), first + between + second


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("i don't feel well, i have a plan to kill myself", Level.EMERGENCY),
        ("no me siento bien, estoy muy mareado", Level.URGENT),
        ("no pee for 10 hours and confused", Level.EMERGENCY),
        ("no encuentra las palabras, veo doble", Level.EMERGENCY),
        ("no fever, no chills, not confused", None),
        ("no tiene fiebre ni escalofríos ni está confundido", None),
    ],
)
def test_a_no_that_belongs_to_a_sign_is_spent(text: str, level: Level | None, lexicon: Lexicon) -> None:
    """The "no" of "no pee" denies nothing else; the "no" of "no fever or chills" denies the list."""
    reading = read(text, lexicon)
    assert triage(reading.evidence, Circumstances(), reading).level == level
