"""Matching: where the parts of a pattern stand together in a message."""

from bisect import bisect_left
from collections.abc import Iterable

from flows.screen.pattern import EITHER, MOST, WORDS_BETWEEN, Ground, Pattern, Span


def matches(pattern: Pattern, ground: Ground) -> Iterable[Span]:
    """Every place where the pattern stands, leftmost first."""
    if not _may_stand(pattern, ground):
        return
    chains = [ground.spans.get(part) for part in pattern.parts]
    if not all(chains):
        return
    last = -1
    for first in chains[0] or ():
        if first[0] < last:
            continue
        span = _extend(first, 1, chains, pattern.joins, ground)
        if span is not None:
            last = span[1]
            yield span


def _may_stand(pattern: Pattern, ground: Ground) -> bool:
    """Whether each part comes within reach of the one before, somewhere: most patterns can be put aside by that."""
    joins = pattern.joins
    for at, join in enumerate(joins):
        # After parts in any order it is not said from which of them the next is reached.
        if join in EITHER or (at and joins[at - 1] in EITHER):
            continue
        if not ground.reached_from(pattern.parts[at], join) & ground.begun_at(pattern.parts[at + 1]):
            return False
    return True


def _extend(
    left: Span, at: int, chains: list[list[Span] | None], joins: tuple[str, ...], ground: Ground
) -> Span | None:
    """The whole span, when the parts from `at` on can be found beside `left`."""
    if at == len(chains):
        return left
    join = joins[at - 1]
    chain = chains[at] or []
    furthest = left[1] + MOST[join]
    first = bisect_left(chain, (left[1], 0))
    for span in chain[first : first + WORDS_BETWEEN + 1]:
        if span[0] > furthest:
            break
        if ground.joined(left, span, join):
            whole = _extend((left[0], span[1]), at + 1, chains, joins, ground)
            if whole is not None:
                return whole
    if join in EITHER:
        for span in _before(chain, left[0]):
            if left[0] - span[1] <= MOST[join] and ground.joined(span, left, join):
                whole = _extend((span[0], left[1]), at + 1, chains, joins, ground)
                if whole is not None:
                    return whole
    return None


def _before(chain: list[Span], at: int) -> Iterable[Span]:
    upto = bisect_left(chain, (at, 0))
    return reversed(chain[max(0, upto - WORDS_BETWEEN - 1) : upto])
