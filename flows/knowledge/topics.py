"""Topics: the approved answers, by section, with the questions that they answer."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from flows.catalog.answers import as_parts, part_key
from flows.words import Language


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

    def title(self, language: Language) -> str:
        """The label in a menu."""
        return self.titles[language]


class Topics:
    """All topics, in the order of the files."""

    def __init__(self, topics: Mapping[str, Topic]) -> None:
        self.by_id = MappingProxyType(dict(topics))

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


def parse(documents: Mapping[str, str]) -> Topics:
    """The topics in these files (name → TOML text); what is unfit in them is the catalog's to refuse."""
    found: dict[str, Topic] = {}
    for text in documents.values():
        for name, table in tomllib.loads(text).get("topic", {}).items():
            parts = as_parts(table[Language.en]["answer"])
            found[name] = Topic(
                id=name,
                section=Section(table["section"]),
                titles={language: table[language]["title"] for language in Language},
                questions={language: tuple(table[language]["questions"]) for language in Language},
                keys=tuple(part_key(name, number) for number in range(1, len(parts) + 1)),
            )
    return Topics(found)
