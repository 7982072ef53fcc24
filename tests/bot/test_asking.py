"""Asking from the command line: approved answers, a nurse, a person, and danger first."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.asking import ask_lines
from flows.catalog import parse as parse_catalog
from flows.catalog import sign
from flows.knowledge.topics import parse as parse_topics
from flows.library import Library
from flows.screen.lexicon import parse as parse_lexicon

CONTENT = Path(__file__).parents[2] / "flows/content"


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content."""
    files = {p.name: p.read_text(encoding="utf-8") for p in CONTENT.glob("*.toml")}
    return Library(parse_catalog(files), parse_topics(files), parse_lexicon(files))


def asked(library: Library, text: str, **more: object) -> dict[str, Any]:
    """The reply to one question."""
    (line,) = ask_lines([json.dumps({"id": 7, "text": text, **more})], library)
    reply: dict[str, Any] = json.loads(line)
    return reply


def test_a_question_gets_its_answer(library: Library) -> None:
    """A question that an approved answer fits gets it, with its topic and section."""
    reply = asked(library, "how long does the leukapheresis thing take")
    assert (reply["id"], reply["topic"], reply["section"]) == (7, "collection", "process")
    assert "2 to 4 hours" in reply["reply"]


def test_the_answer_is_in_the_language_of_the_question(library: Library) -> None:
    """Spanish is answered in Spanish, told or not."""
    assert "estado" in asked(library, "medicaid cubre el tratamiento")["reply"]
    assert "células" in asked(library, "what is car t", language="es")["reply"]


def test_what_has_no_answer_goes_to_a_person(library: Library) -> None:
    """No approved answer: no topic, no guess, and a person offered."""
    reply = asked(library, "who won the game last night")
    assert (reply["topic"], reply["offered"], reply["section"]) == (None, [], None)
    assert "PERSON" in reply["reply"]


@pytest.mark.parametrize("text", ["can i take tylenol", "what dose of prednisone", "puedo tomar ibuprofeno"])
def test_a_medicine_is_for_a_nurse(library: Library, text: str) -> None:
    """A question on a medicine gets no answer of ours, but the way to a nurse."""
    reply = asked(library, text)
    assert reply["topic"] is None
    assert "nurse" in reply["reply"] or "enfermera" in reply["reply"]


def test_danger_wins_over_any_answer(library: Library) -> None:
    """A live sign in a question is answered as a sign."""
    reply = asked(library, "what is the cost and my dad cant breathe")
    assert reply["topic"] is None
    assert "911" in reply["reply"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("what", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"id": 1}', "needs a text"),
        ('{"id": 1, "text": 5}', "needs a text"),
        ('{"id": 1, "text": "hi", "language": "fr"}', "language: not one of en, es"),
    ],
)
def test_a_bad_line_is_answered_with_what_is_wrong(library: Library, line: str, error: str) -> None:
    """A bad line does not stop the rest; blank lines are passed over."""
    answers = [json.loads(reply) for reply in ask_lines([line, "\n", '{"id": 2, "text": "what is car t"}'], library)]
    assert answers[0]["error"] == error
    assert answers[1]["topic"] == "what_is"


def test_signing_is_for_reviewers_only() -> None:
    """Signing changes the review and nothing else."""
    text = (CONTENT / "topics_process.toml").read_text(encoding="utf-8")
    assert sign(text, date(2030, 1, 1)).split("[topic.steps]")[1] == text.split("[topic.steps]")[1]
