"""Wording: how a question is read. Words of one meaning become one token, filler vanishes, slips are mended."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.catalog.menu import fold
from flows.knowledge.usage import Asked

LONGEST_QUESTION = 60
SHORTEST_MENDED = 5
LONG_WORD = 8
SHORTEST_STEM = 4
ENDINGS = re.compile(
    r"(?:amientos?|imientos?|aciones|acion|iciones|icion|ciones|cion|mente|ments?|ations?|ando|iendo|ings?|ados?|adas?"
    r"|idos?|idas?|aron|ieron|aban?|ies|ied|ed|es|os|as|ar|er|ir|s|o|a|e)$"
)


class Wording:
    """The tables of the file that says how questions are read."""

    def __init__(self, table: Mapping[str, Any], known: Iterable[str] = (), common: Iterable[str] = ()) -> None:
        self.neutral = frozenset(fold(table.get("neutral", "")).split())
        self.common = frozenset(common)
        self.plain = frozenset(fold(table.get("plain", "")).split())
        self.common_stems = frozenset(map(stem, self.common))
        self.neutral_stems = frozenset(map(stem, self.neutral))
        self.elsewhere = frozenset(fold(table.get("elsewhere", "")).split())
        self.elsewhere_endings = tuple(fold(table.get("elsewhere_endings", "")).split())
        self.aside = tuple(table.get("aside", ()))
        self.phrases = phrases(table.get("same", ()))
        self.stems = {stem(words[0]): meaning for words, meaning in self.phrases.items() if len(words) == 1}
        self.longest = max(map(len, self.phrases), default=1)
        own = {word for words in self.phrases for word in words}
        self.vocabulary = frozenset().union(
            own,
            self.neutral,
            self.elsewhere,
            fold(table.get("medicines", "")).split(),
            *map(str.split, map(fold, known)),
        )
        self.vocabulary_stems = frozenset(map(stem, self.vocabulary))
        self.beginnings = frozenset(word[:SHORTEST_MENDED] for word in self.vocabulary)
        self.by_length = by_length(self.vocabulary)

    def words(self, text: str) -> list[str]:
        """The words of a question, folded, slips mended, at most as many as one reads of a question."""
        return [self.mended(word) for word in fold(text).split()[:LONGEST_QUESTION]]

    def mended(self, word: str) -> str:
        """The known word that an unknown one is a slip of, or the word itself."""
        if word in self.vocabulary or stem(word) in self.vocabulary_stems:
            return word
        if len(word) < SHORTEST_MENDED or any(x.isdigit() for x in word):
            return word
        slack = 1 if len(word) < LONG_WORD else 2
        near = [
            x for n in range(len(word) - slack, len(word) + slack + 1) for x in self.by_length.get((n, word[0]), ())
        ]
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=slack)
        return found[0] if found else word

    def asked(self, text: str) -> Asked:
        """A question as it is counted."""
        words = self.words(text)
        return Asked(tuple(self.meanings(words)), tuple(map(stem, words)))

    def tokens(self, text: str) -> list[str]:
        """The meanings in a question, in order: a listed meaning as "=word", any other word by its stem."""
        return list(self.meanings(self.words(text)))

    def meanings(self, words: list[str]) -> Iterator[str]:
        """The longest listed phrase at each place, else the word's stem; filler is passed over."""
        for meaning, word in self.read(words):
            if meaning:
                yield meaning
            elif word not in self.neutral and (root := stem(word)) not in self.neutral_stems:
                yield root if word in self.plain else self.stems.get(root, root)

    def read(self, words: list[str]) -> Iterator[tuple[str | None, str]]:
        """What stands at each place: a listed meaning, or None, with the first word there."""
        place = 0
        while place < len(words):
            size, meaning = self.listed(words, place)
            yield meaning, words[place]
            place += size

    def listed(self, words: list[str], place: int) -> tuple[int, str | None]:
        """How many words the longest listed phrase at a place takes, and its meaning."""
        for size in range(min(self.longest, len(words) - place), 0, -1):
            if meaning := self.phrases.get(tuple(words[place : place + size])):
                return size, meaning
        return 1, None

    def is_elsewhere(self, words: list[str]) -> bool:
        """Whether a word that belongs to no listed phrase names an illness or a matter that is not this treatment."""
        return any(self.names_another(word) for meaning, word in self.read(words) if not meaning)

    def is_strange(self, word: str) -> bool:
        """Whether no table holds a word, nor any other that begins like it."""
        return len(word) >= SHORTEST_MENDED and word.isalpha() and word[:SHORTEST_MENDED] not in self.beginnings

    def names_another(self, word: str) -> bool:
        """Whether a word is such a name, or an unknown one with the ending of an illness."""
        unknown = word not in self.vocabulary and len(word) > LONG_WORD - 2
        return word in self.elsewhere or (unknown and word.endswith(self.elsewhere_endings))


def phrases(lines: Collection[str]) -> dict[tuple[str, ...], str]:
    """Each listed phrase with its meaning, named after the first of its line, or of the line that the first is in."""
    found: dict[tuple[str, ...], str] = {}
    for line in lines:
        members = [tuple(fold(phrase).split()) for phrase in line.split(",")]
        meaning = found.get(members[0], "=" + "_".join(members[0]))
        for words in members:
            found.setdefault(words, meaning)
    return found


def by_length(words: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """The words that may be meant by a slip, by length and first letter."""
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= SHORTEST_MENDED - 1:
            found[len(word), word[0]].append(word)
    return dict(found)


def stem(word: str) -> str:
    """A word without its ending, English or Spanish, as long as enough of it is left."""
    shorter = ENDINGS.sub("", word)
    return shorter if len(shorter) >= SHORTEST_STEM else word
