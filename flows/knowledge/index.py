"""The index: every known question as weighted meanings, so that a new one can be laid beside them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from math import log

from flows.words import Language

ASIDE = ""
# A word that no topic knows says that the question is about something else; it weighs as much as a rare word.
UNKNOWN_WEIGHT = 0.85
# How something is asked says less than what is asked.
FAINT = 0.6
# How much the likeness to one known question counts against how much of the question the topic knows at all.
LIKENESS, COVERAGE = 0.6, 0.4
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
        questions: Iterable[tuple[str, Language | None, list[str]]],
        answers: Mapping[str, list[str]],
        faint: Collection[str] = (),
    ) -> None:
        rows = [(topic, language, frozenset(tokens)) for topic, language, tokens in questions if tokens]
        bags: defaultdict[str, set[str]] = defaultdict(set)
        for topic, _, tokens in rows:
            bags[topic] |= tokens
        spread = Counter(token for bag in bags.values() for token in bag)
        self.weights = {token: log(1 + len(bags) / count) for token, count in spread.items()}
        self.weights |= {token: FAINT * weight for token, weight in self.weights.items() if token in faint}
        self.unknown = UNKNOWN_WEIGHT * log(1 + len(bags))
        self.known = [Known(*row, self.weigh(row[2])) for row in rows]
        self.bags = {topic: frozenset(bag) | frozenset(answers.get(topic, ())) for topic, bag in bags.items()}
        self.postings: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.known):
            for token in row.tokens:
                self.postings[token].append(number)

    def weigh(self, tokens: Iterable[str]) -> float:
        """The weight of some meanings together."""
        return sum(self.weights.get(token, self.unknown) for token in tokens)

    def ranked(self, tokens: Iterable[str], language: Language | None = None) -> list[tuple[float, str]]:
        """The topics with their scores from 0 to 1, best first."""
        asked = frozenset(tokens)
        total = self.weigh(asked)
        if not total:
            return []
        best: defaultdict[str, float] = defaultdict(float)
        for number in {n for token in asked for n in self.postings.get(token, ())}:
            row = self.known[number]
            likeness = 2 * self.weigh(asked & row.tokens) / (total + row.weight)
            if language and row.language and row.language is not language:
                likeness *= OTHER_LANGUAGE
            best[row.topic] = max(best[row.topic], likeness)
        scores = [
            (LIKENESS * likeness + COVERAGE * self.weigh(asked & self.bags[topic]) / total, topic)
            for topic, likeness in best.items()
        ]
        return sorted(scores, key=lambda score: (-score[0], score[1]))
