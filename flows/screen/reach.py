"""How far a denial reaches: over a list with an "or", and not to what was never so bad before."""

from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import COMMA, STOP, Token

OR_REACH, SO_REACH = 4, 4
LAST_LINE = 20
# Where a pattern of the sign `denial` stands: the words that begin a denial (`hasn't noticed him being`).
DENYING = " denying"


def ends_in_or(start: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """`not short of breath, dizzy or in pain`: a list under a "not" that an "or" holds together."""
    end = next((at for at in range(span[1], len(words)) if words[at].pause >= STOP), len(words))
    return words[start].pause == 0 and holds(ground, "or_word", (span[0] - 1, min(end, span[1] + OR_REACH)))


def closed(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """Whether a thought ends before the word at `at` (a slash ends one too: `rash: no / hives: no`)."""
    if at >= len(words) or words[at].pause > 0 or words[at].text == "/":
        return True
    return any(left == at for left, _ in ground.spans.get("after_no", ()))


def numbered(at: int, words: Sequence[Token]) -> bool:
    """Whether the next line of a list begins there (`chills: no 3. rash: no`, `chills: N rash: N`)."""
    if at + 1 >= len(words):
        return False
    value = words[at].value
    line = value is not None and value <= LAST_LINE and words[at + 1].pause == STOP
    return line or (words[at - 1].text == "n" and words[at + 1].pause == COMMA)


def never_so(denial: Span, span: Span, ground: Ground) -> bool:
    """`I've never seen him so confused`, `never had chest pain this bad`: it is so now, for the first time."""
    if not covered((denial[0], denial[0] + 1), "never_word", ground):
        return False
    so = covered((span[0] - 1, span[0]), "such", ground) and not covered((span[1], span[1] + 1), "such", ground)
    return so or holds(ground, "unheard_of", (span[1] - 1, span[1] + SO_REACH))


def answers_before(left: int, right: int, words: Sequence[Token], ground: Ground) -> bool:
    """`fever: no, throwing up blood`, `fiebre no, está mal`: a no between two pauses is for what was named before."""
    own = words[left].pause == COMMA and right < len(words) and words[right].pause >= COMMA
    return own or any(words[at].pause or covered((at, at + 1), "joins", ground) for at in range(left + 1, right))


def claimed_not(span: Span, ground: Ground) -> bool:
    """`can't say I've had trouble with words`: the sign has taken the words that deny it for its own."""
    return any(
        left == span[0] and right < span[1] and covered((left + 1, left + 2), "claims", ground)
        for left, right in ground.spans.get(DENYING, ())
    )
