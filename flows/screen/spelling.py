"""Spelling: which word of the lexicon an unknown word was meant to be."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from flows.screen.tokens import squeeze

SHORTEST = 4
LONGEST = 18
REMEMBERED = 20_000
VOWELS = frozenset("aeiou")


class Spelling:
    """Corrects words towards the lexicon's vocabulary, and leaves common words alone.

    Every known word is indexed by itself with one letter left out (two for long words), so that a look-up costs a few
    dictionary reads and not a walk over the vocabulary.
    """

    def __init__(self, known: Iterable[str], common: Iterable[str], slips: Mapping[str, str]) -> None:
        self._known = frozenset(known)
        self._common = frozenset(common)
        self._slips = dict(slips)
        self._index: dict[str, set[str]] = {}
        self._bones: dict[str, set[str]] = {}
        for word in self._known:
            self._enter(word)
        self._remembered: dict[str, str] = {}

    def _enter(self, word: str) -> None:
        if SHORTEST <= len(word) <= LONGEST and word.isalpha():
            for key in _shortened(word):
                self._index.setdefault(key, set()).add(word)
            bones = _bones(word)
            if len(bones) >= 3:
                self._bones.setdefault(bones, set()).add(word)

    def knows(self, word: str) -> bool:
        """Whether the word is in the lexicon or among the common words."""
        return word in self._known or word in self._common

    def correct(self, word: str) -> str:
        """The word that was meant, or the word itself."""
        meant = self._remembered.get(word)
        if meant is None:
            meant = self._meant(word)
            if len(self._remembered) < REMEMBERED:
                self._remembered[word] = meant
        return meant

    def _meant(self, word: str) -> str:
        for times in (2, 1):
            short = squeeze(word, times)
            if short in self._slips:
                return self._slips[short]
            if short in self._known or short in self._common:
                return short
        if not SHORTEST <= len(short) <= LONGEST or not short.isalpha():
            return short
        return self._near(short) or self._boned(short) or short

    def _near(self, word: str) -> str | None:
        allowed = 1 if len(word) < 8 else 2
        candidates = {near for key in _shortened(word) for near in self._index.get(key, ())}
        best = min(
            (
                (OSA.distance(word, near, score_cutoff=allowed), abs(len(near) - len(word)), near)
                for near in candidates
                if near[0] == word[0] or len(word) >= 7
            ),
            default=None,
        )
        if best is None or best[0] > min(allowed, 1 if len(best[2]) < 7 else 2):
            return None
        return best[2]

    def _boned(self, word: str) -> str | None:
        """`cbza` → `cabeza`: words texted without their vowels."""
        if sum(letter in VOWELS for letter in word) > 1:
            return None
        fits = self._bones.get(_bones(word), set())
        near = [known for known in fits if known[0] == word[0] and known[-1] == word[-1]]
        return min(near, key=len) if near else None


def _shortened(word: str) -> set[str]:
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < 8:
        return once | {word}
    twice = {short[:i] + short[i + 1 :] for short in once for i in range(len(short))}
    return once | twice | {word}


def _bones(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)
