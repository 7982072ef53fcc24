"""Scope: whether a sign is there now, denied, over, long past, or only talked about."""

from collections.abc import Sequence
from typing import NamedTuple

from flows.screen.evidence import About, Scope
from flows.screen.past import long_past, measured_long_ago
from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.question import only_talk, only_taught
from flows.screen.tokens import COMMA, STOP, Token

DENIAL_REACH = 24
NOT_REACH = 6
AFTER_REACH = 6
# A sign's words may begin with their subject: `he | woke up at once when I called`.
SUBJECT = 1
# Where the words of a sign stand that say "not" themselves: that "not" denies nothing else.
SPENT = " spent"
# Where a pattern of the sign `denied` stands: what lies wholly within it is said not to be there.
DENIED = " denied"


class Polarity(NamedTuple):
    """Whether the words of a sign say "not" themselves (`can't breathe`): at their beginning, or anywhere."""

    begins_negative: bool = False
    negative: bool = False


def scope_of(span: Span, polarity: Polarity, words: Sequence[Token], ground: Ground) -> Scope:
    """How the sign at `span` is mentioned; when in doubt, present."""
    sentence = sentence_of(span, words)
    if _told_not(span, words, ground):
        return Scope.negated
    if not polarity.begins_negative and _denied(span, words, ground):
        return Scope.negated
    if polarity.begins_negative and _fails_not(span, words, ground):
        return Scope.negated
    if not polarity.negative and _denied_within(span, ground):
        return Scope.negated
    if long_past(span, words, ground, sentence):
        return Scope.past
    if not polarity.negative and _over(span, words, ground, sentence):
        return Scope.resolved
    if only_talk(span, words, ground, sentence):
        return Scope.hypothetical
    return Scope.present


def told_of(span: Span, words: Sequence[Token], ground: Ground) -> Scope:
    """How a number that was measured is mentioned: it can be long past or only taught, but it denies nothing."""
    if not words:
        return Scope.present
    sentence = sentence_of(span, words)
    if measured_long_ago(span, words, ground, sentence):
        return Scope.past
    return Scope.hypothetical if only_taught(span, ground, sentence) else Scope.present


def sentence_of(span: Span, words: Sequence[Token]) -> Span:
    """The sentence around a span, as token numbers."""
    start, end = span
    while start > 0 and words[start].pause < STOP:
        start -= 1
    while end < len(words) and words[end].pause < STOP:
        end += 1
    return (start, end)


def about_of(span: Span, words: Sequence[Token], ground: Ground) -> About:
    """Whose sign it is: the person named last before it in the sentence, else any person in it."""
    start, end = sentence_of(span, words)
    persons = [
        (at, about)
        for name, about in (("self", About.self), ("other", About.other))
        for at, _ in ground.spans.get(name, ())
        if start <= at < end
    ]
    before = [person for person in persons if person[0] < span[1]]
    return max(before or persons, default=(0, About.unknown))[1]


def _denied(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """A denial before it (`no fever, chills or cough`), or right after it (`fever: no`)."""
    if _denied_at_once(span, words, ground):
        return True
    start = span[0]
    for name, reach in (("denial", DENIAL_REACH), ("not", NOT_REACH)):
        for left, right in ground.spans.get(name, ()):
            spent = covered((left, right), "not_a_denial", ground) or _spent(left, span, ground)
            reaches = right <= start <= right + reach and not spent
            if name == "denial" and start > right and covered((right, right + 1), "other_verb", ground):
                continue
            if reaches and not _cut(right, start, words, ground, name == "denial"):
                return True
    for left, right in ground.spans.get("denied_after", ()):
        closed = right == len(words) or words[right].pause > 0
        if closed and span[1] <= left <= span[1] + 2 and not _stopped(span[1], right, words):
            return True
    return False


def _fails_not(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`no forgetting`, `without struggling`: a verb of failing that is itself denied, and says no "not" of its own."""
    own = any(covered((at, at + 1), "says_not", ground) for at in range(span[0], min(span[0] + 3, span[1])))
    return not own and words[span[0]].pause == 0 and covered((span[0] - 1, span[0]), "denies_noun", ground)


def _told_not(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether it lies within words that deny it (`nothing hurts in my chest`), with no "but" between them."""
    return any(
        left <= span[0] + SUBJECT
        and span[1] <= right
        and words[left + 1].pause == 0
        and not holds(ground, "but", (left, right))
        for left, right in ground.spans.get(DENIED, ())
        if right > left + 1
    )


def _spent(left: int, span: Span, ground: Ground) -> bool:
    """Whether the "not" belongs to another sign; `didn't pass out` is one verb, whatever else `didn't pass` means."""
    return any(
        begin <= left < end and not (begin < span[1] and span[0] < end) for begin, end in ground.spans.get(SPENT, ())
    )


def _denied_at_once(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`no se cayó`, `no anda confundido`, `nothing hurts`, `nada inquieto`: the denial and the sign are one verb."""
    for left, right in ground.spans.get("denies_verb", ()):
        light = all(
            words[at].pause == 0 and covered((at, at + 1), "light_verb", ground) for at in range(right, span[0])
        )
        if right <= span[0] and light and words[span[0]].pause == 0:
            return not covered((left, right), "not_a_denial", ground) and not _spent(left, span, ground)
    return any(
        right == span[0] and words[left].pause > 0 and words[right].pause == 0
        for left, right in ground.spans.get("nothing_of", ())
    )


def _denied_within(span: Span, ground: Ground) -> bool:
    """`extremities: no swelling`: the denial stands between the words of the sign."""
    return any(
        span[0] < left and right < span[1] and not covered((left, right), "not_a_denial", ground)
        for name in ("denial", "not")
        for left, right in ground.spans.get(name, ())
    )


def _stopped(start: int, end: int, words: Sequence[Token]) -> bool:
    return any(word.pause >= STOP for word in words[start + 1 : end])


def _cut(start: int, end: int, words: Sequence[Token], ground: Ground, lists: bool) -> bool:
    """Whether a new thought begins between a denial and the sign: a full stop, a "but", a new subject."""
    commas = 0
    for at in range(start, end + 1):
        pause = words[at].pause
        if pause >= STOP and at > start:
            return True
        commas += pause == COMMA and at > start
        if commas and (not lists or _list_ended(start, at, ground)):
            return True
        if at < end and _cuts_at(at, start, commas, ground):
            return True
    return False


def _list_ended(start: int, comma: int, ground: Ground) -> bool:
    """`no fever for two days, vomiting`: the denial has a time of its own and is no list."""
    return any(covered((at, at + 1), "list_end", ground) for at in range(start, comma))


def _cuts_at(at: int, start: int, commas: int, ground: Ground) -> bool:
    here: Span = (at, at + 1)
    if covered(here, "but", ground):
        return True
    if covered(here, "clause", ground):
        return at == start or not covered((at - 1, at), "linking", ground)
    return commas > 0 and covered(here, "stress", ground)


def _over(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`no longer dizzy`, `the fever is gone`, `ya se le quitó`."""
    for left, right in ground.spans.get("no_longer", ()):
        if sentence[0] <= left and right <= span[0] <= right + 2 and words[span[0]].pause == 0:
            return True
    for left, right in ground.spans.get("gone", ()):
        if span[1] <= left <= span[1] + AFTER_REACH and right <= sentence[1]:
            return not _turns(span[1], left, ground)
    return False


def _turns(start: int, end: int, ground: Ground) -> bool:
    return any(covered((at, at + 1), "not", ground) for at in range(start, end))
