"""Reading the lexicon files: what is gathered of concepts, forms and patterns before a lexicon is made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flows.screen.net import Net, weights_of
from flows.screen.pattern import CLOSER, CONCEPT, Pattern, parts_of, readings

NOTHING = "nothing"
# Entries that name no sign, but say of what stands there that it is asked about, long past or denied; or that a tale
# or a denial begins there; and where.
LAID = MappingProxyType(
    {
        "talk": " talked",
        "past": " told",
        "denied": " denied",
        "tale": " tale",
        "stranger": " stranger",
        "denial": " denying",
    }
)
LANGUAGES = ("en", "es")
# Concepts that no word is: the place of a word in its sentence, its value; and where a no answers what was asked.
ANSWERED_NO = "answered_no"
MARKS = ("begin", "end", "number", ANSWERED_NO)
Phrase = tuple[tuple[str, ...], str]  # its words, and the concept that they are
NO_NET = Net({}, 0, 1)
NEGATIVE_CONCEPTS = frozenset({"cannot", "not_now", "muy_mal", "no_longer_so"})
NEGATIVE_WORDS = frozenset(
    "no not cant cannot wont dont doesnt didnt isnt arent havent hasnt without sin ni never nunca ya aint couldnt "
    "wouldnt wasnt werent hadnt".split()
)
# ... and what a choice in a pattern says "not" with, though it may also be somebody's answer.
NOUGHTS = NEGATIVE_WORDS | frozenset("ninguno ninguna ningun nada nadie tampoco cero none nothing nobody".split())
ENDINGS = {
    "en": ("", "s", "ed", "ing", "y", "ness"),
    "es": ("", "o", "a", "os", "as", "ando", "iendo", "ado", "ada", "e", "en", "an"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that an entry must, or must not, find."""

    text: str
    sign: str
    found: bool


@dataclass(slots=True)
class Draft:
    """What is gathered while the files are read."""

    words: dict[str, set[str]] = field(default_factory=dict)
    stems: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    languages: dict[str, set[str]] = field(default_factory=dict)
    vocabulary: set[str] = field(default_factory=set)
    patterns: list[Pattern] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)
    concepts: set[str] = field(default_factory=lambda: set(MARKS))
    common: set[str] = field(default_factory=set)
    slips: dict[str, str] = field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unions: dict[str, set[str]] = field(default_factory=dict)
    net: Net = NO_NET
    faults: list[str] = field(default_factory=list)


def unite(draft: Draft) -> None:
    """A part such as `<breathe>|air` stands wherever one of its concepts does."""
    for table in (draft.words, draft.stems):
        for concepts in table.values():
            concepts |= {part for concept in concepts for part in draft.unions.get(concept, ())}
    for group in draft.phrases.values():
        group += [(words, part) for words, concept in group for part in draft.unions.get(concept, ())]


def read_forms(draft: Draft, name: str, document: Mapping[str, Any]) -> None:
    """The forms of words, which patterns of every file may use; they are read before all else."""
    for language, listed in document.get("forms", {}).items():
        if language not in LANGUAGES:
            draft.faults.append(f"{name}: forms in the unknown language {language}")
        for group in listed.splitlines():
            forms = tuple(group.split())
            draft.forms |= dict.fromkeys(forms, forms)


def read_document(draft: Draft, name: str, document: Mapping[str, Any]) -> None:
    """All else of one file; its faults are gathered."""
    for concept, languages in document.get("concept", {}).items():
        draft.concepts.add(concept)
        for language, listed in languages.items():
            if language not in LANGUAGES:
                draft.faults.append(f"{name}: concept {concept} has the unknown language {language}")
            for entry in listed.replace("\n", " ").split(","):
                _enter(draft, entry.split(), concept, language)
    for entry in document.get("sign", []):
        _read_sign(draft, name, entry)
    for listed in document.get("common", {}).values():
        draft.common |= set(listed.split())
    if "net" in document:
        net = document["net"]
        draft.net = Net(dict(weights_of(net["words"])), net["start"], net["bar"])
    for meant, listed in document.get("slips", {}).items():
        draft.slips |= dict.fromkeys(listed.split(), meant)


def _read_sign(draft: Draft, name: str, entry: Mapping[str, Any]) -> None:
    sign = entry["id"]
    qualities = frozenset(entry.get("qualities", ()))
    lines = [line.strip() for line in entry["phrases"].splitlines()]
    lines = [variant for line in lines if line and not line.startswith("#") for variant in readings(line)]
    for line in lines:
        parts, joins = parts_of(line)
        if sign == NOTHING:
            joins = tuple(CLOSER.get(join, join) for join in joins)
        elif sign in LAID:
            joins = tuple("+" if join == " " else join for join in joins)
        for part in parts:
            if part.startswith("="):
                _enter_part(draft, part)
        wholly = any(_negations(part) == _choices(part) for part in parts)
        mixed = tuple(_words_of(one) for part in parts for one in sorted(_negations(part)))
        how = (bool(_negations(parts[0])), wholly, frozenset(parts), mixed)
        draft.patterns.append(Pattern(line, parts, joins, sign, qualities, *how))
    if not lines:
        draft.faults.append(f"{name}: an entry of {sign} has no phrases")
    for found, key in ((True, "must_match"), (False, "must_not_match")):
        draft.examples += [Example(text, sign, found) for text in entry.get(key, ())]


def _choices(part: str) -> frozenset[str]:
    return frozenset(part.removeprefix("=").split("|"))


def _negations(part: str) -> frozenset[str]:
    """The choices of a part that say "not"."""
    return frozenset(
        one for one in _choices(part) if one.strip("<>") in NEGATIVE_CONCEPTS or NOUGHTS & set(one.split("_"))
    )


def _words_of(choice: str) -> tuple[str, ...]:
    return (choice,) if CONCEPT.fullmatch(choice) else tuple(choice.split("_"))


def _enter_part(draft: Draft, part: str) -> None:
    for choice in part[1:].split("|"):
        if CONCEPT.fullmatch(choice):
            draft.unions.setdefault(choice[1:-1], set()).add(part)
            continue
        for form in draft.forms.get(choice, (choice,)):
            _enter(draft, form.split("_"), part, None)  # a pattern may stand for both languages


def _enter(draft: Draft, words: list[str], concept: str, language: str | None) -> None:
    if len(words) == 1:
        _enter_word(draft, words[0], concept, language)
    elif words:
        for word in words:
            _enter_word(draft, word, "=" + word, language)
        draft.phrases.setdefault("=" + words[0], []).append((tuple(words), concept))
        if language:
            draft.languages.setdefault(concept + "/" + " ".join(words), set()).add(language)


def _enter_word(draft: Draft, word: str, concept: str, language: str | None) -> None:
    stem = word.rstrip("*")
    table = draft.stems if word.endswith("*") else draft.words
    table.setdefault(stem, set()).add(concept)
    if language:
        draft.languages.setdefault(stem, set()).add(language)
    endings: Iterable[str] = ENDINGS[language or "en"] if word.endswith("*") and len(stem) >= 4 else ("",)
    draft.vocabulary |= {stem + ending for ending in endings}
