"""The lexicon: concepts, patterns and their meaning, as the clinician wrote them in `lexicon*.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.screen.anchor import by_anchor
from flows.screen.draft import LAID, MARKS, NO_NET, NOTHING, Draft, Example, Phrase, read_document, read_forms, unite
from flows.screen.net import Net
from flows.screen.pattern import Pattern
from flows.screen.spelling import Spelling

HINT = 6
# A stem of so many letters is known by itself; a shorter one only with a short ending.
LONG_STEM, ENDING = 4, 3


class LexiconError(ValueError):
    """The lexicon files can't be used; the message names everything that is wrong."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the screen knows of words."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[Phrase, ...]]]  # by their first two words
    seconds: frozenset[str]
    always: frozenset[str]  # laid out in every message; the parts of patterns only where one might stand
    patterns: Mapping[str, tuple[Pattern, ...]]
    languages: Mapping[str, frozenset[str]]
    marks: Mapping[str, frozenset[str]]  # what stands at the ends of a sentence and where a number is
    small: frozenset[str]
    spelling: Spelling
    hints: frozenset[str] = frozenset()
    net: Net = NO_NET
    examples: tuple[Example, ...] = ()
    remembered: dict[str, tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)

    def concepts(self, word: str) -> frozenset[str]:
        """The concepts that one folded word stands for; a literal word `x` of a pattern is the concept `=x`."""
        return self.known(word)[0]

    def begins_like(self, word: str) -> bool:
        """Whether it begins as a word of the lexicon does; a short beginning tells little of a long word (`ten…`)."""
        return word in self.words or any(
            word[:cut] in self.stems and (cut >= LONG_STEM or len(word) - cut <= ENDING)
            for cut in range(2, len(word) + 1)
        )

    def known(self, word: str) -> tuple[frozenset[str], frozenset[str]]:
        """The same, and those of them that are always laid out."""
        known = self.remembered.get(word)
        if known is None:
            found = set(self.words.get(word, ()))
            for cut in range(2, len(word) + 1):
                found |= self.stems.get(word[:cut], frozenset())
            known = frozenset(found), frozenset(found) & self.always
            if len(self.remembered) < 20_000:
                self.remembered[word] = known
        return known


def parse(documents: Mapping[str, str]) -> Lexicon:
    """The lexicon of these TOML texts (name → text); refuses them with everything that is wrong in them."""
    draft = Draft()
    tables: dict[str, dict[str, Any]] = {}
    for name, text in documents.items():
        try:
            tables[name] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            draft.faults.append(f"{name}: {error}")
    for read_part in (read_forms, read_document):
        for name, table in tables.items():
            try:
                read_part(draft, name, table)
            except (TypeError, AttributeError, KeyError, ValueError) as error:
                draft.faults.append(f"{name}: {error!r}")
    used = {part for pattern in draft.patterns for part in pattern.parts if not part.startswith("=")}
    used |= set(draft.unions)
    draft.faults += [f"no concept <{name}>" for name in sorted(used - draft.concepts)]
    if draft.faults:
        raise LexiconError("; ".join(draft.faults))
    unite(draft)
    return _finish(draft)


def _finish(draft: Draft) -> Lexicon:
    weight = dict.fromkeys(draft.concepts, 0)
    for table in (draft.words, draft.stems):
        for concepts in table.values():
            for concept in concepts & draft.concepts:
                weight[concept] += 1
    phrases = {first: _by_second(group) for first, group in draft.phrases.items()}
    alone = {one.parts[0] for one in draft.patterns if len(one.parts) == 1 and one.sign not in (NOTHING, *LAID)}
    hints = {word[:HINT] for word, concepts in (draft.words | draft.stems).items() if concepts & alone}
    small = frozenset(word for word, concepts in draft.words.items() if "small" in concepts)
    return Lexicon(
        words={word: frozenset(concepts) for word, concepts in draft.words.items()},
        stems={stem: frozenset(concepts) for stem, concepts in draft.stems.items()},
        phrases=phrases,
        seconds=frozenset(second for group in phrases.values() for second in group),
        always=frozenset(draft.concepts | _words_of(draft.phrases.values())),
        patterns=by_anchor(draft.patterns, weight, small),
        languages={word: frozenset(found) for word, found in draft.languages.items()},
        marks={mark: frozenset({mark, *draft.unions.get(mark, ())}) for mark in MARKS},
        small=small,
        spelling=Spelling(draft.vocabulary, draft.common, draft.slips),
        hints=frozenset(hint for hint in hints if len(hint) == HINT),
        net=draft.net,
        examples=tuple(draft.examples),
    )


def _words_of(groups: Iterable[Iterable[Phrase]]) -> set[str]:
    return {"=" + word for group in groups for words, _ in group for word in words}


def _by_second(phrases: Iterable[Phrase]) -> dict[str, tuple[Phrase, ...]]:
    """Hundreds of phrases begin with `no`; a message is asked only for those whose second word it has too.

    Each with its third word and all that follow, as concepts.
    """
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        words, concept = phrase
        groups.setdefault("=" + words[1], []).append((tuple("=" + word for word in words[2:]), concept))
    return {second: tuple(group) for second, group in groups.items()}
