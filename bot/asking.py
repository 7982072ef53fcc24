"""Asking from the command line: JSON lines of questions in, JSON lines of approved answers out."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flows.dialogue.language import languages_of
from flows.knowledge.match import NURSE, Match, match
from flows.knowledge.topics import Section
from flows.library import Library
from flows.screen.read import read
from flows.triage import Circumstances, Disposition, triage
from flows.words import Channel, Language, Level

VALUES = {"emergency": "911", "er_minutes": "15"}
# The one question that the rules ask without a sign: what was taken. Here, a nurse asks it.
MEDICINE = "medicine"
DANGER = {Level.EMERGENCY: "emergency", Level.URGENT: "urgent"}


def ask_lines(lines: Iterable[str], library: Library) -> Iterator[str]:
    """One JSON object for every input line that isn't blank; a bad line is answered with what is wrong with it."""
    for line in lines:
        if line.strip():
            yield json.dumps(reply_to(line, library), ensure_ascii=False)


def reply_to(line: str, library: Library) -> dict[str, Any]:
    """The answer to one line, or what is wrong with it."""
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "not a JSON object"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    if not isinstance(asked.get("text"), str):
        return {"id": asked.get("id"), "error": "needs a text"}
    if asked.get("language") not in (None, *Language):
        return {"id": asked.get("id"), "error": f"language: not one of {', '.join(Language)}"}
    return {"id": asked.get("id"), **answered(asked, library)}


def answered(asked: Mapping[str, Any], library: Library) -> dict[str, Any]:
    """The reply to a question: a danger sign in it wins over any answer."""
    reading = read(asked["text"], library.lexicon)
    said = triage(reading.evidence, Circumstances(), reading)
    language = Language(asked["language"]) if asked.get("language") else language_of(asked["text"], library)
    nurse = said.ask == MEDICINE and said.level not in DANGER
    if (said.level or said.ask) and not nurse:
        return answer(None, (), None, say(library, danger_key(library, said), language))
    found = Match(NURSE, (NURSE,)) if nurse else match(asked["text"], library.topics, language)
    reply = reply_of(library, found, language)
    if said.mention and VALUES["emergency"] not in reply:
        reply = f"{reply} {say(library, 'safety_line', language)}"
    if found.topic == NURSE:
        return answer(None, found.offered, None, reply)
    best = found.topic or (found.offered[0] if found.offered else None)
    return answer(found.topic, found.offered, library.topics[best].section if best else None, reply)


def answer(topic: str | None, offered: tuple[str, ...], section: Section | None, reply: str) -> dict[str, Any]:
    """The fields of a reply. A question for a nurse has no topic: no approved answer fits it, a person does."""
    return {"topic": topic, "offered": list(offered), "section": section, "reply": reply}


def danger_key(library: Library, said: Disposition) -> str:
    """What to say about a danger sign: the line of its level, or the question that clears it up."""
    if said.level in DANGER:
        return DANGER[said.level]
    question = f"ask.{said.ask}"
    return question if said.ask and library.catalog.has(question) else "topic_danger"


def reply_of(library: Library, found: Match, language: Language) -> str:
    """The words for what the matcher found: the answer, the best two to choose from, or a person."""
    if found.topic:
        return say(library, library.topics[found.topic].answer, language)
    titles = [library.topics[topic].title(language) for topic in found.offered]
    if len(titles) == 2:
        return say(library, "topic_which", language, first=titles[0], second=titles[1])
    if titles:
        return say(library, "topic_perhaps", language, first=titles[0])
    return say(library, "topic_none", language)


def say(library: Library, key: str, language: Language, **values: str) -> str:
    """One message as a text."""
    return library.catalog.say(key, language, Channel.sms, {**VALUES, **values})


def language_of(text: str, library: Library) -> Language:
    """The one language that the words are in; English where it cannot be told."""
    found = languages_of(text, library.lexicon)
    return next(iter(found)) if len(found) == 1 else Language.en
