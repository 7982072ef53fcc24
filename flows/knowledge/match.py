"""The matcher: which approved answer a question asks for. It would rather say nothing than guess."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.knowledge.index import ASIDE
from flows.knowledge.topics import Topics
from flows.knowledge.usage import Asked
from flows.knowledge.wording import stem
from flows.words import Language

NURSE = "ask_nurse"
# "The ER, or wait?" is never left to a choice of two: whoever may be asking it is told not to wait.
SAFETY = "er_or_wait"


Scores = list[tuple[float, str]]
# What counts how much: likeness to a known question, and how such questions are usually put.
ALIKE, USED = 0.5, 0.5
SMALL_WORDS = 0.8


# How good a score must be to be answered, its lead before the next, and how good to be worth offering. Whoever is
# offered a choice anyway is offered two, so the second needs little.
SURE, LEAD, OFFERED, SECOND = 0.62, 0.3, 0.22, 0.1
# What raises the bar, since the question may be about anything: the share of it that no topic knows, each meaning
# beyond a few, a word that nobody here has ever heard of, and one that names another illness or matter. What lowers
# it: it names this treatment.
UNKNOWN, LENGTHY, FEW, STRANGE, ELSEWHERE, OURS = 0.2, 0.04, 4, 0.1, 0.35, -0.1


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
    if exactly := topics.exactly.get(" ".join(words)):
        return Match(exactly, (exactly,))
    alike = topics.index.ranked(tokens, language)
    return decide(weighed(alike, topics.usage.shares(asked)), doubt(words, tokens, topics))


def doubt(words: list[str], tokens: list[str], topics: Topics) -> float:
    """By how much more than usual a question must fit, because it may be about anything."""
    return (
        UNKNOWN * topics.index.unknown_share(tokens)
        + LENGTHY * max(0, len(tokens) - FEW)
        + STRANGE * any(map(topics.wording.is_strange, words))
        + ELSEWHERE * topics.is_elsewhere(words, tokens)
        + OURS * topics.are_ours(tokens)
    )


def weighed(alike: Scores, shares: Mapping[str, float]) -> Scores:
    """Likeness and usage together, best first; where only small words were said, usage alone."""
    if alike:
        scores = [(ALIKE * score + USED * shares.get(topic, 0.0), topic) for score, topic in alike]
    else:
        scores = [(SMALL_WORDS * share, topic) for topic, share in shares.items()]
    return sorted(scores, key=lambda score: (-score[0], score[1]))


def decide(ranked: Scores, doubt: float) -> Match:
    """From scores to an answer: sure, unsure, or none."""
    if not ranked or ranked[0][0] < OFFERED + doubt or ranked[0][1] == ASIDE:
        return Match()
    best, topic = ranked[0]
    lead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    offered = tuple(other for score, other in ranked if other != ASIDE and score >= SECOND)[:2]
    sure = topic == SAFETY or (best >= SURE + doubt and lead >= LEAD)
    return Match(topic if sure else None, offered)
