"""Answers: a sign that is asked about, looked for or listed, and then said not to be there in the words that follow."""

from collections.abc import Iterable, Sequence

from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.reach import closed
from flows.screen.tokens import COMMA, Token

LIST_LENGTH, ASKED_ON = 30, 8
# Whoever does something in a list tells of it: such a list names what is there.
TOLD_OF = ("clause", "present_verb", "happened")


def answered_no(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """Whether a no follows that is meant for the sign at `span`."""
    ways = (_question_answered, _all_denied, _choice_denied, _sought_in_vain)
    return any(way(span, words, ground, sentence) for way in ways)


def _question_answered(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`Seizures, blackouts? No.`, `Confused? Me? Never`; whoever asks why it is there is answered nothing."""
    asked = words[span[0]].asked and not holds(ground, "asks_why", (sentence[0], span[0]))
    if not asked or holds(ground, "relief_word", sentence):
        return False
    at = sentence[1]
    while at < min(len(words), sentence[1] + ASKED_ON) and words[at].asked:
        at += 1
    if at < len(words) and covered((at, at + 1), "greeting", ground):
        at += 1
    return any(left == at for left, _ in ground.spans.get("answers_whole", ())) or any(
        left == at and closed(right, words, ground) for left, right in ground.spans.get("answers_no", ())
    )


def _all_denied(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`seizures, tremors: none of those`: what denies a whole list, in which nobody does anything."""
    return any(
        span[1] <= left <= span[1] + LIST_LENGTH
        and right <= sentence[1]
        and closed(right, words, ground)
        and not any(holds(ground, name, (sentence[0], left)) for name in TOLD_OF)
        for left, right in ground.spans.get("denied_list", ())
    )


def _choice_denied(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`swelling of lips, tongue or throat: no`: an "or" between, so that the no is not for the last alone."""
    return any(
        words[left].pause == COMMA
        and closed(right, words, ground)
        and holds(ground, "or_word", (span[1], left))
        and not any(holds(ground, name, (sentence[0], left)) for name in (*TOLD_OF, "denial"))
        for left, right in _following("denied_after", span, ground)
        if right <= sentence[1]
    )


def _sought_in_vain(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`I looked for red dots. There are none`, `quit asking if my chest hurts because it doesn't`."""
    sought = [right for left, right in ground.spans.get("seeks", ()) if sentence[0] <= left and right <= span[0]]
    told = sought and holds(ground, "present_verb", (max(sought), span[0]))
    if not sought or (told and not holds(ground, "leads_to", (max(sought), span[0]))):
        return False
    if holds(ground, "relief_word", sentence):
        return False
    return any(
        (right <= sentence[1] or left <= sentence[1] + 1)
        and closed(right, words, ground)
        and not holds(ground, "present_verb", (span[1], left))
        for left, right in _following("in_vain", span, ground)
    )


def _following(concept: str, span: Span, ground: Ground) -> Iterable[Span]:
    for left, right in ground.spans.get(concept, ()):
        if span[1] <= left <= span[1] + LIST_LENGTH:
            yield left, right
