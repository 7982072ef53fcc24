"""Spelling: which word of the lexicon an unknown word was meant to be."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA, Levenshtein

from flows.screen.tokens import squeeze

SHORTEST = 5
LONGEST = 18
REMEMBERED = 20_000
VOWELS = frozenset("aeiouy")
WEAK = frozenset("hrnt")
ALIKE = tuple(map(frozenset, ("sc", "sz", "cz", "bv", "ck", "kq", "cq", "mn", "gj", "jh", "fv", "td", "sx", "ea", "lr", "wv")))


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
            if len(bones) >= 4:
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
        if not SHORTEST - 1 <= len(short) <= LONGEST or not short.isalpha():
            return word
        return self._near(short) or self._boned(short) or word

    def _near(self, word: str) -> str | None:
        candidates = {near for key in _shortened(word) for near in self._index.get(key, ())}
        likely = [(OSA.distance(word, near), near) for near in candidates if _likely(word, near)]
        return min(likely, default=(0, None))[1]

    def _boned(self, word: str) -> str | None:
        """`mrdo` → `mareado`: words texted without most of their vowels."""
        if sum(letter in VOWELS for letter in word) > 1:
            return None
        near = [
            known
            for known in self._bones.get(_bones(word), ())
            if known[0] == word[0] and known[-1] == word[-1] and len(known) <= len(word) + 3
        ]
        return min(near, key=len) if near else None


def _likely(typed: str, meant: str) -> bool:
    """Whether `typed` is a slip of the finger or of the ear for `meant`, and not another word that looks alike."""
    if typed[0] != meant[0] or min(len(typed), len(meant)) < SHORTEST:
        return False
    apart = OSA.distance(typed, meant, score_cutoff=2)
    shorter = min(len(typed), len(meant))
    if apart == 1:
        return shorter >= 8 or _slips(typed, meant)
    if apart == 2:
        return shorter >= 11 or (shorter >= 7 and _slips(typed, meant))
    return apart == 0


def _slips(typed: str, meant: str) -> bool:
    """Whether every difference is a usual slip: swapped or doubled letters, a vowel, letters that sound alike."""
    if sorted(typed) == sorted(meant):
        return True
    for kind, at, to in Levenshtein.editops(typed, meant).as_list():
        old, new = typed[at : at + 1], meant[to : to + 1]
        if kind == "replace" and not ({old, new} <= VOWELS or {old, new} in ALIKE):
            return False
        letter = new if kind == "insert" else old
        whole, place = (meant, to) if kind == "insert" else (typed, at)
        doubled = letter in (whole[place - 1 : place], whole[place + 1 : place + 2])
        if kind != "replace" and not (doubled or letter in VOWELS or letter in WEAK):
            return False
    return True


def _shortened(word: str) -> set[str]:
    once = {word[:i] + word[i + 1 :] for i in range(len(word))}
    if len(word) < 8:
        return once | {word}
    twice = {short[:i] + short[i + 1 :] for short in once for i in range(len(short))}
    return once | twice | {word}


def _bones(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)
