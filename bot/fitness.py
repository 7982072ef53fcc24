"""Whether content is fit: its words, and whether the lexicon reads its own examples as they say."""

from datetime import date

from bot.shelf import Documents, make_library
from flows.catalog import parse as parse_catalog
from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read


def misread_in(documents: Documents, today: date) -> list[str]:
    """Every example that the lexicon of this content does not keep to; takes some seconds.

    Raises one of UNFIT where the content cannot be used at all.
    """
    parse_catalog(documents, today=today)
    return misread(make_library(documents).lexicon)


def misread(lexicon: Lexicon) -> list[str]:
    """Every example that the lexicon does not keep to, one line each."""
    wrong = []
    for one in lexicon.examples:
        found = {e.sign for e in read(one.text, lexicon).evidence if e.scope is Scope.present}
        if (one.sign in found) != one.found:
            wrong.append(f"{'must' if one.found else 'must not'} find {one.sign}: {one.text}")
    return wrong
