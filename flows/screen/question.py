"""Questions: whether a sign is only talked about, in a question for knowledge, a condition, or a general statement."""

from collections.abc import Sequence

from flows.screen.clause import one_thought, states
from flows.screen.doer import of_a_thing, thought
from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tale import disclaimed, had, of_a_tale, turns_to_one
from flows.screen.tokens import COMMA, STOP, Token

# Where a pattern of the sign `talk` stands: what begins within it is asked or told about, and nobody's own now.
TALKED = " talked"
# `mi vecino encontró desmayado a mi papá`
FOUND_REACH = 3


def only_talk(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """A question about it, a condition, or a general statement, with nobody in it who has it."""
    if holds(ground, "came_true", (span[1], sentence[1])) or _at_this_moment(ground, sentence):
        return False
    if disclaimed(words, ground, sentence) or _of_no_one(span, words, ground, sentence):
        return True
    if states(sentence[0], span, words, ground):
        return _supposed(span, words, ground, sentence)
    return _talked_about(span, words, ground, sentence)


def _talked_about(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """Whether its sentence asks, teaches, supposes or tells a tale."""
    if of_a_tale(span, words, ground, sentence):
        return True
    if any(
        sentence[0] <= left and right <= sentence[1] and not covered((left, right), "education", ground)
        for left, right in ground.spans.get("live_question", ())
    ):
        return False
    if _taught(span, words, ground, sentence) or holds(ground, "your", _just_before(span, sentence, 3)):
        return True
    quoted = _out_of_a_source(span, ground, sentence) and not _own_thought((sentence[0], span[0]), words, ground)
    if quoted or _of_a_lesson(span, ground, sentence) or _supposed(span, words, ground, sentence):
        return True
    if holds(ground, "live_should", sentence):
        return False
    return _asked(span, words, ground, sentence)


def _supposed(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    return _conditional((sentence[0], span[0]), words, ground) and not holds(ground, "not_a_condition", sentence)


def _of_no_one(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """A thing, a beast or a stranger has it, or the words themselves are of talk."""
    return (
        of_a_thing(span, words, ground, sentence)
        or _of_another(span, words, ground, sentence)
        or _talked(span, words, ground)
    )


def _at_this_moment(ground: Ground, sentence: Span) -> bool:
    """`does insurance pay if he can't speak right now`: what is asked about somebody in this moment is there."""
    return holds(ground, "this_moment", sentence) and _somebodys(sentence, ground)


def _of_another(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """A beast right before it in its own thought, or a stranger with nobody else between, who is in no danger now.

    Not: `my neighbor says his face droops`, `he walked the dog and fainted`, `my neighbor is not waking up`.
    """
    before = _just_before(span, sentence, 4)
    if holds(ground, "finds", (before[0], span[1])):
        return False
    within = thought(span, words, ground, sentence)
    return holds(ground, "animal", (max(before[0], within[0]), before[1])) or any(
        before[0] <= left
        and right <= before[1]
        and not any(holds(ground, name, (right, span[1])) for name in ("person", "acute_now"))
        for left, right in ground.spans.get("elsewhere", ())
        if not holds(ground, "relative", (span[1], min(sentence[1], span[1] + FOUND_REACH)))
    )


def _taught(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`what causes a fever`, unless a new thought begins after it: `the booklet says stroke and his face droops`."""
    return any(
        sentence[0] <= left
        and right <= span[0]
        and not _own_thought((right, span[0]), words, ground)
        and not had((right, span[0]), ground)
        for left, right in ground.spans.get("education", ())
    )


def _own_thought(within: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether "and" or a comma leads to somebody who has it."""
    return any(
        (words[at].pause == COMMA or covered((at - 1, at), "joins", ground))
        and (_starts_own(at, ground) or _starts_own(at + 1, ground) or turns_to_one(at, words, ground))
        for at in range(within[0] + 1, within[1] + 1)
    )


def _starts_own(at: int, ground: Ground) -> bool:
    return _starts(ground, "owned", at) or _starts(ground, "has_it", at)


def only_taught(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """A number out of a leaflet or a lesson, or one to be reached first: `the booklet says call for 100.4`."""
    if states(sentence[0], span, words, ground):
        return False
    return _talked(span, words, ground) or _out_of_a_source(span, ground, sentence)


def _talked(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    return any(
        left <= span[0] < right and one_thought((left, span[0] + 1), words, ground)
        for left, right in ground.spans.get(TALKED, ())
    )


def _out_of_a_source(span: Span, ground: Ground, sentence: Span) -> bool:
    """`the video says …`, `they told us to look for …`, before any word of somebody who has it."""
    return any(
        sentence[0] <= left and right <= span[0] and not _of_today((right, sentence[1]), ground)
        for left, right in ground.spans.get("source", ())
    )


def _of_a_lesson(span: Span, ground: Ground, sentence: Span) -> bool:
    """`seizures are a rare but serious side effect`: a lesson is given, and nobody in it has it."""
    before: Span = (sentence[0], span[1])
    if holds(ground, "printed", sentence) and not holds(ground, "owned", before):
        return True
    return holds(ground, "lesson", sentence) and not _somebodys(before, ground)


def _of_today(within: Span, ground: Ground) -> bool:
    """Whether somebody has it, or it is of today (not: `the talk of today`)."""
    return holds(ground, "owned", within) or any(
        within[0] <= left and right <= within[1] and not covered((left - 1, right), "dated_event", ground)
        for left, right in ground.spans.get("now", ())
    )


def _conditional(before: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether an "if" governs what follows; a comma with a new subject ends it."""
    return any(
        before[0] <= left
        and right <= before[1]
        and not _yes((left, right), words, ground)
        and not any(
            (words[at].pause == COMMA and covered((at, at + 1), "clause", ground))
            or (covered((at - 1, at), "joins", ground) and covered((at, at + 1), "now", ground))
            or (covered((at - 1, at), "but_word", ground) and _begins(at, ground))
            for at in range(right, min(before[1] + 1, len(words)))
        )
        for left, right in ground.spans.get("condition", ())
    )


def _begins(at: int, ground: Ground) -> bool:
    return any(covered((at, at + 1), name, ground) for name in ("subject", "bare_clause", "bare_no", "own_verb"))


def _yes(condition: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether an "if" is a Spanish yes: `sí tiene`, `si, tiene`, or `si tiene fiebre` and nothing follows from it."""
    left, right = condition
    if words[left].accented or (right < len(words) and words[right].pause == COMMA):
        return True
    end = next((at for at in range(right, len(words)) if words[at].pause), len(words))
    alone = words[left].pause >= STOP and (end == len(words) or words[end].pause >= STOP)
    said = alone and not words[left].asked and _starts(ground, "yes_it_is", left)
    return said and not holds(ground, "consequent", (right, end))


def _just_before(span: Span, sentence: Span, reach: int) -> Span:
    return (max(sentence[0], span[0] - reach), span[0])


def _first(sentence: Span, ground: Ground) -> int:
    """Where a sentence begins to say something, after a greeting."""
    start = sentence[0]
    return start + 1 if covered((start, start + 1), "greeting", ground) else start


def _starts(ground: Ground, concept: str, at: int) -> bool:
    return at in ground.starts(concept)


def _asked(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """A question for knowledge, not about a sign that somebody has (`how do i stop my nosebleed` is no such one)."""
    before = (sentence[0], span[0])
    first = _first(sentence, ground)
    owned = any(holds(ground, name, (sentence[0], span[1])) for name in ("owned", "has_it"))
    marked = words[span[0]].asked
    if not owned and _starts(ground, "question_wh", first) and not _exclaimed(first, span, words, ground, sentence):
        return True
    if _asked_after(span, words, ground, sentence):
        return True
    if _starts(ground, "live_modal", first):
        return False
    if _starts(ground, "question_may", first) and holds(ground, "may_happen", sentence) and not owned:
        return True
    if marked and holds(ground, "ask_you", before):
        return True
    leads = _starts(ground, "question_lead", first)
    about_it = holds(ground, "side_effect", sentence) and leads
    return about_it or (leads and (marked or holds(ground, "you", sentence)) and not holds(ground, "person", sentence))


def _exclaimed(first: int, span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`qué dolor tan fuerte`, `que se desmayó`: a "que" that leads to the sign itself and asks nothing."""
    led = all(covered((at, at + 1), "clitic", ground) for at in range(first + 1, span[0]))
    asks = words[first].asked or _starts(ground, "asks_what", first) or holds(ground, "copula", (span[1], sentence[1]))
    return led and not asks and covered((first, first + 1), "exclaims", ground)


def _asked_after(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`el mareo por qué puede dar`: named first, as a thing and nobody's, and then asked about."""
    led = (max(sentence[0], span[0] - 2), span[0])
    named = words[span[0]].asked or holds(ground, "determiner", led)
    asked = holds(ground, "asks_inside", (span[1] - 1, sentence[1]))
    return named and asked and not _somebodys(sentence, ground)


def _somebodys(within: Span, ground: Ground) -> bool:
    """Whether somebody is named, or words say that it goes on, whoever has it (`sigue`, `desde ayer`)."""
    return any(holds(ground, name, within) for name in ("somebody", "lingers"))
