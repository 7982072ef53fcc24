"""Contents: what the content files hold, read as far as their shape allows, with what is wrong in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flows.catalog.menu import Choice, Menu
from flows.catalog.message import Kind, Message
from flows.words import Channel, Language

TABLES = frozenset({"review", "message", "menu", "names", "sample", "topic", "organization"})
MARKS = TABLES - {"review"}
MESSAGE_FIELDS = frozenset({"source", "kind", "channels", "menu", "first", *Language})
CHOICE_FIELDS = frozenset({"digit", "hidden", "reserved", *Language})


@dataclass(slots=True)
class Contents:
    """Everything found in the files. `names`: words that reading grades leave out; `sample`: example values."""

    messages: dict[str, Message] = field(default_factory=dict)
    menus: dict[str, Menu] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    sample: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    checked: list[tuple[str, str, date]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def refuse(self, file: str, key: str, why: str) -> None:
        """Note a problem with its place."""
        self.problems.append(f"{file}: {key}: {why}")

    def add_message(self, message: Message) -> None:
        """Take a message; a key may stand in one place only."""
        if message.key in self.messages:
            self.refuse(message.file, message.key, f"is also in {self.messages[message.key].file}")
        self.messages[message.key] = message


def read_tables(contents: Contents, file: str, tables: Mapping[str, Any]) -> None:
    """Take one file's messages, menus, names and samples."""
    for name in tables.keys() - TABLES:
        contents.refuse(file, name, "is no table of a content file")
    contents.names.update(map(str, tables.get("names", {}).get("words", ())))
    contents.sample.update({name: str(value) for name, value in tables.get("sample", {}).items()})
    for key, table in tables.get("message", {}).items():
        read_message(contents, file, key, table)
    for name, table in tables.get("menu", {}).items():
        read_menu(contents, file, name, table)


def read_message(contents: Contents, file: str, key: str, table: Mapping[str, Any]) -> None:
    """Take one message; what is unknown, missing or no text is refused."""
    for name in table.keys() - MESSAGE_FIELDS:
        contents.refuse(file, key, f"unknown field {name}")
    try:
        channels = tuple(Channel(x) for x in table.get("channels", [*Channel]))
        kind = Kind(table.get("kind", Kind.normal))
    except ValueError as error:
        return contents.refuse(file, key, str(error))
    contents.add_message(
        Message(
            key=key,
            file=file,
            texts=wordings(contents, file, key, table, channels),
            kind=kind,
            source=sources(table),
            channels=channels,
            menu=table.get("menu"),
            first=bool(table.get("first", False)),
        )
    )
    return None


def wordings(
    contents: Contents, file: str, key: str, table: Mapping[str, Any], channels: Iterable[Channel]
) -> dict[tuple[Language, Channel], str]:
    """The texts by language and channel, in the order of both."""
    found, wanted = {}, tuple(channels)
    for language in Language:
        texts = table.get(language, {})
        if not isinstance(texts, Mapping):
            contents.refuse(file, key, f"{language} needs {' and '.join(wanted)}")
            continue
        for name in texts.keys() - set(wanted):
            contents.refuse(file, key, f"{language}.{name} is no channel of this message")
        for channel in wanted:
            text = texts.get(channel)
            if isinstance(text, str) and text.strip():
                found[language, channel] = " ".join(text.split(" ")).strip()
            else:
                contents.refuse(file, key, f"{language}.{channel} is missing")
    return found


def sources(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the facts come from."""
    source = table.get("source", ())
    return (source,) if isinstance(source, str) else tuple(map(str, source))


def read_menu(contents: Contents, file: str, name: str, table: Mapping[str, Any]) -> None:
    """Take one menu; a menu may stand in one place only."""
    if name in contents.menus:
        contents.refuse(file, f"menu.{name}", f"is also in {contents.menus[name].file}")
    choices = []
    for choice, fields in table.items():
        if not isinstance(fields, Mapping):
            contents.refuse(file, f"menu.{name}.{choice}", "is no choice")
            continue
        for unknown in fields.keys() - CHOICE_FIELDS:
            contents.refuse(file, f"menu.{name}.{choice}", f"unknown field {unknown}")
        words = {language: tuple(map(str, fields.get(language, ()))) for language in Language}
        digit = str(fields["digit"]) if "digit" in fields else None
        hidden, reserved = bool(fields.get("hidden", False)), bool(fields.get("reserved", False))
        choices.append(Choice(choice, digit, words, hidden, reserved))
    contents.menus[name] = Menu(name, file, tuple(choices))
