"""Medicines: whether a question is about a medicine or a dose, which only a nurse may answer."""

import re
from collections.abc import Mapping
from typing import Any

from flows.catalog.menu import fold

DOSE = re.compile(r"\b\d+ ?(?:mg|mcg|ml|milligrams?|miligramos?|units|tablets?|pills?|pastillas?)\b")


class Medicines:
    """The words that send a question to a nurse.

    A general word ("medicine", "drug") yields where the question is about who pays or which product; a named
    medicine, a dose or "can I take" never does.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.general = frozenset(fold(table.get("medicine_general", "")).split())
        self.named = frozenset(fold(table.get("medicines", "")).split()) - self.general
        self.endings = tuple(fold(table.get("medicine_endings", "")).split())
        self.phrases = tuple(map(fold, table.get("medicine_phrases", ())))
        self.exempt = tuple(map(fold, table.get("not_medicine", ())))
        self.persons = frozenset(fold(table.get("medicine_person", "")).split())
        self.not_asked = tuple(map(fold, table.get("medicine_is_cost", ())))
        self.yields_to = frozenset(table.get("medicine_yields_to", ()))

    def asked(self, words: list[str], tokens: list[str]) -> bool:
        """Whether these words, with these meanings, ask about a medicine."""
        text = f" {' '.join(words)} "
        if DOSE.search(text) or any(self.takes(text, phrase) for phrase in self.phrases):
            return True
        if any(f" {phrase} " in text for phrase in self.not_asked):
            return False
        if self.named.intersection(words):
            return True
        if any(len(word) > 6 and word.endswith(self.endings) for word in words):
            return True
        return bool(self.general.intersection(words)) and self.yields_to.isdisjoint(tokens)

    def takes(self, text: str, phrase: str) -> bool:
        """Whether "can I take" stands there and is not followed by a bath, a trip or a person."""
        _, found, rest = text.partition(f" {phrase} ")
        following = rest.split()[:4]
        somebody = bool(following) and phrase.endswith("take") and following[0] in self.persons
        return bool(found) and not somebody and not any(word in self.exempt for word in following)
