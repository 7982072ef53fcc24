"""Polarity: whether the words of a sign say "not" themselves, so that a "not" in them denies nothing."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.screen.pattern import Pattern
from flows.screen.tokens import Token


class Polarity(NamedTuple):
    """Whether the words of a sign say "not" themselves (`can't breathe`): at their beginning, or anywhere."""

    begins_negative: bool = False
    negative: bool = False


def polarity_of(patterns: Iterable[Pattern], words: Sequence[Token]) -> Polarity:
    """That of a sign in these words; a choice such as `no_cabe` counts only where it was said (`no se ha hinchado`)."""
    texts = [word.text for word in words]
    found = list(patterns)
    negative = any(one.negative or any(_said(choice, texts) for choice in one.negations) for one in found)
    return Polarity(any(one.begins_negative for one in found), negative)


def _said(choice: tuple[str, ...], texts: Sequence[str]) -> bool:
    return all(any(_is(part, text) for text in texts) for part in choice)


def _is(part: str, text: str) -> bool:
    """Whether a word is that of a choice; a concept may be any word."""
    if part.startswith("<"):
        return True
    return text.startswith(part[:-1]) if part.endswith("*") else text == part
