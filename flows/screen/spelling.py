"""Spelling: which word of the lexicon an unknown word was meant to be."""

import re
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz.distance import OSA, Editop, Levenshtein

from flows.screen.tokens import squeeze

SHORTEST = 5
LONGEST = 18
HEAD, TWICE = 7, 8  # letters that are indexed; from that length on two may be left out
REMEMBERED = 20_000
VOWELS = frozenset("aeiouy")
WEAK = frozenset("hrnt")
SMALLER = re.compile(r"(\w{3,})it([oa])(s?)")
ALIKE = tuple(frozenset(pair) for pair in "sc sz cz bv ck kq cq mn gj jh fv td sx ea lr wv".split())


class Spelling:
    """Corrects words towards the lexicon's vocabulary, and leaves common words alone.

    Every known word is indexed by its beginning with a letter left out (two for longer words), so that a look-up costs
    a few dictionary reads and not a walk over the vocabulary.
    """

    def __init__(self, known: Iterable[str], common: Iterable[str], slips: Mapping[str, str]) -> None:
        self._known = frozenset(known)
        self._common = frozenset(common)
        self._slips = dict(slips)
        self._index: dict[str, list[str]] = {}
        self._bones: dict[str, set[str]] = {}
        for word in self._known:
            self._enter(word)
        self._remembered: dict[str, str] = {}

    def _enter(self, word: str) -> None:
        if SHORTEST <= len(word) <= LONGEST and word.isalpha():
            for key in _keys(word):
                self._index.setdefault(key, []).append(word)
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
        plain = next((base for base in _spoken(short) if base in self._known and base not in self._common), None)
        return plain or self._near(short) or self._boned(short) or self.parted(short) or word

    def _near(self, word: str) -> str | None:
        if len(word) > LONGEST + 2:
            return None
        candidates = {near for key in _keys(word) for near in self._index.get(key, ())}
        likely = [(OSA.distance(word, near), near) for near in candidates if _likely(word, near)]
        return min(likely)[1] if likely else None

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

    def parted(self, word: str) -> str | None:
        """`jointpain` → `joint pain`: two known words run together."""
        if len(word) > 2 * LONGEST or word in self._known or word in self._common or self._near(word):
            return None
        for cut in range(len(word) - 4, 2, -1):
            if word[:cut] in self._known and word[cut:] in self._known:
                return f"{word[:cut]} {word[cut:]}"
        return f"a {word[1:]}" if word[0] == "a" and len(word) > 5 and word[1:] in self._known else None


def _spoken(word: str) -> Iterator[str]:
    """What a Spanish word says without the endings of speech: `cansao` → `cansado`, `azulita` → `azul`."""
    if word.endswith(("ao", "aos")):
        yield word.replace("ao", "ado")
    found = SMALLER.fullmatch(word)
    if found:
        stem, vowel, plural = found.groups()
        roots = (stem, stem[:-2] + "c") if stem.endswith("qu") else (stem, stem.removesuffix("c"), stem + "n")
        for root in roots:
            yield from (
                form for form in (root + vowel + plural, root + "e" + plural, root + plural, root) if len(form) > 3
            )


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
    return all(_slip(edit, typed, meant) for edit in Levenshtein.editops(typed, meant))


def _slip(edit: Editop, typed: str, meant: str) -> bool:
    if edit.tag == "replace":
        pair = frozenset((typed[edit.src_pos], meant[edit.dest_pos]))
        return pair <= VOWELS or pair in ALIKE
    whole, place = (meant, edit.dest_pos) if edit.tag == "insert" else (typed, edit.src_pos)
    letter = whole[place]
    doubled = letter in (whole[place - 1 : place], whole[place + 1 : place + 2])
    return doubled or letter in VOWELS or letter in WEAK


def _keys(word: str) -> set[str]:
    """The beginning of a word, whole and with letters left out: two words that are `_likely` share one of them."""
    head = word[:HEAD]
    once = {head[:i] + head[i + 1 :] for i in range(1, len(head))}
    if len(word) < TWICE:
        return once | {head}
    twice = {short[:i] + short[i + 1 :] for short in once for i in range(1, len(short))}
    return once | twice | {head}


def _bones(word: str) -> str:
    return "".join(letter for letter in word if letter not in VOWELS)
