"""Scope: whether a sign is there now, denied, over, long past, or only talked about."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from flows.screen.answer import answered_no
from flows.screen.clause import declared
from flows.screen.confirmed import confirmed
from flows.screen.dated import dated_after
from flows.screen.denial import denied
from flows.screen.evidence import About, Scope
from flows.screen.past import long_past, measured_long_ago
from flows.screen.pattern import Ground, Span, covered
from flows.screen.polarity import Polarity
from flows.screen.question import only_talk, only_taught
from flows.screen.tokens import Token

AFTER_REACH = 6
OVER_REACH = 4


def scope_of(span: Span, polarity: Polarity, words: Sequence[Token], ground: Ground) -> Scope:
    """How the sign at `span` is mentioned; when in doubt, present."""
    sentence = sentence_of(span, ground)
    if denied(span, polarity, words, ground):
        return Scope.negated
    if not polarity.negative and answered_no(span, words, ground, sentence):
        return Scope.negated
    unreal = _unreal(span, polarity, words, ground)
    if unreal in (Scope.past, Scope.hypothetical) and confirmed(span, words, ground, sentence):
        return Scope.present
    return unreal or Scope.present


def _unreal(span: Span, polarity: Polarity, words: Sequence[Token], ground: Ground) -> Scope | None:
    """Long past, over, or only talked about."""
    sentence = sentence_of(span, ground)
    if long_past(span, words, ground, sentence) or dated_after(span, words, ground, sentence):
        return Scope.past
    if not polarity.negative and _over(span, words, ground, sentence):
        return Scope.resolved
    return Scope.hypothetical if only_talk(span, words, ground, sentence) else None


def told_of(span: Span, words: Sequence[Token], ground: Ground) -> Scope:
    """How a number that was measured is mentioned: it can be long past or only taught, but it denies nothing."""
    if not words:
        return Scope.present
    sentence = sentence_of(span, ground)
    if measured_long_ago(span, words, ground, sentence) or dated_after(span, words, ground, sentence):
        return Scope.past
    return Scope.hypothetical if only_taught(span, words, ground, sentence) else Scope.present


def sentence_of(span: Span, ground: Ground) -> Span:
    """The sentence around a span, as token numbers."""
    first = bisect_left(ground.stops, ground.stops[span[0]])
    return (first, bisect_right(ground.stops, ground.stops[span[1] - 1], lo=span[1]))


def about_of(span: Span, ground: Ground) -> About:
    """Whose sign it is: the person named last before it in the sentence, else any person in it."""
    start, end = sentence_of(span, ground)
    persons = [
        (at, about)
        for name, about in (("self", About.self), ("other", About.other))
        for at, _ in ground.spans.get(name, ())
        if start <= at < end
    ]
    before = [person for person in persons if person[0] < span[1]]
    return max(before or persons, default=(0, About.unknown))[1]


def _over(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`no longer dizzy`, `the fever is gone`, `ya se le quitó`."""
    for left, right in ground.spans.get("no_longer", ()):
        near = span[0] <= right + 2 or ground.words[span[0]] == ground.words[right]
        paused = any(word.pause for word in words[right : span[0] + 1])
        paused = paused or declared(right, span, words, ground)
        if sentence[0] <= left and right <= span[0] <= right + OVER_REACH and near and not paused:
            return True
    for left, right in ground.spans.get("gone", ()):
        if span[1] <= left <= span[1] + AFTER_REACH and right <= sentence[1]:
            return not _turns(span[1], left, ground) and not _done_by_us(left, words, ground)
    return False


def _done_by_us(left: int, words: Sequence[Token], ground: Ground) -> bool:
    """`… so I stopped taking it`, `will it go away?`: no end of the sign is told."""
    return words[left].asked or covered((left - 1, left), "stops_it", ground)


def _turns(start: int, end: int, ground: Ground) -> bool:
    return any(covered((at, at + 1), "not", ground) for at in range(start, end))
