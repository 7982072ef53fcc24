"""Laying out a message for the patterns: where each concept stands in it."""

from collections.abc import Iterable, Mapping, Sequence

from flows.screen.clause import lay_clauses
from flows.screen.draft import ANSWERED_NO, Phrase
from flows.screen.lexicon import Lexicon
from flows.screen.pattern import Ground, phrase_spans
from flows.screen.tokens import COMMA, STOP, Token

BEGIN, END = "begin", "end"
NUMBER = "number"
NONE: frozenset[str] = frozenset()
OFTEN = 10
NOES = frozenset("no nope nah nop negative negativo never nunca not nada".split())
# What may stand behind such a no and belong to it: `no he doesn't`, `no not really`.
ECHOES = frozenset(
    "no not he she it they i we hes shes im cant cannot isnt doesnt didnt hasnt wont wasnt arent dont couldnt yet at "
    "all really anymore sir maam puede quiere todavia aun para nada casi el ella responde".split()
)
ECHO_WORDS = 4


def lay(words: Sequence[Token], lexicon: Lexicon) -> Ground:
    """Single words first, then phrases of words, then what the patterns that might stand here are made of."""
    ground = Ground({}, stops=[], words=[0])
    said = _place_words(words, lexicon, ground)
    _place_phrases(lexicon, ground)
    _place_parts(said, lexicon, ground)
    lay_clauses(words, ground)
    return ground


def _place_words(words: Sequence[Token], lexicon: Lexicon, ground: Ground) -> dict[str, list[int]]:
    """A word that is said again and again counts only so often, so that no text costs more than its length.

    Returns the words that count, and where each stands.
    """
    stops = 0
    said: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        stops += word.pause >= STOP
        ground.stops.append(stops)
        ground.words.append(ground.words[-1] + (word.text not in lexicon.small))
        _place_ends(at, word, lexicon, ground)
        standing = said.setdefault(word.text, [])
        if len(standing) < OFTEN:
            standing.append(at)
            _, always = lexicon.known(word.text)
            number = lexicon.marks[NUMBER] if word.value is not None else NONE
            for concept in always | number:
                ground.spans.setdefault(concept, []).append((at, at + 1))
    _place(lexicon.marks[END], len(words), ground)
    _place_answers(words, lexicon, ground)
    return said


def _place_parts(said: Mapping[str, Sequence[int]], lexicon: Lexicon, ground: Ground) -> None:
    """Thousands of patterns have a part that stands here; few have all of them, and only those are laid out."""
    stands_for = [(at, lexicon.known(word)[0]) for word, at in said.items()]
    present = set(ground.spans).union(*(every for _, every in stands_for))
    ground.patterns = [
        one for anchor in present & lexicon.patterns.keys() for one in lexicon.patterns[anchor] if one.needs <= present
    ]
    needed = set().union(*(one.needs for one in ground.patterns)) - lexicon.always
    mixed = needed & ground.spans.keys()
    for standing, every in stands_for:
        spans = [(at, at + 1) for at in standing]
        for part in every & needed:
            if part in ground.spans:
                mixed.add(part)
                ground.spans[part] = ground.spans[part] + spans
            else:
                ground.spans[part] = spans  # shared by all that this word is a part of, and never written to
    for part in mixed:
        ground.spans[part].sort()


def _place_ends(at: int, word: Token, lexicon: Lexicon, ground: Ground) -> None:
    if word.pause and at:
        _place(lexicon.marks[END], at, ground)
    if word.pause >= STOP:
        _place(lexicon.marks[BEGIN], at, ground)


def _place_answers(words: Sequence[Token], lexicon: Lexicon, ground: Ground) -> None:
    """Where a question, or a word before a colon or comma, is answered with no and nothing else: `Awake? No`."""
    for at, word in enumerate(words):
        if at and word.text in NOES and (word.pause == COMMA or (word.pause >= STOP and words[at - 1].asked)):
            rest = at + 1
            while rest < len(words) and not words[rest].pause and words[rest].text in ECHOES:
                rest += 1
            alone = rest == len(words) or words[rest].pause > 0
            if alone and rest - at <= ECHO_WORDS:
                _place(lexicon.marks[ANSWERED_NO], at, ground)


def _place(concepts: Iterable[str], at: int, ground: Ground) -> None:
    for concept in concepts:
        ground.spans.setdefault(concept, []).append((at, at))


def _place_phrases(lexicon: Lexicon, ground: Ground) -> None:
    """A phrase is only tried where its second word follows its first, small words aside."""
    standing = _standing(lexicon, ground)
    touched: set[str] = set()
    for first in [name for name in ground.spans if name in lexicon.phrases]:
        group = lexicon.phrases[first]
        for start, _ in list(ground.spans[first]):
            for at in ground.beside(start):
                for second in standing[at] & group.keys():
                    touched.update(_placed(start, at, group[second], ground))
    for concept in touched:
        ground.spans[concept].sort()


def _standing(lexicon: Lexicon, ground: Ground) -> list[set[str]]:
    """By token: the words of a pattern that stand there and are the second of some phrase."""
    standing: list[set[str]] = [set() for _ in ground.stops]
    for name in lexicon.seconds & ground.spans.keys():
        for at, _ in ground.spans[name]:
            standing[at].add(name)
    return standing


def _placed(start: int, second: int, phrases: Iterable[Phrase], ground: Ground) -> Iterable[str]:
    """The concepts of the phrases that stand there."""
    for rest, concept in phrases:
        if rest and rest[0] not in ground.spans:
            continue
        span = phrase_spans((start, second + 1), rest, ground)
        if span is not None:
            ground.spans.setdefault(concept, []).append(span)
            yield concept
