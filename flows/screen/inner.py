"""Denials that stand between the words of a sign, and how they go with its verb."""

from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered
from flows.screen.tokens import Token


def denied_within(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`extremities: no swelling`, `la lengua normal, no se hinchó`: the denial stands between the words of the sign."""
    return any(
        _denies(name, (left, right), span[1] - 1, words, ground)
        for name in ("denial", "not", "denies_verb")
        for left, right in ground.spans.get(name, ())
        if span[0] < left and right < span[1] and not covered((left, right), "not_a_denial", ground)
    )


def _denies(name: str, denial: Span, last: int, words: Sequence[Token], ground: Ground) -> bool:
    if name == "denies_verb":
        return _denies_last(*denial, last, words, ground)
    return _leads(denial, words, ground)


def _leads(denial: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether a denial leads to what follows (not: `borrosa no, doble`, `no entiende los días`)."""
    left, right = denial
    while right < len(words) and words[right].pause == 0 and covered((right, right + 1), "clitic", ground):
        right += 1
    if right >= len(words) or words[right].pause:
        return False
    return words[left].text != "no" or not covered((right, right + 1), "other_verb", ground)


def _denies_last(left: int, right: int, last: int, words: Sequence[Token], ground: Ground) -> bool:
    """Whether it denies the last word of a sign, and leads to no thought of its own (`sed que no se calma`)."""
    return not covered((left - 1, left), "front_bar", ground) and at_once(right, last, words, ground)


def at_once(start: int, end: int, words: Sequence[Token], ground: Ground) -> bool:
    """Whether nothing stands between a denial and the word at `end` but what goes with its verb."""
    light = all(words[at].pause == 0 and covered((at, at + 1), "light_verb", ground) for at in range(start, end))
    return light and words[end].pause == 0
