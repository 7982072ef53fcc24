"""The catalog: every word that patients may hear, checked once, then only looked up."""

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from flows.catalog import gate
from flows.catalog.answers import read_answers
from flows.catalog.contents import MARKS, Contents, read_tables
from flows.catalog.menu import Menu, bare, fold
from flows.catalog.message import Message
from flows.catalog.review import FINGERPRINT_LENGTH, fingerprint
from flows.words import Channel, Language

NO_VALUES: Mapping[str, str] = MappingProxyType({})


class CatalogError(Exception):
    """The content is unfit; `problems` names everything that is wrong with it, each with file and key."""

    def __init__(self, problems: Collection[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class NotInCatalog(KeyError):
    """A flow asked for words that are not there, or left out a value: a mistake in the program."""


class Catalog:
    """The reviewed words of one version."""

    def __init__(self, contents: Contents) -> None:
        self.messages: Mapping[str, Message] = contents.messages
        self.menus: Mapping[str, Menu] = contents.menus
        self.names = frozenset(contents.names)
        self.sample: Mapping[str, str] = contents.sample
        self.reviews: Mapping[str, Mapping[str, Any]] = contents.reviews
        self.version = version(self.messages, self.menus)

    def has(self, key: str) -> bool:
        """Whether there is a message of this key."""
        return key in self.messages

    def say(self, key: str, language: Language, channel: Channel, values: Mapping[str, str] = NO_VALUES) -> str:
        """The words of a key in one language and channel, with its values filled in."""
        try:
            text = self.messages[key].texts[language, channel]
        except KeyError:
            raise NotInCatalog(f"no words for {key} in {language}, {channel}") from None
        if "{" not in text:
            return text
        try:
            return text.format_map({name: printable(value) for name, value in values.items()})
        except KeyError as missing:
            raise NotInCatalog(f"{key} needs a value for {missing}") from None

    def choose(self, menu: str, text: str) -> str | None:
        """The choice that a typed, pressed or spoken answer means; None if it fits none or several."""
        try:
            return self.menus[menu].choose(text)
        except KeyError:
            raise NotInCatalog(f"no menu {menu}") from None

    def means(self, menu: str, text: str) -> str | None:
        """The choice that the whole text is, word for word: for words that may be said at any time."""
        try:
            return self.menus[menu].exactly(" ".join(bare(fold(text).split())) or fold(text))
        except KeyError:
            raise NotInCatalog(f"no menu {menu}") from None


def parse(documents: Mapping[str, str], used_keys: Collection[str] | None = None, today: date | None = None) -> Catalog:
    """The catalog of these files (name → TOML text), or a CatalogError that names all that is wrong.

    Files without messages, menus, topics or organizations (limits, phrases) are left to their own readers.
    With `used_keys`, missing and idle keys are refused; with `today`, a directory that nobody checked lately.
    """
    contents = read(documents)
    found = [problem for check in gate.CHECKS for problem in check(contents)]
    if used_keys is not None:
        found += gate.check_use(contents, used_keys)
    if today is not None:
        found += gate.check_directory(contents, today)
    for file, key, why in found:
        contents.refuse(file, key, why)
    if contents.problems:
        raise CatalogError(sorted(set(contents.problems)))
    return Catalog(contents)


def read(documents: Mapping[str, str]) -> Contents:
    """All files as contents; a file that is no TOML is a problem, not a crash."""
    contents, files = Contents(), {}
    for file, text in documents.items():
        try:
            tables: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            contents.refuse(file, "file", f"is no TOML: {error}")
            continue
        if MARKS.isdisjoint(tables):
            continue
        contents.reviews[file] = tables.get("review", {})
        contents.fingerprints[file] = fingerprint(tables)
        files[file] = tables
        read_tables(contents, file, tables)
    for file, tables in files.items():
        read_answers(contents, file, tables)
    return contents


def version(messages: Mapping[str, Message], menus: Mapping[str, Menu]) -> str:
    """A short hash over all words: stored with each turn, so that one can see what was said."""
    words = [[key, sorted((*map(str, place), text) for place, text in m.texts.items())] for key, m in messages.items()]
    inputs = [[name, [[c.id, *sorted(c.inputs())] for c in menu.choices]] for name, menu in menus.items()]
    canonical = json.dumps([sorted(words), sorted(inputs)], ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def printable(value: str) -> str:
    """A value without control characters, invisible marks or line breaks: it may come from a stranger."""
    return " ".join("".join(x if unicodedata.category(x)[0] != "C" else " " for x in value).split())
