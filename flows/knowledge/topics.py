"""Topics: the approved answers, by section, with the questions that they answer."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from flows.catalog.answers import as_parts, part_key
from flows.knowledge.directory import Directory
from flows.knowledge.directory import parse as parse_directory
from flows.knowledge.index import ASIDE, Index
from flows.knowledge.medicines import Medicines
from flows.knowledge.usage import Usage
from flows.knowledge.wording import Wording
from flows.words import Language

NOBODY: Directory = MappingProxyType({})


class Section(StrEnum):
    """The shelves of the knowledge, in the order of the menu."""

    about = "about"
    eligibility = "eligibility"
    process = "process"
    side_effects = "side_effects"
    recovery = "recovery"
    cost = "cost"
    support = "support"


@dataclass(frozen=True, slots=True)
class Topic:
    """One approved answer. `keys`: the catalog's keys of its parts; `questions`: how people ask for it."""

    id: str
    section: Section
    titles: Mapping[Language, str]
    questions: Mapping[Language, tuple[str, ...]]
    keys: tuple[str, ...]

    @property
    def answer(self) -> str:
        """The catalog's key of the first part."""
        return self.keys[0]

    def asked(self) -> Iterator[tuple[Language, str]]:
        """Every known way to ask for it: the questions and the titles."""
        for language in Language:
            for text in (*self.questions[language], self.titles[language]):
                yield language, text

    def title(self, language: Language) -> str:
        """The label in a menu."""
        return self.titles[language]


class Topics:
    """All topics, in the order of the files, what it takes to find one by a question, and whom to call for help."""

    def __init__(
        self,
        topics: Mapping[str, Topic],
        matching: Mapping[str, Any],
        answers: Mapping[str, str],
        common: Collection[str] = (),
        directory: Directory = NOBODY,
    ) -> None:
        self.directory = directory
        self.by_id = MappingProxyType(dict(topics))
        asked = [(topic.id, *question) for topic in self for question in topic.asked()]
        self.wording = Wording(matching, [*(text for _, _, text in asked), *answers.values()], common)
        self.exactly = {" ".join(self.wording.words(text)): topic for topic, _, text in asked}
        aside = [(ASIDE, None, text) for text in self.wording.aside]
        read = [(topic, language, self.wording.asked(text)) for topic, language, text in (*asked, *aside)]
        self.medicines = Medicines(matching)
        self.ours = frozenset(matching.get("ours", ()))
        self.usage = Usage((topic, question) for topic, _, question in read)
        self.index = Index(
            [(topic, language, question.meanings) for topic, language, question in read],
            {topic: self.wording.tokens(answer) for topic, answer in answers.items()},
            (*matching.get("faint", ()), *self.wording.common_stems),
        )

    def __iter__(self) -> Iterator[Topic]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, topic: object) -> bool:
        return topic in self.by_id

    def __getitem__(self, topic: str) -> Topic:
        return self.by_id[topic]

    def section(self, section: Section) -> tuple[Topic, ...]:
        """The topics of one section, for its menu."""
        return tuple(topic for topic in self if topic.section is section)

    def is_elsewhere(self, words: list[str], tokens: list[str]) -> bool:
        """Whether a question names another illness or matter, and nothing of this treatment."""
        return not self.are_ours(tokens) and self.wording.is_elsewhere(words)

    def are_ours(self, tokens: list[str]) -> bool:
        """Whether a question names something that only this treatment has."""
        return not self.ours.isdisjoint(tokens)


def parse(documents: Mapping[str, str]) -> Topics:
    """The topics in these files (name → TOML text); what is unfit in them is the catalog's to refuse."""
    found: dict[str, Topic] = {}
    answers: dict[str, str] = {}
    matching: dict[str, Any] = {}
    common: list[str] = []
    for tables in map(tomllib.loads, documents.values()):
        matching |= tables.get("matching", {})
        common += tables.get("matching", {}).get("everyday", "").split()
        common += [word for words in tables.get("common", {}).values() for word in words.split()]
        for name, table in tables.get("topic", {}).items():
            parts = {language: as_parts(table[language]["answer"]) for language in Language}
            answers[name] = " ".join(part for own in parts.values() for part in own)
            found[name] = Topic(
                id=name,
                section=Section(table["section"]),
                titles={language: table[language]["title"] for language in Language},
                questions={language: tuple(table[language]["questions"]) for language in Language},
                keys=tuple(part_key(name, number) for number in range(1, len(parts[Language.en]) + 1)),
            )
    return Topics(found, matching, answers, common, parse_directory(documents))
