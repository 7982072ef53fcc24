"""Grammar: what is denied, asked, dated, taught, told or a figure of speech is no sign; the same words meant are."""

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from tests.flows.told_en import TOLD_EN
from tests.flows.told_es import TOLD_ES

ROWS = [
    pytest.param(*row, id=f"{kind}: {row[0]}")
    for told in (TOLD_EN, TOLD_ES)
    for kind, rows in told.items()
    for row in rows
]


def present(text: str, lexicon: Lexicon) -> set[str]:
    """The signs that a text says are there now."""
    return {one.sign for one in read(text, lexicon).evidence if one.scope == Scope.present}


@pytest.mark.parametrize(("quiet", "live", "sign"), ROWS)
def test_grammar_hides_no_sign(quiet: str, live: str, sign: str, lexicon: Lexicon) -> None:
    """What only seems to be said is no sign; the same words meant are."""
    assert sign not in present(quiet, lexicon)
    assert sign in present(live, lexicon)
