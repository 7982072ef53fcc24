"""The matcher: which approved answer a question asks for. It would rather say nothing than guess."""

from dataclasses import dataclass

from flows.knowledge.index import ASIDE
from flows.knowledge.topics import Topics
from flows.words import Language

NURSE = "ask_nurse"


@dataclass(frozen=True, slots=True)
class Bar:
    """How good a score must be: `sure` to be answered, `lead` before the next, `offered` to be worth offering."""

    sure: float
    offered: float
    lead: float = 0.04


# A question that names this treatment is ours; any other one may be about anything, so it must fit better.
OURS, ANY = Bar(0.52, 0.38), Bar(0.62, 0.45)


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
    if NURSE in topics and topics.medicines.asked(words, tokens):
        return Match(NURSE, (NURSE,))
    if topics.is_elsewhere(words, tokens):
        return Match()
    return decide(topics.index.ranked(tokens, language), OURS if topics.are_ours(tokens) else ANY)


def decide(ranked: list[tuple[float, str]], bar: Bar) -> Match:
    """From scores to an answer: sure, unsure, or none."""
    if not ranked or ranked[0][0] < bar.offered or ranked[0][1] == ASIDE:
        return Match()
    offered = tuple(topic for score, topic in ranked if topic != ASIDE and score >= bar.offered)[:2]
    best, topic = ranked[0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    return Match(topic if best >= bar.sure and lead >= bar.lead else None, offered)
