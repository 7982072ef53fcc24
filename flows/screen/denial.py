"""Denials: whether a sign is said not to be there, before its words, after them, between them or all around them."""

from collections.abc import Iterable, Sequence

from flows.screen.clause import declared
from flows.screen.draft import NEGATIVE_CONCEPTS, NEGATIVE_WORDS
from flows.screen.inner import at_once, denied_within
from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.polarity import Polarity
from flows.screen.reach import DENYING, answers_before, claimed_not, closed, ends_in_or, never_so, numbered
from flows.screen.tokens import COMMA, STOP, Token

LIST_REACH, NOT_REACH, GAVE_REACH = 24, 6, 3
FRONT_REACH = 2
# Where the words of a sign stand that say "not" themselves: that "not" denies nothing else.
SPENT = " spent"
# Where a pattern of the sign `denied` stands: what lies wholly within it is said not to be there.
DENIED = " denied"


def denied(span: Span, polarity: Polarity, words: Sequence[Token], ground: Ground) -> bool:
    """Whether the sign at `span` is said not to be there."""
    if _affirmed(span, words, ground):
        return False
    if _told_not(span, words, ground) or claimed_not(span, ground):
        return True
    if _not_its_own(span, words, ground):
        return True
    if polarity.begins_negative and _says_not(span[0], words, ground):
        return _fails_not(span, words, ground) or _not_of_another(span, words, ground)
    if _denied(span, words, ground):
        return True
    after = (_denied_after, _fronted, denied_within)
    return not polarity.negative and any(one(span, words, ground) for one in after)


def _affirmed(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`tos no, fiebre sí`: a yes right after it, that says it is there."""
    after = (span[1], span[1] + 1)
    ends = after[1] >= len(words) or words[after[1]].pause > 0
    return after[0] < len(words) and words[after[0]].pause < STOP and ends and covered(after, "affirms", ground)


def _denied(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """A denial before it (`no fever, chills or cough`)."""
    if _denied_at_once(span, words, ground):
        return True
    start = span[0]
    for (left, right), reach, lists in _denials(words, ground):
        if not right <= start <= right + reach:
            continue
        spent = covered((left, right), "not_a_denial", ground) or _spent(left, span, ground)
        spent = spent or answers_before(left, right, words, ground)
        if (
            spent
            or never_so((left, right), span, ground)
            or (lists and start > right and covered((right, right + 1), "other_verb", ground))
        ):
            continue
        listed = lists or ends_in_or(right, span, words, ground)
        if not _cut(right, start, words, ground, listed) and not declared(right, span, words, ground):
            return True
    return False


def _denied_after(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """A denial right after it (`fever: no`); the second word of a Spanish one denies nothing (`sin hacer nada`)."""
    for left, right in ground.spans.get("denied_after", ()):
        if not span[1] <= left <= span[1] + 2 or covered((left, right), "not_a_denial", ground):
            continue
        ends = closed(right, words, ground) or numbered(right, words)
        last = max((at for at in range(*span) if words[at].pause), default=span[0])
        rest = (last if last > span[0] else span[1], left)
        contrast = holds(ground, "at_rest_word", rest) or holds(ground, "denial", (span[1], left))
        contrast = contrast or any(covered((at, at + 1), "front_bar", ground) for at in range(span[1], left))
        if ends and not contrast and not _stopped(span[1], right, words):
            return True
    return False


def _denials(words: Sequence[Token], ground: Ground) -> Iterable[tuple[Span, int, bool]]:
    """Every denial, how far it reaches, and whether it denies a list (`no fever, chills or cough`)."""
    opened = (*ground.spans.get("denial", ()), *ground.spans.get(DENYING, ()))
    for span in (*opened, *_not_had("had_verb", words, ground)):
        yield span, LIST_REACH, True
    for span in ground.spans.get("not", ()):
        yield span, NOT_REACH, False
    for span in _not_had("gave_verb", words, ground):
        yield span, GAVE_REACH, False


def _not_had(verb: str, words: Sequence[Token], ground: Ground) -> Iterable[Span]:
    """The same for every sign of a message, so it is looked for once."""
    if verb not in ground.denials:
        ground.denials[verb] = tuple(_denied_verbs(verb, words, ground))
    return ground.denials[verb]


def _denied_verbs(verb: str, words: Sequence[Token], ground: Ground) -> Iterable[Span]:
    """`no le he visto`, `nunca me ha dado`, `tampoco he tenido`: a denial with its verb, whose nouns follow."""
    for left, right in ground.spans.get("denies_verb", ()):
        end, had = right, covered((left, right), "not_a_denial", ground)
        while end < len(words) and words[end].pause == 0 and not had:
            had = covered((end, end + 1), verb, ground)
            if not (had or covered((end, end + 1), "light_verb", ground)):
                break
            end += 1
        if had and end > right:
            yield (left, end)


def _fronted(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`mareos no tengo`, `de fiebre nada`, `fiebre ✗`: what is named first, with no verb of its own, then denied."""
    start = span[0]
    while words[start].pause < COMMA:
        start -= 1
    if any(holds(ground, name, (start, span[0])) for name in ("clause", "present_verb", "happened", "remedy_for")):
        return False
    fronts = (
        ground.spans.get("denied_front", ()),
        _not_had("had_verb", words, ground),
        _not_had("gave_verb", words, ground),
    )
    for left, told in (one for front in fronts for one in front):
        right = _tail(told, words, ground)
        closed = right == len(words) or words[right].pause > 0 or covered((left, right), "mark_no", ground)
        if closed and 0 <= left - span[1] <= FRONT_REACH and (left == span[1] or words[span[1]].pause == 0):
            return not any(
                words[left].pause >= STOP or words[at + 1].pause or covered((at, at + 1), "front_bar", ground)
                for at in range(span[1], left)
            )
    return False


def _tail(at: int, words: Sequence[Token], ground: Ground) -> int:
    """Where a denial ends that is said once more: `no le ha salido ninguno`, `no he tenido nunca`."""
    while at < len(words) and words[at].pause == 0 and covered((at, at + 1), "denied_twice", ground):
        at += 1
    return at


def _says_not(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """Whether the words of a sign do begin with a "not" (`loss|no .. balance` may have found its `loss`)."""
    begins = any(left == at for name in NEGATIVE_CONCEPTS for left, _ in ground.spans.get(name, ()))
    reach = 2 if covered((at, at + 1), "small", ground) else 1
    return begins or any(word.text in NEGATIVE_WORDS for word in words[at : at + reach])


def _not_of_another(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`no se cayó, camina bien`: a Spanish "no" belongs to its own verb, and never to one after a comma."""
    if _of_a_sign(span[0], ground):
        return False
    first = span[0] + (1 if span[0] and words[span[0] - 1].asked else 2)
    return covered((span[0], span[0] + 1), "bare_no", ground) and any(
        words[at].pause == COMMA and covered((at, at + 1), "new_thought", ground) for at in range(first, span[1])
    )


def _not_its_own(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`rash no, breathing fine`, `no confusion, knows us`: a "no" that belongs to another word begins no sign."""
    if words[span[0]].text != "no" or span[1] - span[0] < 2:
        return False
    ill = covered((span[0] + 1, span[0] + 2), "ill", ground)
    if ill and span[0] + 2 < span[1] and words[span[0] + 2].pause == COMMA:
        return True
    ends = words[span[0]].pause == 0 and words[span[0] + 1].pause == COMMA
    return ends and covered((span[1], span[1] + 1), "well", ground)


def _of_a_sign(at: int, ground: Ground) -> bool:
    """Whether the "no" that stands there says what goes wrong (`no puede ponerse de pie, se va`, `no para de`)."""
    return any(left == at for left, _ in ground.spans.get("not_a_denial", ()))


def _fails_not(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`no forgetting`, `without struggling`: a verb of failing that is itself denied, and says no "not" of its own."""
    own = any(covered((at, at + 1), "says_not", ground) for at in range(span[0], min(span[0] + 3, span[1])))
    return not own and words[span[0]].pause == 0 and covered((span[0] - 1, span[0]), "denies_noun", ground)


def _told_not(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether it lies within words that deny it (`nothing hurts in my chest`), with no "but" between them."""
    return any(
        (left <= span[0] or (left == span[0] + 1 and _subject(span[0], ground)))
        and (span[1] <= right or (left == span[0] and covered((right - 1, right), "hyphened", ground)))
        and (words[left + 1].pause == 0 or covered((left + 1, right), "hyphened", ground))
        and not holds(ground, "but", (left, right))
        for left, right in ground.spans.get(DENIED, ())
        if not any(start == left for start, _ in ground.spans.get("not_known", ()))
        if right > left + 1 and not (_of_a_sign(left, ground) and any(one.pause for one in words[left + 1 : right]))
    )


def _subject(at: int, ground: Ground) -> bool:
    """A sign's words may begin with their subject: `he | woke up at once when I called`."""
    return any(covered((at, at + 1), name, ground) for name in ("clause", "person", "self", "other", "determiner"))


def _spent(left: int, span: Span, ground: Ground) -> bool:
    """Whether the "not" belongs to another sign; `didn't pass out` is one verb, whatever else `didn't pass` means."""
    return any(
        begin <= left < end and not (begin < span[1] and span[0] < end) for begin, end in ground.spans.get(SPENT, ())
    )


def _denied_at_once(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`no se cayó`, `no anda confundido`, `nothing hurts`, `nada inquieto`: the denial and the sign are one verb."""
    for left, right in ground.spans.get("denies_verb", ()):
        if right <= span[0] and at_once(right, span[0], words, ground):
            return not covered((left, right), "not_a_denial", ground) and not _spent(left, span, ground)
    return any(
        right == span[0] and words[left].pause > 0 and words[right].pause == 0
        for left, right in ground.spans.get("nothing_of", ())
    )


def _stopped(start: int, end: int, words: Sequence[Token]) -> bool:
    return any(word.pause >= STOP for word in words[start + 1 : end])


def _cut(start: int, end: int, words: Sequence[Token], ground: Ground, lists: bool) -> bool:
    """Whether a new thought begins between a denial and the sign: a full stop, a "but", a new subject."""
    if words[end].pause == COMMA and any(covered((end, end + 1), name, ground) for name in ("clitic", "present_verb")):
        return True  # `no, se cayó`, `no tiene fiebre, vomita sangre`: the sign begins with its own verb
    commas = 0
    for at in range(start, end + 1):
        pause = words[at].pause
        if pause >= STOP:
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
