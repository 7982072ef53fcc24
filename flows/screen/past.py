"""The long past: times, ages, years and tenses that say that a sign was once, and is not of this week."""

from collections.abc import Iterable, Sequence

from flows.screen.clause import present
from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import COMMA, Token

# Where a pattern of the sign `past` stands: what its sentence tells in no present tense was long ago.
TOLD = " told"
FIRST_YEAR, LAST_YEAR = 1930, 2024
FIRST_SHORT_YEAR = 40
YEAR_REACH = 6
FIRST_AGE, LAST_AGE = 13, 99
FEVERS = range(34, 44)
VERB_REACH = 3
HOSPITAL_REACH = 6
HIGHEST_AGE_SAID = 94


def measured_long_ago(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """Whether the time stands beside the number itself (not: `CAR T in 2023, fever 102`)."""
    clause = _clause(span, words, sentence)
    near = any(_inside(time, clause) for time in _times(span, words, ground, sentence))
    return near and long_past(span, words, ground, sentence)


def long_past(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """Whether the sign at `span` was long ago, and nothing in its sentence says that it is there today."""
    clause = _clause(span, words, sentence)
    times = list(_times(span, words, ground, sentence))
    if not times:
        return False
    dated_here = any(clause[0] <= left < clause[1] for left, _ in times)
    return not (said(ground, "now", clause if dated_here else sentence, span) or said(ground, "again", sentence, span))


def said(ground: Ground, concept: str, within: Span, span: Span) -> bool:
    """Whether such a word stands there; not in `none since`, `ten years since`, `hoy camina 5 km`, `keep food down`."""
    return any(
        within[0] <= left
        and right <= within[1]
        and not covered((left, right), "none_since", ground)
        and not any(start < left and right <= end for start, end in ground.spans.get(TOLD, ()) if concept == "now")
        and not (span[0] <= left and right <= span[1] and covered((left, right), "now_in_tales", ground))
        for left, right in ground.spans.get(concept, ())
        if not (span[1] <= left and any(right <= start <= right + 1 for start, _ in ground.spans.get("thrives", ())))
    )


def _clause(span: Span, words: Sequence[Token], sentence: Span) -> Span:
    start, end = span
    while start > sentence[0] and words[start].pause < COMMA:
        start -= 1
    while end < sentence[1] and words[end].pause < COMMA:
        end += 1
    return (start, end)


def _times(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> Iterable[Span]:
    """Every time long ago that belongs to the sign (not: `asks for mom who died years ago`, `worse than in 2015`)."""
    clause = _clause(span, words, sentence)
    for time in _named(span, words, ground, sentence):
        treated = not _inside(time, clause) and holds(ground, "treatment_word", _clause(time, words, sentence))
        since = _told_since(time, span, ground) or _since(time, span, ground) or present(time[1], span, words, ground)
        if not (treated or since or _compared(time[0], ground)):
            yield time


def _named(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> Iterable[Span]:
    for time in ground.spans.get("past", ()):
        unlike = covered(time, "as_ever", ground) and holds(ground, "bare_no", (max(0, time[0] - VERB_REACH), time[0]))
        if _inside(time, sentence) and not (unlike or covered(time, "not_past", ground)):
            yield time
    yield from _years(span, words, ground, sentence)
    if not _present_tense(span, words, ground, sentence):
        yield from (time for time in ground.spans.get(TOLD, ()) if _inside(time, sentence) and not _hot(time, words))
        yield from _in_hospital(span, words, ground, sentence)
        yield from _ages(words, ground, sentence)


def _told_since(time: Span, span: Span, ground: Ground) -> bool:
    """Whether the present tense follows the time and governs the sign: `chemo in 2022 and I am having chest pain`."""
    start = max(time[1], span[0] - VERB_REACH)
    return any(start <= left < span[0] for left, _ in ground.spans.get("present_verb", ()))


def _since(time: Span, span: Span, ground: Ground) -> bool:
    """Whether an "and" parts the sign from a since: `ten years since the chemo, and I fainted`."""
    since = any(time[0] < left and right <= time[1] for left, right in ground.spans.get("since_word", ()))
    return since and holds(ground, "joins", (time[1], span[0]))


def _hot(time: Span, words: Sequence[Token]) -> bool:
    """Whether a number that looks like an age may be a temperature: `when he was 103`."""
    value = words[time[1] - 1].value
    return value is not None and (value in FEVERS or value != int(value) or value > HIGHEST_AGE_SAID)


def _in_hospital(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> Iterable[Span]:
    """What was in hospital is known there: `was confused for two days on the ward`."""
    clause = _clause(span, words, sentence)
    if holds(ground, "were_then", clause):
        yield from (
            (left, right)
            for left, right in ground.spans.get("in_hospital", ())
            if span[1] <= left <= span[1] + HOSPITAL_REACH and right <= clause[1]
            if not any(covered((at, at + 1), "were_then", ground) for at in range(max(span[1], left - 1), left))
        )


def _inside(time: Span, sentence: Span) -> bool:
    return sentence[0] <= time[0] and time[1] <= sentence[1]


def _compared(left: int, ground: Ground) -> bool:
    return covered((left - 1, left), "comparing", ground) and not covered((left - 2, left), "says_that", ground)


def _present_tense(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """Whether the sign is told as of now: `was in hospital last spring and has chills`."""
    start = max(_clause(span, words, sentence)[0], span[0] - VERB_REACH)
    return holds(ground, "present_verb", (start, span[1]))


def _years(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> Iterable[Span]:
    """A year that is long past: `a stroke in 2012`; in a sentence without a present tense it may stand further off."""
    for at in range(max(sentence[0] + 1, span[0] - YEAR_REACH), min(sentence[1], span[1] + YEAR_REACH)):
        if FIRST_YEAR <= (words[at].value or 0) <= LAST_YEAR and covered((at - 1, at), "year_before", ground):
            yield (at, at + 1)
    if _present_tense(span, words, ground, sentence) or holds(ground, "mistaken", sentence):
        return
    for at in range(*sentence):
        value = words[at].value
        if value is None:
            continue
        beside = at == span[1] and _closed(at + 1, words)
        told = beside or _alone(at, words) or _after(at, "year_before", ground, sentence)
        if (told and FIRST_YEAR <= value <= LAST_YEAR) or _short_year(at, value, ground, sentence):
            yield (at, at + 1)


def _short_year(at: int, value: float, ground: Ground, sentence: Span) -> bool:
    """`in 92`, `en el 79`, where nothing is measured."""
    named = FIRST_SHORT_YEAR <= value <= LAST_AGE and _after(at, "short_year_before", ground, sentence)
    return named and not _measured(ground, sentence)


def _after(at: int, concept: str, ground: Ground, sentence: Span) -> bool:
    return at > sentence[0] and any(right == at for _, right in ground.spans.get(concept, ()))


def _alone(at: int, words: Sequence[Token]) -> bool:
    return words[at].pause >= COMMA and _closed(at + 1, words)


def _closed(at: int, words: Sequence[Token]) -> bool:
    return at >= len(words) or words[at].pause >= COMMA


def _age_ends(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """Whether nothing is counted after it: `a los veinte y me quebré`, and not `a los veinte minutos`."""
    return _closed(at, words) or covered((at, at + 1), "joins", ground) or covered((at, at + 1), "clitic", ground)


def _measured(ground: Ground, sentence: Span) -> bool:
    return holds(ground, "measured", sentence)


def _ages(words: Sequence[Token], ground: Ground, sentence: Span) -> Iterable[Span]:
    """An age: `a heart attack at 60`, `el infarto a los cincuenta`; never a pulse, a temperature or an hour."""
    if _measured(ground, sentence) or not holds(ground, "happened", sentence):
        return
    for left, right in ground.spans.get("at_age", ()):
        at_once = covered((left, right + 1), "not_past", ground)
        ends = right < len(words) and _age_ends(right + 1, words, ground)
        if _inside((left, right), sentence) and right < sentence[1] and ends and not at_once:
            value = words[right].value
            said = value is not None and FIRST_AGE <= value <= LAST_AGE and value not in FEVERS
            if said or covered((right, right + 1), "age_word", ground):
                yield (left, right + 1)
