"""Doers: whether what has a sign is a thing, a team or a town, which has no body (`the boiler had a heart attack`)."""

from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import COMMA, Token

# Who has no body of ours, by kinds; what shows that one of ours is meant after all; what names a body and means none.
THINGS = ("doer", "maquina", "planta", "comida", "ente")
CREATURES = ("equipo", "bicho")
NAMED = ("somebody", "done_to")
DOERS = (*((name, (*NAMED, "embodied")) for name in THINGS), *((name, NAMED) for name in CREATURES))
BEFORE_DOERS = ("before_doer", *THINGS, *CREATURES)
BODILESS = "bodiless"
DOER_REACH = 6


def of_a_thing(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`the Dodgers choked again`, `the coffee is weak`: who does it has no body, and nobody who has one is named."""
    doers = [(name, bars) for name, bars in DOERS if holds(ground, name, (sentence[0], span[1]))]
    if not doers:
        return False
    start, end = thought(span, words, ground, sentence)
    return any(
        start <= left
        and right <= span[1]
        and _leads((start, left), ground)
        and _does(right, span, ground)
        and not any(_bars(barred, (right, end), ground) for barred in bars)
        for name, bars in doers
        for left, right in ground.spans.get(name, ())
    )


def thought(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> Span:
    """The words around a sign up to a comma or an "and"."""
    start, end = span
    while start > sentence[0] and not _parts(start, words, ground):
        start -= 1
    while end < sentence[1] and not _parts(end, words, ground):
        end += 1
    return (start, end)


def _parts(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """A "so" of degree ends no thought: `the coffee is so weak that it can't stand`."""
    word = (at, at + 1)
    ends = covered(word, "thought_end", ground) and not covered(word, "degree", ground)
    return words[at].pause >= COMMA or ends


def _leads(within: Span, ground: Ground) -> bool:
    """Whether all that stands before a doer in its thought is its owner, its kind, or who tells of it."""
    return all(any(covered((at, at + 1), name, ground) for name in BEFORE_DOERS) for at in range(*within))


def _does(right: int, span: Span, ground: Ground) -> bool:
    """Whether the verb of the sign is that of the doer who ends at `right`, and no word that stands beside it."""
    if span[0] - right <= DOER_REACH and holds(ground, "doer_verb", (right, span[1])):
        return True
    return right <= span[0] and covered((right, right + 1), "fails", ground)


def _bars(concept: str, within: Span, ground: Ground) -> bool:
    """Whether a body or a person is named there (not: `quit on us`, `had a heart attack`)."""
    return any(
        within[0] <= left and right <= within[1] and not covered((left, right), BODILESS, ground)
        for left, right in ground.spans.get(concept, ())
    )
