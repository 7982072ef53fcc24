"""Figures: what stands around a number, and which kind of number it is by that."""

from collections.abc import Sequence
from typing import NamedTuple

from flows.screen.evidence import Evidence
from flows.screen.numbers import ALL, Number
from flows.screen.pattern import Ground, covered
from flows.screen.tokens import Token

NEAR = 5
# The name of a kind that means nothing else may stand further off: `pulse so slow that I can hardly find it, 39`.
FAR = 9
# What follows a number is a little further from it than what stands before it, and more so behind a comma.
FOLLOWS, PARTED, PAUSED = 0.5, 0.9, 2.5
KINDS_SAID = ("about_pulse", "about_oxygen", "about_breaths", "about_pressure")


class Setting(NamedTuple):
    """What stands around the numbers: nothing else, or which signs that are there now."""

    alone: bool = False
    beside: frozenset[str] = frozenset()
    words: Sequence[Token] = ()
    text: str = ""


def nearest(number: Number, concept: str, ground: Ground, setting: Setting) -> bool:
    """Whether this kind of vital sign is the one named nearest to the number."""
    mine = gap_to(number, concept, NEAR, ground, setting)
    if mine is None:
        mine = gap_to(number, f"{concept}_only", FAR, ground, setting)
    if mine is None or (_other(number, ground, setting) and not _percent(number, ground)):
        return False
    rivals = [gap_to(number, rival, NEAR, ground, setting) for rival in ("about_temperature", *KINDS_SAID)]
    return all(gap is None or gap >= mine for gap in rivals)


def _other(number: Number, ground: Ground, setting: Setting) -> bool:
    """Whether it counts something else, and not the number beside it does (`pulse 150 two hours after`)."""
    return any(
        0 <= start - number.end <= 1 and not _number_between(number.end, start, setting)
        for start, _ in ground.spans.get("about_other_number", ())
    ) or any(
        0 <= number.start - end <= 1 and not any(covered((start, end), kind, ground) for kind in KINDS_SAID)
        for start, end in ground.spans.get("about_other_number", ())
    )


def _number_between(start: int, end: int, setting: Setting) -> bool:
    return any(word.value is not None or word.text in ALL for word in setting.words[start:end])


def _percent(number: Number, ground: Ground) -> bool:
    return any(start == number.end for start, _ in ground.spans.get("percent", ()))


def gap_to(number: Number, concept: str, reach: int, ground: Ground, setting: Setting) -> float | None:
    """How far the nearest word of that concept is, in words; what follows counts as further (`pulse 88 oxygen 98`)."""
    parted = PARTED if setting.text[: number.first].rstrip().endswith(",") else 0.0
    gaps = [number.start - end + parted for _, end in ground.spans.get(concept, ()) if end <= number.start]
    for start, _ in ground.spans.get(concept, ()):
        if start >= number.end:
            paused = setting.words and setting.words[start].pause
            gaps.append(start - number.end + (PAUSED if paused else FOLLOWS))
    best = min(gaps, default=None)
    return best if best is not None and best < reach + 1 else None


def near(number: Number, concept: str, ground: Ground, reach: int) -> int | None:
    """How many words lie between the number and the nearest word of that concept, or None."""
    gaps = [
        max(start - number.end, number.start - end)
        for start, end in ground.spans.get(concept, ())
        if start >= number.end or end <= number.start
    ]
    best = min(gaps, default=None)
    return best if best is not None and best <= reach else None


def bare(number: Number, ground: Ground) -> bool:
    """A whole number of which nothing is said: no kind, no age, no money, no count."""
    named = any(near(number, name, ground, 2) is not None for name in ("about_other_number", *KINDS_SAID))
    return number.value == int(number.value) and not named and not ground.spans.get("weather")


def measured(sign: str, number: Number, unit: str, text: str, value: float) -> Evidence:
    """The number as evidence of a vital sign, as it was typed."""
    return Evidence(sign, text[number.first : number.last], value=value, unit=unit)
