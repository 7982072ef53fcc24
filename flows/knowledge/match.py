"""The matcher: which approved answer a question asks for. It would rather say nothing than guess."""

from dataclasses import dataclass

from flows.knowledge.index import ASIDE
from flows.knowledge.topics import Topics
from flows.words import Language

NURSE = "ask_nurse"
# From here on an answer is given; from there on the best two are offered; below it there is no approved answer.
SURE, OFFERED = 0.62, 0.42
# The best must lead the next by this much.
LEAD = 0.04


@dataclass(frozen=True, slots=True)
class Match:
    """`topic`: the answer to give, or None. `offered`: the best two when there is anything worth offering."""

    topic: str | None = None
    offered: tuple[str, ...] = ()


def match(question: str, topics: Topics, language: Language | None = None) -> Match:
    """The topic that a question in either language asks for; questions on medicines always lead to a nurse.

    Both languages are read whatever `language` says, since people mix them in one line.
    """
    words = topics.wording.words(question)
    tokens = list(topics.wording.meanings(words))
    if NURSE in topics and topics.medicines.asked(words, tokens):
        return Match(NURSE, (NURSE,))
    if topics.is_elsewhere(words, tokens):
        return Match()
    return decide(topics.index.ranked(tokens))


def decide(ranked: list[tuple[float, str]]) -> Match:
    """From scores to an answer: sure, unsure, or none."""
    if not ranked or ranked[0][0] < OFFERED or ranked[0][1] == ASIDE:
        return Match()
    offered = tuple(topic for score, topic in ranked if topic != ASIDE and score >= OFFERED)[:2]
    best, topic = ranked[0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    if best >= SURE and lead >= LEAD:
        return Match(topic, offered)
    return Match(None, offered)
