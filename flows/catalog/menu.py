"""A menu: which digits and words mean which choice, read as forgivingly as is safe."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from flows.words import Language

NUMBER_WORDS = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "cero": "0", "uno": "1", "una": "1", "dos": "2", "tres": "3", "cuatro": "4",
    "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9", "first": "1", "second": "2", "third": "3",
    "primero": "1", "primera": "1", "segundo": "2", "segunda": "2", "tercero": "3", "tercera": "3",
}  # fmt: skip
# Words around an answer that change nothing: "option 1 please", "la número dos por favor".
PADDING = frozenset(
    "option opcion number numero num press pressed oprimo reply responder the la el lo please por favor pls plz "
    "key tecla i want quiero choose escojo elijo thanks thank you gracias ok okay um uh eh pues".split()
)
# After these no single word of the text can be trusted to be the answer.
UNSURE = (
    "not sure", "dont know", "do not know", "no idea", "idk", "unsure", "maybe", "no se", "no estoy segur",
    "quiza", "tal vez", "no lo se", "not really", "kind of",
)  # fmt: skip
NEGATIONS = frozenset("not dont doesnt isnt arent aint never without cant no nunca sin tampoco ni".split())
LONGEST_LABEL_ANSWER = 6
SHORTEST_TYPO = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer. `hidden`: accepted but not offered in the text. `reserved`: may be a carrier's own word."""

    id: str
    digit: str | None
    words: Mapping[Language, tuple[str, ...]]
    hidden: bool = False
    reserved: bool = False
    # Folded once, not for each message: a text is compared with every phrase of several menus.
    _inputs: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold what was given."""
        phrases = [fold(phrase) for phrases in self.words.values() for phrase in phrases]
        object.__setattr__(self, "_inputs", ((self.digit, *phrases) if self.digit else tuple(phrases)))

    def inputs(self) -> tuple[str, ...]:
        """Everything that means this choice, folded."""
        return self._inputs


@dataclass(frozen=True, slots=True)
class Menu:
    """The choices that one question offers."""

    name: str
    file: str
    choices: tuple[Choice, ...]

    def digits(self) -> frozenset[str]:
        """The keys that mean something here."""
        return frozenset(choice.digit for choice in self.choices if choice.digit)

    def choose(self, text: str) -> str | None:
        """The id of the one choice that the text fits, or None if it fits nothing or more than one."""
        words = fold(text).split()
        for reading in (words, bare(words)):
            if found := self.exactly(" ".join(reading)):
                return found
        words = bare(words)
        return self.numbered(words) or self.mistyped(" ".join(words)) or self.named_in(words)

    def exactly(self, text: str) -> str | None:
        """The choice whose digit or phrase the text is."""
        digit = NUMBER_WORDS.get(text, text)
        return only({c.id for c in self.choices for phrase in c.inputs() if phrase in (text, digit)})

    def numbered(self, words: list[str]) -> str | None:
        """The choice of a digit beside its own label: "1 sick"; but "2 weeks" is no answer."""
        if len(words) < 2:
            return None
        digit, label = NUMBER_WORDS.get(words[0], words[0]), " ".join(words[1:])
        return only({c.id for c in self.choices if c.digit == digit and label in set(c.inputs())})

    def mistyped(self, text: str) -> str | None:
        """The choice whose phrase the text misses by a letter (two in a long phrase)."""
        if len(text) < SHORTEST_TYPO or has_digit(text):
            return None
        slack = 1 if len(text) < 9 else 2
        return only(
            {
                choice.id
                for choice in self.choices
                for phrase in choice.inputs()
                if len(phrase) >= SHORTEST_TYPO and OSA.distance(text, phrase, score_cutoff=slack) <= slack
            }
        )

    def named_in(self, words: list[str]) -> str | None:
        """The choice that a short sentence names: "its the second, cost"; never one that it may be denying."""
        text = " ".join(words)
        if not words or len(words) > LONGEST_LABEL_ANSWER or has_digit(text) or is_unsure(text):
            return None
        found = {c.id for c in self.choices for phrase in c.inputs() if f" {phrase} " in f" {text} "}
        negated = NEGATIONS.intersection(words)
        return only(found) if not negated or self.negation_is_the_answer(words) else None

    def negation_is_the_answer(self, words: list[str]) -> bool:
        """Whether the negation itself is a listed answer and opens the text: "no thanks"."""
        return any(words[0] == phrase for choice in self.choices for phrase in choice.inputs())


def fold(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces; keycap and full-width digits become digits."""
    plain = text.casefold().replace("'", "").replace("’", "")
    if not plain.isascii():
        plain = "".join(x for x in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(x))
    return " ".join(re.findall(r"[^\W_]+", plain))


def bare(words: list[str]) -> list[str]:
    """The words without the padding; all of them if nothing else is left."""
    return [word for word in words if word not in PADDING] or words


def has_digit(text: str) -> bool:
    """Whether a number stands in the text: then it says more than a label."""
    return any(x.isdigit() for x in text)


def is_unsure(text: str) -> bool:
    """Whether the person says that they do not know."""
    return any(f" {phrase}" in f" {text}" for phrase in UNSURE)


def only(found: set[str]) -> str | None:
    """The one member of a set, or None."""
    return next(iter(found)) if len(found) == 1 else None
