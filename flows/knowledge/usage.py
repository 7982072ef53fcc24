"""Usage: which meanings, words and pairs of words people use when they ask for a topic, counted.

Likeness to a single known question goes wrong where two topics are asked for in nearly the same words; what all
their questions together have in common tells them apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt

# How much each kind of mark counts beside a meaning: a word as it stands, a pair of words, a pair of meanings, and a
# few letters in a row, by which words of one family, slips and both languages' learned words know each other.
WORD, WORD_PAIR, MEANING_PAIR, LETTERS = 1.0, 0.5, 0.5, 0.15
LETTERS_IN_A_ROW = 4
# A mark never seen with a topic counts as if seen this often, shared out as the mark is among all topics.
UNSEEN, UNSEEN_IN_ALL = 0.7, 10.0
# Marks are not independent of each other, so their sum is taken with a grain of salt: the more marks, the more.
SALT = 1.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is counted: its meanings, and the stems of all its words."""

    meanings: Sequence[str]
    stems: Sequence[str]

    def marks(self) -> Iterator[tuple[str, float]]:
        """Everything countable in it, once each, with its weight."""
        for meaning in dict.fromkeys(self.meanings):
            yield meaning, 1.0
        for pair in dict.fromkeys(pairwise(self.meanings)):
            yield "~".join(pair), MEANING_PAIR
        for word in dict.fromkeys(self.stems):
            yield f"{word} ", WORD
        for pair in dict.fromkeys(pairwise(("^", *self.stems, "$"))):
            yield " ".join(pair), WORD_PAIR
        for letters in dict.fromkeys(row for word in self.stems for row in rows_of(word)):
            yield letters, LETTERS


class Usage:
    """Counts over all known questions, turned into how probable each topic is."""

    def __init__(self, questions: Iterable[tuple[str, Asked]]) -> None:
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        asked: Counter[str] = Counter()
        for topic, question in questions:
            asked[topic] += 1
            for mark, _ in question.marks():
                seen[mark][topic] += 1
        total = sum(asked.values())
        self.gains = {mark: gains(counts, counts.total() / total) for mark, counts in seen.items()}
        self.start = {topic: log(UNSEEN / (count + UNSEEN_IN_ALL)) for topic, count in asked.items()}

    def shares(self, question: Asked) -> dict[str, float]:
        """How probable each topic is, all together 1; nothing where nothing in the question was ever seen."""
        known = [(self.gains[mark], weight) for mark, weight in question.marks() if mark in self.gains]
        if not known:
            return {}
        whole = sum(weight for _, weight in known)
        sums = {topic: start * whole for topic, start in self.start.items()}
        for gained, weight in known:
            for topic, gain in gained.items():
                sums[topic] += weight * gain
        top = max(sums.values())
        raised = {topic: exp((value - top) / (SALT * sqrt(whole))) for topic, value in sums.items()}
        everything = sum(raised.values())
        return {topic: value / everything for topic, value in raised.items()}


def rows_of(word: str) -> Iterator[str]:
    """The letters in a row of a word that is long enough to have several, its beginning marked."""
    marked = f"<{word}"
    if len(word) >= LETTERS_IN_A_ROW:
        for start in range(len(marked) - LETTERS_IN_A_ROW + 1):
            yield f"#{marked[start : start + LETTERS_IN_A_ROW]}"


def gains(counts: Counter[str], frequency: float) -> dict[str, float]:
    """What a mark adds for each topic that it was seen with."""
    return {topic: log(1 + count / (UNSEEN * frequency)) for topic, count in counts.items()}
