"""Clauses: where somebody says something new within a sentence, that no denial, date or question before it governs."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from flows.screen.pattern import Ground, Span, covered, holds
from flows.screen.tokens import COMMA, Token

VERB_REACH = 4
# So many commas and "and"s back a clause may begin that still goes on: `she is pale, shaky, sweating and confused`.
NEAREST = 5
NOW, SAID = ("says_now",), ("says_now", "said_then")
# After these an English participle is no verb of its own: `hasn't fallen, fainted or thrown up`.
BEFORE_PARTICIPLE = frozenset({"hasnt", "havent", "hadnt", "never"})


def lay_clauses(words: Sequence[Token], ground: Ground) -> None:
    """Where clauses may begin in a message: found once, for every sign in it."""
    joined = {at + 1 for at in ground.inside("joins")}
    ground.openings = [at for at, word in enumerate(words) if at and (word.pause == COMMA or at in joined)]
    run_on = (at for at in range(1, len(words) - 1) if words[at].pause == 0 and _runs_on(at, words, ground))
    ground.clauses = sorted({*ground.openings, *run_on})


def _runs_on(at: int, words: Sequence[Token], ground: Ground) -> bool:
    """`he had a stroke in 2015 he won't wake up`, `sin fiebre vomita sangre`: as one speaks, without "and" or comma."""
    here, after, before = (at, at + 1), (at + 1, at + 2), (at - 1, at)
    if covered(before, "takes_clause", ground) or words[at + 1].pause:
        return False
    said = covered(here, "speaker", ground) and _verb(at + 1, SAID, (at, at + VERB_REACH), words, ground)
    denied = covered(here, "bare_no", ground) and covered(after, "own_verb", ground)
    noun = covered(before, "ill", ground) or covered(before, "sintoma_es", ground)
    noun = noun and words[at].text != "se"  # `la meningitis se manifiesta con …`
    return said or denied or (noun and any(covered(here, name, ground) for name in ("own_verb", "bare_clause", *SAID)))


def declared(start: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether a clause with a verb of its own begins between a denial that ends at `start` and the sign.

    `no fever and she fainted`, `no tiene fiebre y está confundida`; not: `no fever and chills`.
    """
    perfect = words[start - 1].text in BEFORE_PARTICIPLE and words[start].text != "had"
    said = NOW if perfect else SAID
    return any(
        _says(at, said, span, words, ground) or _adds(at, start, words, ground)
        for at in _openings(ground.clauses, start, span, words, ground)
    )


def states(start: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether such a clause tells of somebody or of this moment, and supposes nothing: `…, she is confused`."""
    return any(
        covered((at, at + 1), "now_word", ground) or _tells(at, span, words, ground)
        for at in _openings(ground.clauses, start, span, words, ground)[-NEAREST:]
        if not holds(ground, "unsure", (at, span[1]))
    )


def present(start: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether such a clause is of the present: `…, he won't wake up`, `and now she fainted`."""
    return any(
        covered((at, at + 1), "now_word", ground) or _says_now(at, span, words, ground)
        for at in _openings(ground.clauses, start, span, words, ground)[-NEAREST:]
    )


def one_thought(span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether no new clause begins within words that stand together: `passed out flyers and he is choking` is two."""
    last = (span[1] - 1, span[1])
    return not any(
        covered((at, at + 1), "now_word", ground) or _names(at, last, words, ground)
        for at in _openings(ground.openings, span[0], last, words, ground)
    )


def _openings(all_of_them: list[int], start: int, span: Span, words: Sequence[Token], ground: Ground) -> Sequence[int]:
    """Where a clause may begin between `start` and the sign: after a comma, or a joining word that follows `start`."""
    first = bisect_left(all_of_them, start)
    between = all_of_them[first : bisect_right(all_of_them, span[0], lo=first)]
    joined = bool(between) and between[0] == start and covered((start - 1, start), "joins", ground)
    return between[1:] if joined and words[start].pause != COMMA else between


def _tells(at: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether somebody has it there: named, or known by a Spanish verb after an "and" or with a "no"."""
    first = _first(at, words, ground)
    denied = covered((first, first + 1), "bare_no", ground)
    verb = first + 1 if denied else first
    own = (denied or words[at].pause == 0) and covered((verb, verb + 1), "own_verb", ground)
    clitic = covered((first, first + 1), "bare_clause", ground) and first <= span[0]
    return own or clitic or _names(at, span, words, ground)


def _names(at: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    first = _first(at, words, ground)
    return covered((first, first + 1), "subject", ground) and _verb(first, SAID, span, words, ground)


def _first(at: int, words: Sequence[Token], ground: Ground) -> int:
    while at + 1 < len(words) and covered((at, at + 1), "next_word", ground):
        at += 1
    return at


def _says_now(at: int, span: Span, words: Sequence[Token], ground: Ground) -> bool:
    return _verb(_first(at, words, ground), NOW, span, words, ground)


def _says(at: int, said: Sequence[str], span: Span, words: Sequence[Token], ground: Ground) -> bool:
    """Whether a verb follows soon, of which the sign may be told; after its subject no participle is meant."""
    first = _first(at, words, ground)
    named = covered((first, first + 1), "subject", ground)
    clitic = covered((first, first + 1), "bare_clause", ground) and first <= span[0]
    return clitic or _verb(first, SAID if named else said, span, words, ground)


def _verb(first: int, said: Sequence[str], span: Span, words: Sequence[Token], ground: Ground) -> bool:
    for here in range(first, min(first + VERB_REACH, span[1] + 1, len(words))):
        if (here > first and words[here].pause) or covered((here, here + 1), "clause_end", ground):
            return False
        if _is_verb(here, said, words, ground):
            return True
    return False


def _is_verb(at: int, said: Sequence[str], words: Sequence[Token], ground: Ground) -> bool:
    if covered((at, at + 1), "now_word", ground):
        return False  # `esta mañana`
    preterite = words[at].accented and "said_then" in said
    return preterite or any(covered((at, at + 1), name, ground) for name in said)


def _adds(at: int, start: int, words: Sequence[Token], ground: Ground) -> bool:
    """`and with bad chest pain`, `and very sleepy`, `, throwing up blood`: after the first of what is no list."""
    if at == start or any(words[here].pause for here in range(start + 1, at)):
        return False
    first = _first(at, words, ground)
    added = first > at or covered((at, at + 1), "stress", ground) or words[at].text in ("with", "con")
    if added and not words[at].pause:
        return True
    runs_on = at + 1 < len(words) and not words[at + 1].pause
    return runs_on and _gerund(words[at].text) and not any(_gerund(words[here].text) for here in range(start, at))


def _gerund(word: str) -> bool:
    return len(word) > 5 and word.endswith(("ing", "ando", "iendo"))
