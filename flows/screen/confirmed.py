"""Confirmations: what was only asked about, taught or of old, and is said right after to be there now."""

from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered
from flows.screen.tokens import STOP, Token

LEAD = 3


def confirmed(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`call if he is confused. He is`, `seizures as a kid and this one isn't stopping`; not: `and what if he does?`."""
    return any(
        _follows((left, right), span, words, sentence) and _says_so((left, right), words, ground, alone)
        for name, alone in (("confirms", False), ("confirms_alone", True))
        for left, right in ground.spans.get(name, ())
    )


def _follows(told: Span, span: Span, words: Sequence[Token], sentence: Span) -> bool:
    """Whether it stands after the sign in its sentence, or at the beginning of the next one."""
    left, right = told
    if span[1] <= left and right <= sentence[1]:
        return True
    within = not any(words[at].pause >= STOP for at in range(sentence[1] + 1, right))
    return sentence[1] <= left <= sentence[1] + LEAD and within


def _says_so(told: Span, words: Sequence[Token], ground: Ground, alone: bool) -> bool:
    """Whether it is neither supposed nor asked, and where it must, ends its thought (not: `he does yoga`)."""
    left, right = told
    if covered((left - 1, left), "condition", ground) or words[left].asked:
        return False
    return not alone or right == len(words) or words[right].pause > 0
