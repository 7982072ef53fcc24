"""The matcher: which approved answer a question asks for. It would rather say nothing than guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.knowledge.index import ASIDE
from flows.knowledge.topics import Topics
from flows.knowledge.usage import Asked
from flows.knowledge.wording import stem
from flows.words import Language

NURSE = "ask_nurse"


Scores = list[tuple[float, str]]
# What counts how much: likeness to a known question, and how such questions are usually put.
ALIKE, USED = 0.5, 0.5
SMALL_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class Bar:
    """How good a score must be: `sure` to be answered, `lead` before the next, `offered` to be worth offering."""

    sure: float
    offered: float
    lead: float = 0.15


# A question that names this treatment is ours; any other one may be about anything, so it must fit better, and much
# better if it names something that nobody here has ever heard of.
OURS, ANY, STRANGE = Bar(0.55, 0.24), Bar(0.65, 0.42), Bar(0.75, 0.56)


@dataclass(frozen=True, slots=True)
class Match:
    """`topic`: the answer to give, or None. `offered`: the best two when there is anything worth offering."""

    topic: str | None = None
    offered: tuple[str, ...] = ()


def match(question: str, topics: Topics, language: Language | None = None) -> Match:
    """The topic that a question in either language asks for; questions on medicines always lead to a nurse.

    Both languages are read whatever `language` says, since people mix them in one line; it only breaks ties.
    """
    words = topics.wording.words(question)
    tokens = list(topics.wording.meanings(words))
    asked = Asked(tokens, [stem(word) for word in words])
    if NURSE in topics and topics.medicines.asked(words, tokens):
        return Match(NURSE, (NURSE,))
    if topics.is_elsewhere(words, tokens):
        return Match()
    alike = topics.index.ranked(tokens, language)
    strange = any(map(topics.wording.is_strange, words))
    bar = OURS if topics.are_ours(tokens) else STRANGE if strange else ANY
    return decide(weighed(alike, topics.usage.shares(asked)), bar)


def weighed(alike: Scores, shares: Mapping[str, float]) -> Scores:
    """Likeness and usage together, best first; where only small words were said, usage alone."""
    if alike:
        scores = [(ALIKE * score + USED * shares.get(topic, 0.0), topic) for score, topic in alike]
    else:
        scores = [(SMALL_WORDS * share, topic) for topic, share in shares.items()]
    return sorted(scores, key=lambda score: (-score[0], score[1]))


def decide(ranked: Scores, bar: Bar) -> Match:
    """From scores to an answer: sure, unsure, or none."""
    if not ranked or ranked[0][0] < bar.offered or ranked[0][1] == ASIDE:
        return Match()
    offered = tuple(topic for score, topic in ranked if topic != ASIDE and score >= bar.offered)[:2]
    best, topic = ranked[0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    return Match(topic if best >= bar.sure and lead >= bar.lead else None, offered)
