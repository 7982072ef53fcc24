"""Patterns: how words must stand together to mean something, and where in a message they do.

A pattern is a line of the lexicon. A bare word stands for itself (`swell*` for all words that begin so, `lip|lips`
for either, `pass_out` for two words as one), `<breathe>` for a word of that concept (or as a choice: `<breathe>|air`).
A space means "next to each other, small words aside", `..` means "up to four other words between" (or six, of which at
most three are no small words), `&` the same in any order; `~` anywhere in the sentence; `<begin>` and `<end>` are the
ends of a sentence.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

SMALL_WORDS_BETWEEN = 3
WORDS_BETWEEN = 4
CONCEPT = re.compile(r"<([a-z_0-9]+)>")

JOINS = ("..", "&", "~")
CLOSER = {" ": "+", "..": ":"}
REACH = {"+": 0, ":": 2, "..": 4, "&": 4, "~": 25}
FAR = ("..", "&")
EITHER = ("&", "~")
FAR_WORDS, FAR_MEANING = 6, 3
# So many words at most lie between, whatever words they are.
MOST = {join: max(reach, FAR_WORDS if join in FAR else 0) for join, reach in REACH.items()} | {" ": SMALL_WORDS_BETWEEN}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line: its parts (concept names), how each is joined to the one before, and what it means.

    `negative`: it says "not" itself; `negations`: choices in it that do, beside others that do not.
    """

    source: str
    parts: tuple[str, ...]
    joins: tuple[str, ...]
    sign: str
    qualities: frozenset[str] = frozenset()
    begins_negative: bool = False
    negative: bool = False
    needs: frozenset[str] = frozenset()
    negations: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Ground:
    """A message as patterns see it: where each concept stands, small words counted, sentence ends counted.

    `patterns`: those of which every part stands somewhere in it. `openings`: the tokens after a comma or a joining
    word, where a clause may begin; `clauses`: these, and where one runs on without either.
    """

    spans: dict[str, list[Span]]
    patterns: list[Pattern] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    insides: dict[str, frozenset[int]] = field(default_factory=dict)
    begun: dict[str, frozenset[int]] = field(default_factory=dict)
    denials: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    begun_bits: dict[str, int] = field(default_factory=dict)
    reached_bits: dict[tuple[str, str], int] = field(default_factory=dict)
    openings: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)

    def inside(self, concept: str) -> frozenset[int]:
        """The tokens that lie within a concept."""
        known = self.insides.get(concept)
        if known is None:
            known = frozenset(at for left, right in self.spans.get(concept, ()) for at in range(left, right))
            self.insides[concept] = known
        return known

    def starts(self, concept: str) -> frozenset[int]:
        """The tokens that a concept begins at. Only after all has been laid out: it is remembered."""
        known = self.begun.get(concept)
        if known is None:
            known = frozenset(left for left, _ in self.spans.get(concept, ()))
            self.begun[concept] = known
        return known

    def begun_at(self, concept: str) -> int:
        """The tokens that a concept begins at, as bits. Only after all has been laid out: it is remembered."""
        bits = self.begun_bits.get(concept)
        if bits is None:
            bits = 0
            for left, _ in self.spans.get(concept, ()):
                bits |= 1 << left
            self.begun_bits[concept] = bits
        return bits

    def reached_from(self, concept: str, join: str) -> int:
        """The tokens at which what is joined to a concept may begin, as bits. Remembered, too."""
        bits = self.reached_bits.get((concept, join))
        if bits is None:
            ends = 0
            for _, right in self.spans.get(concept, ()):
                ends |= 1 << right
            bits = 0
            for far in range(MOST[join] + 1):
                bits |= ends << far
            self.reached_bits[concept, join] = bits
        return bits

    def beside(self, at: int) -> Iterator[int]:
        """The tokens that may follow the one at `at` in a phrase: in its sentence, small words aside."""
        for following in range(at + 1, min(at + 2 + SMALL_WORDS_BETWEEN, len(self.stops))):
            if self.stops[following] != self.stops[at]:
                return
            yield following
            if self.words[following + 1] != self.words[at + 1]:
                return

    def joined(self, left: Span, right: Span, join: str) -> bool:
        """Whether `right` may follow `left` in one pattern."""
        between = right[0] - left[1]
        if between < 0:
            return False
        last = left[1] - 1 if left[0] < left[1] else left[1]
        if self.stops[right[1] - 1] != self.stops[min(last, len(self.stops) - 1)]:
            return False
        if join == " ":
            return between <= SMALL_WORDS_BETWEEN and self.words[right[0]] == self.words[left[1]]
        if between <= REACH[join]:
            return True
        return join in FAR and between <= FAR_WORDS and self.words[right[0]] - self.words[left[1]] <= FAR_MEANING


def readings(line: str) -> list[str]:
    """A line, and the line without each part that may be left out (an empty choice: `pus .. |wound`)."""
    pieces = line.split()
    for at, piece in enumerate(pieces):
        if "|" in piece and "" in piece.split("|"):
            filled = "|".join(choice for choice in piece.split("|") if choice)
            before = pieces[: at - 1] if at and pieces[at - 1] in JOINS else pieces[:at]
            without = [*before, *pieces[at + 1 :]]
            with_it = [*pieces[:at], filled, *pieces[at + 1 :]]
            return [*readings(" ".join(with_it)), *readings(" ".join(without))]
    while pieces and pieces[-1] in JOINS:
        pieces.pop()
    return [" ".join(pieces)]


def parts_of(line: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts of a pattern line, and the joins between them."""
    parts: list[str] = []
    joins: list[str] = []
    join = " "
    for piece in line.split():
        if piece in JOINS:
            join = piece
            continue
        if parts:
            joins.append(join)
        parts.append(piece[1:-1] if CONCEPT.fullmatch(piece) else "=" + piece)
        join = " "
    return tuple(parts), tuple(joins)


def _after(chain: list[Span], at: int) -> Iterable[Span]:
    first = bisect_left(chain, (at, 0))
    return chain[first : first + WORDS_BETWEEN + 1]


def holds(ground: Ground, concept: str, within: Span) -> bool:
    """Whether a concept stands wholly within a stretch of the message."""
    spans = ground.spans.get(concept)
    return spans is not None and any(within[0] <= start and end <= within[1] for start, end in spans)


def covered(span: Span, concept: str, ground: Ground) -> bool:
    """Whether a stretch of the message lies within a concept. Only after all has been laid out: it is remembered."""
    left, right = span
    if right - left == 1:
        return left in ground.inside(concept)
    return any(start <= left and right <= end for start, end in ground.spans.get(concept, ()))


def phrase_spans(begun: Span, words: tuple[str, ...], ground: Ground) -> Span | None:
    """Where a phrase ends whose first words stand at `begun` and which goes on with these, small words aside."""
    span = begun
    for word in words:
        following = _beside(span, ground.spans.get(word, []), ground)
        if following is None:
            return None
        span = (span[0], following[1])
    return span


def _beside(span: Span, chain: list[Span], ground: Ground) -> Span | None:
    for following in _after(chain, span[1]):
        if following[0] - span[1] > SMALL_WORDS_BETWEEN:
            return None
        if ground.joined(span, following, " "):
            return following
    return None
