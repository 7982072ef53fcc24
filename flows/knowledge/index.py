"""The index: every known question as weighted meanings, so that a new one can be laid beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

ASIDE = ""
# A word that no topic knows says that the question is about something else; it weighs as much as a rare word.
UNKNOWN_WEIGHT = 0.75
# How much the likeness to one known question counts against how much of the question the topic knows at all.
LIKENESS, COVERAGE = 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Known:
    """One known question: its topic, its meanings, the sum of their weights."""

    topic: str
    tokens: frozenset[str]
    weight: float


class Index:
    """Known questions by the meanings in them. The empty topic stands for questions without an approved answer."""

    def __init__(self, questions: Iterable[tuple[str, list[str]]], answers: Mapping[str, list[str]]) -> None:
        rows = [(topic, frozenset(tokens)) for topic, tokens in questions if tokens]
        bags: defaultdict[str, set[str]] = defaultdict(set)
        for topic, tokens in rows:
            bags[topic] |= tokens
        spread = Counter(token for bag in bags.values() for token in bag)
        self.weights = {token: log(1 + len(bags) / count) for token, count in spread.items()}
        self.unknown = UNKNOWN_WEIGHT * log(1 + len(bags))
        self.known = [Known(topic, tokens, self.weigh(tokens)) for topic, tokens in rows]
        self.bags = {topic: frozenset(bag) | frozenset(answers.get(topic, ())) for topic, bag in bags.items()}
        self.postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.known):
            for token in row.tokens:
                self.postings[token].append(number)

    def weigh(self, tokens: Iterable[str]) -> float:
        """The weight of some meanings together."""
        return sum(self.weights.get(token, self.unknown) for token in tokens)

    def ranked(self, tokens: Iterable[str]) -> list[tuple[float, str]]:
        """The topics with their scores from 0 to 1, best first."""
        asked = frozenset(tokens)
        total = self.weigh(asked)
        if not total:
            return []
        best: defaultdict[str, float] = defaultdict(float)
        for number in {n for token in asked for n in self.postings.get(token, ())}:
            row = self.known[number]
            likeness = 2 * self.weigh(asked & row.tokens) / (total + row.weight)
            best[row.topic] = max(best[row.topic], likeness)
        scores = [
            (LIKENESS * likeness + COVERAGE * self.weigh(asked & self.bags[topic]) / total, topic)
            for topic, likeness in best.items()
        ]
        return sorted(scores, key=lambda score: (-score[0], score[1]))
