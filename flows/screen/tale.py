"""Tales: what is supposed, dreamt, read aloud or told of strangers, and what a message says of itself as a whole."""

from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import COMMA, Token

# Where a pattern of the sign `tale` or `stranger` stands: what follows in its sentence is supposed, or told of others.
TALE = " tale"
STRANGER = " stranger"
# What makes a sentence somebody's, whatever the message says of itself as a whole.
OF_SOMEBODY = ("owned", "now", "happened", "present_verb", "just_done")


def of_a_tale(span: Span, words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`suppose she faints`, `on the forum a man lost his speech`: up to a new clause, and nothing of today."""
    return any(
        sentence[0] <= left < span[0] and not _left_off((right, max(right, span[0])), words, ground, sentence[1], ours)
        for name, ours in ((TALE, None), (STRANGER, "ours"))
        for left, right in ground.spans.get(name, ())
    )


def _left_off(within: Span, words: Sequence[Token], ground: Ground, end: int, ours: str | None) -> bool:
    """Whether a tale is over, or was none: somebody of ours has it, or it is of today."""
    if holds(ground, "now", (within[0], end)) or (holds(ground, ours, within) if ours else had(within, ground)):
        return True
    return any(
        (words[at].pause == COMMA or covered((at - 1, at), "joins", ground))
        and (
            covered((at, at + 1), "clause", ground)
            or turns_to_one(at, words, ground)
            or any(start in (at, at + 1) for start, _ in ground.spans.get("owned", ()))
        )
        for at in range(within[0], within[1] + 1)
    )


def had(within: Span, ground: Ground) -> bool:
    """`what do I do he is confused`: somebody has it, and no "if", "that" or "when" leads to it."""
    return any(
        within[0] <= left <= within[1] and not covered((left - 1, left), "leads_to", ground)
        for left, right in ground.spans.get("has_it", ())
    )


def disclaimed(words: Sequence[Token], ground: Ground, sentence: Span) -> bool:
    """`nobody's sick, I'm labeling the chart`: said anywhere of a message, where the sentence itself is nobody's."""
    anywhere = holds(ground, "disclaimer", (0, len(words)))
    return anywhere and not any(holds(ground, name, sentence) for name in OF_SOMEBODY)


def turns_to_one(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """`el folleto dice temblor, le tiembla la mano`, `…, no habla`: a Spanish verb of somebody's own after a comma."""
    if at + 1 >= len(words) or words[at].pause != COMMA:
        return False
    infinitive = words[at + 1].text.endswith("r")
    return covered((at, at + 1), "clitic", ground) or (covered((at, at + 1), "bare_no", ground) and not infinitive)
