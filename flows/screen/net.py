"""The second net: how much the words of a text sound like an illness, weighed word by word; worth one question."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flows.screen.tokens import Token

NAMED = 3
SIGN = {"plus": 1, "minus": -1}
# What each word of everyday life (a recipe, a ticket, a match) takes off.
EVERYDAY = 10


class Net(NamedTuple):
    """What each word weighs, where a text begins, and the bar at which it is asked about."""

    weights: Mapping[str, int]
    start: int
    bar: int


def caught(words: Sequence[Token], net: Net, everyday: int = 0) -> tuple[Token, ...]:
    """The words that weighed most, in their order, when all words together reach the bar; else none."""
    said = {word.text: word for word in reversed(words)}
    if net.start + sum(net.weights.get(text, 0) for text in said) - EVERYDAY * everyday < net.bar:
        return ()
    heaviest = sorted(said.values(), key=lambda word: -net.weights.get(word.text, 0))[:NAMED]
    return tuple(sorted(heaviest, key=lambda word: word.start))


def weights_of(groups: Mapping[str, str]) -> Iterable[tuple[str, int]]:
    """The words of groups such as `plus_14 = "pain headaches"`, each with its weight."""
    for name, listed in groups.items():
        direction, _, tenths = name.partition("_")
        for word in listed.split():
            yield word, SIGN[direction] * int(tenths)
