"""Answers: topics and organizations become messages too, so that one `say` says everything.

A topic's text is written once for both channels; what only one channel can say (how to go on, what to do if it is
happening now) is a message of its own that is put behind it here.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flows.catalog.contents import Contents, sources
from flows.catalog.message import Kind, Message
from flows.words import Channel, Language

MOST_PARTS = 3
CLOSED_NOW = "cost_closed_now"
MORE, CLOSING = "topic_more", "topic_closing_{}"
TOPIC_FIELDS = frozenset({"section", "source", "closing", "targets", *Language})
TOPIC_TEXTS = frozenset({"title", "answer", "voice", "questions"})
ORGANIZATION_FIELDS = frozenset({"name", "phone", "site", "open", "zone", "checked", "source", "helps", *Language})
ORGANIZATION_TEXTS = frozenset({"name", "does", "hours"})
ONE_CHANNEL_ONLY = re.compile(
    r"\b(?:reply|text (?:now|more)|press \d|click|link|above|below|responda|oprima|texto arriba)\b", re.I
)
TELEPHONE = re.compile(r"(?<![\w-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\w-])")


def part_key(topic: str, part: int) -> str:
    """The message key of a topic's part, counted from 1."""
    return f"topic.{topic}" if part == 1 else f"topic.{topic}.{part}"


def read_answers(contents: Contents, file: str, tables: Mapping[str, Any]) -> None:
    """Take one file's topics and organizations; to be called when all messages are read."""
    for topic, table in tables.get("topic", {}).items():
        check_fields(contents, file, f"topic.{topic}", table, TOPIC_FIELDS, TOPIC_TEXTS)
        for message in topic_messages(contents, file, topic, table):
            contents.add_message(message)
    for name, table in tables.get("organization", {}).items():
        check_fields(contents, file, f"org.{name}", table, ORGANIZATION_FIELDS, ORGANIZATION_TEXTS)
        contents.names.add(str(table.get("name", name)))
        if isinstance(checked := table.get("checked"), date):
            contents.checked.append((file, f"org.{name}", checked))
        else:
            contents.refuse(file, f"org.{name}", "does not say when it was checked")
        contents.add_message(organization_message(file, name, table))
        if CLOSED_NOW in contents.messages:
            contents.add_message(organization_message(file, name, table, contents.messages[CLOSED_NOW]))


def check_fields(
    contents: Contents, file: str, key: str, table: Mapping[str, Any], fields: frozenset[str], texts: frozenset[str]
) -> None:
    """Refuse what the file's reader would pass over in silence, and what is missing."""
    for unknown in table.keys() - fields:
        contents.refuse(file, key, f"unknown field {unknown}")
    for language in Language:
        own = table.get(language, {})
        for unknown in own.keys() - texts:
            contents.refuse(file, key, f"unknown field {language}.{unknown}")
        for missing in sorted(texts - {"voice", "name"} - own.keys()):
            contents.refuse(file, key, f"{language}.{missing} is missing")


def topic_messages(contents: Contents, file: str, topic: str, table: Mapping[str, Any]) -> Iterator[Message]:
    """One message for each part of a topic, with its closing and, before the last, how to hear more."""
    answers = {language: as_parts(table.get(language, {}).get("answer", ())) for language in Language}
    spoken = {language: as_parts(table.get(language, {}).get("voice", answers[language])) for language in Language}
    count = len(answers[Language.en])
    if not 1 <= count <= MOST_PARTS or {len(x) for x in (*answers.values(), *spoken.values())} != {count}:
        contents.refuse(file, f"topic.{topic}", f"needs 1 to {MOST_PARTS} parts, as many in every language")
        return
    for part in range(count):
        texts = {}
        for language in Language:
            if wrong := ONE_CHANNEL_ONLY.search(answers[language][part]):
                contents.refuse(file, f"topic.{topic}", f"{language}: {wrong[0]!r} makes sense in one channel only")
            behind = [CLOSING.format(table["closing"])] if "closing" in table and part == 0 else []
            behind += [MORE] if part + 1 < count else []
            for channel, text in zip(
                Channel, (answers[language][part], say_numbers(spoken[language][part])), strict=True
            ):
                tail = [words(contents, file, topic, key, language, channel) for key in behind]
                texts[language, channel] = " ".join([text, *tail]).strip()
        yield Message(part_key(topic, part + 1), file, texts, Kind.topic, sources(table))


def words(contents: Contents, file: str, topic: str, key: str, language: Language, channel: Channel) -> str:
    """The words that follow a topic, or a problem noted."""
    message = contents.messages.get(key)
    if message is None:
        contents.refuse(file, f"topic.{topic}", f"needs message.{key}")
        return ""
    return message.texts.get((language, channel), "")


def organization_message(file: str, name: str, table: Mapping[str, Any], closed: Message | None = None) -> Message:
    """One line about an organization: name, what it does, number or site, hours; and that nobody answers now."""
    texts: dict[tuple[Language, Channel], str] = {}
    reached = ", ".join(str(table[x]) for x in ("phone", "site") if x in table)
    for language in Language:
        own = table.get(language, {})
        hours = str(own.get("hours", ""))
        gap = ". " if hours[:1].isupper() else ", "
        ways = gap.join(x for x in (reached, hours) if x)
        line = f"{own.get('name', table.get('name', name))}: {own.get('does', '')} {ways}".strip()
        for channel, said in ((Channel.sms, line), (Channel.voice, say_numbers(line))):
            texts[language, channel] = f"{said} {closed.texts.get((language, channel), '')}" if closed else said
    return Message(f"org.{name}{'.closed' if closed else ''}", file, texts, Kind.normal, sources(table))


def as_parts(text: object) -> tuple[str, ...]:
    """A text or a list of texts as parts."""
    if isinstance(text, str):
        return (text,)
    return tuple(str(part) for part in text) if isinstance(text, list | tuple) else ()


def say_numbers(text: str) -> str:
    """Telephone numbers digit by digit, in groups, so that a voice does not read them as millions."""
    return TELEPHONE.sub(lambda found: ", ".join(" ".join(group) for group in found[0].split("-")), text)
