"""The numbered facts of the clinical reference: each is said, and found by menu and by asking.

`tests/evaluation/facts.tsv`: the number of the fact, the topic that tells it, words that show so, and a question in
each language.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from flows.dialogue.menus import PAGE, SHELVES
from flows.knowledge.match import match
from flows.library import Library
from flows.model import Conversation, Inbound
from flows.screen.read import read
from flows.states import State
from flows.step import step
from flows.words import Channel, Language
from tests.evaluation.questions_scorecard import rows

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
# "One target or many" is nothing that a patient could use.
NOT_FOR_PATIENTS = {6}


class Fact(NamedTuple):
    """One row of the table."""

    number: str
    topic: str
    words: str
    en: str
    es: str


FACTS = [Fact(*row) for row in rows("facts.tsv")]
EACH = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.number}-{fact.topic}")


def browsed(library: Library, texts: list[str]) -> list[str]:
    """What is said last when these are texted from the main menu."""
    conversation, said = Conversation(State.menu, Channel.sms, Language.en, greeted=True), ["menu"]
    for text in texts:
        inbound = Inbound("SM1", "+15555550171", Channel.sms, text)
        turn = step(conversation, inbound, read(text, library.lexicon), library, NOW)
        conversation, said = turn.conversation, [one.key for one in turn.say]
    return said


def test_every_fact_that_concerns_a_patient_is_told() -> None:
    """All forty facts stand in the table, but the one that helps no patient."""
    assert {int(fact.number) for fact in FACTS} == set(range(1, 41)) - NOT_FOR_PATIENTS


@EACH
def test_a_fact_is_said(library: Library, fact: Fact) -> None:
    """Its words stand in the answer."""
    parts = [
        library.catalog.say(key, Language.en, Channel.sms, {"emergency": "911"})
        for key in library.topics[fact.topic].keys
    ]
    assert fact.words in " ".join(parts)


@EACH
def test_a_fact_is_found_by_menu(library: Library, fact: Fact) -> None:
    """From the main menu its answer comes with the fourth reply at the latest."""
    section = library.topics[fact.topic].section
    place = [one.id for one in library.topics.section(section)].index(fact.topic)
    digit, shelf = ("2", SHELVES["about"]) if section in SHELVES["about"] else ("3", SHELVES["cost"])
    texts = [digit, str(shelf.index(section) + 1), *["more"] * (place // PAGE), str(place % PAGE + 1)]
    assert len(texts) <= 4
    assert browsed(library, texts) == [f"topic.{fact.topic}"]


@EACH
def test_a_fact_is_found_by_asking(library: Library, fact: Fact) -> None:
    """A plain question in either language comes to it, or has it among the two that are offered."""
    for language, question in ((Language.en, fact.en), (Language.es, fact.es)):
        found = match(question, library.topics, language)
        assert fact.topic in (found.topic, *found.offered), question
