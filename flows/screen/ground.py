"""Laying out a message for the patterns: where each concept stands in it."""

from collections.abc import Iterable, Sequence

from flows.screen.lexicon import Lexicon, Phrase
from flows.screen.pattern import Ground, phrase_spans
from flows.screen.tokens import STOP, Token

BEGIN, END = "begin", "end"
NUMBER = "number"
NONE: frozenset[str] = frozenset()
OFTEN = 10


def lay(words: Sequence[Token], lexicon: Lexicon) -> Ground:
    """Single words first, then phrases of words."""
    ground = Ground({}, [0], [])
    _place_words(words, lexicon, ground)
    _place_phrases(lexicon, ground)
    return ground


def _place_words(words: Sequence[Token], lexicon: Lexicon, ground: Ground) -> None:
    """A word that is said again and again counts only so often, so that no text costs more than its length."""
    stops = 0
    said: dict[str, int] = {}
    for at, word in enumerate(words):
        stops += word.pause >= STOP
        ground.stops.append(stops)
        ground.words.append(ground.words[-1] + (word.text not in lexicon.small))
        _place_ends(at, word, lexicon, ground)
        said[word.text] = said.get(word.text, 0) + 1
        if said[word.text] <= OFTEN:
            for concept in lexicon.concepts(word.text) | (lexicon.marks[NUMBER] if word.value is not None else NONE):
                ground.spans.setdefault(concept, []).append((at, at + 1))
    _place(lexicon.marks[END], len(words), ground)


def _place_ends(at: int, word: Token, lexicon: Lexicon, ground: Ground) -> None:
    if word.pause and at:
        _place(lexicon.marks[END], at, ground)
    if word.pause >= STOP:
        _place(lexicon.marks[BEGIN], at, ground)


def _place(concepts: Iterable[str], at: int, ground: Ground) -> None:
    for concept in concepts:
        ground.spans.setdefault(concept, []).append((at, at))


def _place_phrases(lexicon: Lexicon, ground: Ground) -> None:
    touched: set[str] = set()
    for first in [name for name in ground.spans if name in lexicon.phrases]:
        for second, phrases in lexicon.phrases[first].items():
            if second in ground.spans:
                touched.update(concept for phrase in phrases for concept in _placed(first, phrase, ground))
    for concept in touched:
        ground.spans[concept].sort()


def _placed(first: str, phrase: Phrase, ground: Ground) -> Iterable[str]:
    """The concept of a phrase, once for each place where it stands."""
    words, concept = phrase
    for start, _ in list(ground.spans[first]):
        span = phrase_spans(start, words, ground)
        if span is not None:
            ground.spans.setdefault(concept, []).append(span)
            yield concept
