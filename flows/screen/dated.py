"""Dates: a sign whose time, long ago, is told in the sentence after it."""

from collections.abc import Iterable, Sequence

from flows.screen.past import FIRST_YEAR, LAST_YEAR, TOLD, said
from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import STOP, Token

DATE_REACH, LEAD, TAIL = 4, 2, 3
OLDEST_SAID = 30


def dated_after(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`I had a seizure once. That was in 1994.`: unless its own sentence says that it is there now."""
    if sentence[1] >= len(words) or said(ground, "now", sentence, sentence) or said(ground, "again", sentence, span):
        return False
    if holds(ground, "present_verb", (sentence[0], span[1])):
        return False
    following = (sentence[1], _end(sentence[1], words))
    return _dates(following, words, ground) or _dated_alone(following, words, ground)


def _dates(sentence: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`that was two years ago`, `it must have been 1956`, `I was nineteen`; not: `that was how it began in 2015`."""
    for left, right in ground.spans.get("dates_back", ()):
        if sentence[0] <= left <= sentence[0] + 1:
            for start, _ in _times(sentence, words, ground):
                if left <= start <= right + DATE_REACH and not holds(ground, "comparing", (right, start)):
                    return True
    return any(left == sentence[0] and _age(right, sentence, words, ground) for left, right in _were(ground))


def _dated_alone(sentence: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`Fifteen years ago now.`, `1975 or so.`: a sentence that is a time and nothing else."""
    return any(
        left <= sentence[0] + LEAD and sentence[1] - right <= TAIL and not holds(ground, "present_verb", sentence)
        for left, right in _times(sentence, words, ground)
    )


def _times(sentence: Span, words: Sequence[Token], ground: Ground) -> Iterable[Span]:
    for name in ("past", TOLD):
        for left, right in ground.spans.get(name, ()):
            if sentence[0] <= left and right <= sentence[1] and not covered((left, right), "not_past", ground):
                yield left, right
    for at in range(*sentence):
        if FIRST_YEAR <= (words[at].value or 0) <= LAST_YEAR:
            yield at, at + 1


def _were(ground: Ground) -> Iterable[Span]:
    return ground.spans.get("was_then", ())


def _age(at: int, sentence: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`I was only eight`: a young age that ends the sentence, and no temperature."""
    while at < sentence[1] and covered((at, at + 1), "hardly", ground):
        at += 1
    tail = range(at + 1, sentence[1])
    if at >= sentence[1] or not all(covered((here, here + 1), "age_tail", ground) for here in tail):
        return False
    value = words[at].value
    young = value is not None and 0 < value <= OLDEST_SAID and value == int(value)
    return young or covered((at, at + 1), "count_word", ground)


def _end(at: int, words: Sequence[Token]) -> int:
    return next((end for end in range(at + 1, len(words)) if words[end].pause >= STOP), len(words))
