"""The index: every known question as weighted meanings, so that a new one can be laid beside them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from flows.words import Language

ASIDE = ""
# A word that no topic knows says that the question is about something else; it weighs as much as a rare word.
UNKNOWN_WEIGHT = 0.85
# How something is asked, and everyday words, say less than what is asked.
FAINT = 0.5
# What the likeness to one known question counts for, how much of the question the topic knows at all, and how much
# what is asked belongs to this topic rather than to others.
LIKENESS, COVERAGE, BELONGING = 0.45, 0.3, 0.25
# A known question in the other language counts nearly as much: people mix, and meanings are shared.
OTHER_LANGUAGE = 0.93


@dataclass(frozen=True, slots=True)
class Known:
    """One known question: its topic and language, its meanings, the sum of their weights."""

    topic: str
    language: Language | None
    tokens: frozenset[str]
    weight: float


class Index:
    """Known questions by the meanings in them. The empty topic stands for questions without an approved answer."""

    def __init__(
        self,
        questions: Iterable[tuple[str, Language | None, Sequence[str]]],
        answers: Mapping[str, list[str]],
        faint: Collection[str] = (),
    ) -> None:
        rows = [(topic, language, frozenset(tokens)) for topic, language, tokens in questions if tokens]
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for topic, _, tokens in rows:
            self.counts[topic].update(tokens)
        spread = Counter(token for bag in self.counts.values() for token in bag)
        self.faint = frozenset(faint)
        self.weights = {token: self.fainter(token) * log(1 + len(self.counts) / n) for token, n in spread.items()}
        self.unknown = UNKNOWN_WEIGHT * log(1 + len(self.counts))
        self.known = [Known(*row, self.weigh(row[2])) for row in rows]
        self.most = {token: max(bag[token] for bag in self.counts.values()) for token in spread}
        self.bags = {topic: frozenset(bag) | frozenset(answers.get(topic, ())) for topic, bag in self.counts.items()}
        self.postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.known):
            for token in row.tokens:
                self.postings[token].append(number)

    def fainter(self, token: str) -> float:
        """What a meaning's weight is multiplied by."""
        return FAINT if token in self.faint else 1.0

    def weight(self, token: str) -> float:
        """How much a meaning says; an unknown word says that something else is meant."""
        known = self.weights.get(token)
        return self.fainter(token) * self.unknown if known is None else known

    def weigh(self, tokens: Iterable[str]) -> float:
        """The weight of some meanings together."""
        return sum(map(self.weight, tokens))

    def unknown_share(self, tokens: Iterable[str]) -> float:
        """How much of a question no topic knows, from 0 to 1."""
        asked = frozenset(tokens)
        return self.weigh(asked - self.weights.keys()) / (self.weigh(asked) or 1.0)

    def ranked(self, tokens: Iterable[str], language: Language | None = None) -> list[tuple[float, str]]:
        """The topics with their scores from 0 to 1, best first."""
        asked = frozenset(tokens)
        total = self.weigh(asked)
        if not total:
            return []
        scores = [
            (
                LIKENESS * likeness
                + COVERAGE * self.covered(asked, topic, total)
                + self.belonging(asked, topic, total),
                topic,
            )
            for topic, likeness in self.likest(asked, total, language).items()
        ]
        return sorted(scores, key=lambda score: (-score[0], score[1]))

    def likest(self, asked: frozenset[str], total: float, language: Language | None) -> dict[str, float]:
        """For each topic that shares a meaning, how like its likest known question is."""
        best: defaultdict[str, float] = defaultdict(float)
        for number in {n for token in asked for n in self.postings.get(token, ())}:
            row = self.known[number]
            likeness = 2 * self.weigh(asked & row.tokens) / (total + row.weight)
            if language and row.language and row.language is not language:
                likeness *= OTHER_LANGUAGE
            best[row.topic] = max(best[row.topic], likeness)
        return best

    def covered(self, asked: frozenset[str], topic: str, total: float) -> float:
        """How much of the question the topic knows at all."""
        return self.weigh(asked & self.bags[topic]) / total

    def belonging(self, asked: frozenset[str], topic: str, total: float) -> float:
        """How much what is asked is asked of this topic rather than of the topic that is asked it most."""
        counts = self.counts[topic]
        own = sum(self.weight(token) * counts[token] / self.most[token] for token in asked if token in self.most)
        return BELONGING * own / total
