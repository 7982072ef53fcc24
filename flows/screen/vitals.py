"""Vital signs: temperature, pulse, blood pressure, oxygen and breaths, in figures or words, with or without units."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from flows.screen.evidence import Evidence, Scope
from flows.screen.figures import Setting, bare, measured, near, nearest
from flows.screen.numbers import DECADES, Number
from flows.screen.pattern import Ground, holds
from flows.screen.scope import sentence_of, told_of
from flows.screen.temperature import temperature
from flows.screen.tokens import Token

NEAR = 5
USUAL_REACH = 3
BELOW = "below_usual"
SMALLEST_DROP, LARGEST_DROP = 15, 49
LOW_PRESSURE = 100
# `la tensión a 12/8`: tens of mmHg.
TENS_OF_MMHG = 27  # `22/12`: no pressure in mmHg is so low
SLOW_PULSE = 50
RACING = 108
KINDS = {
    "vital_oxygen": ("about_oxygen", "percent", 50.0, 100.0),
    "vital_pulse": ("about_pulse", "per_minute", 20.0, 260.0),
    "vital_breaths": ("about_breaths", "per_minute", 4.0, 70.0),
}


def vitals(numbers: Sequence[Number], ground: Ground, text: str, setting: Setting) -> Iterator[Evidence]:
    """The vital signs among a message's numbers; a slow pulse that no rule names is worth a question."""
    setting = setting._replace(text=text)
    usual = _usual(numbers, ground, setting.words)
    paired = False
    for first, second in zip(numbers, [*numbers[1:], None], strict=False):
        if paired:
            paired = False
            continue
        paired = second is not None and _pressure_pair(first, second, ground, setting)
        found = measured("vital_pressure", first, "mmHg", text, _in_mmhg(first.value)) if paired else None
        found = found or _one(first, ground, text, setting)
        if found is None:
            continue
        guessed = found.sign == "vital_pulse" and not nearest(first, "about_pulse", ground, setting)
        if first.start in usual and (guessed or _harmless(found)):
            continue
        scope = told_of((first.start, first.end), setting.words, ground)
        if setting.words and setting.words[first.start].text in DECADES and scope == Scope.past:
            scope = Scope.present  # `systolic in the nineties` is no time
        # Whoever names the limit of a leaflet may give their own number next: `100.4 or higher? Mine is 101`.
        beside = {"fever"} if scope == Scope.hypothetical else set()
        setting = setting._replace(beside=setting.beside | beside)
        yield replace(found, scope=scope)
        yield from (replace(one, scope=scope) for one in _besides(found, usual.values()))


def _besides(found: Evidence, usual: Iterable[float]) -> Iterator[Evidence]:
    """A slow pulse that no rule names, and a pressure that is this much below what was said to be usual."""
    value = found.value or 0.0
    if found.sign == "vital_pulse" and value <= SLOW_PULSE:
        yield replace(found, sign="unclear")
    if found.sign == "vital_pressure" and BELOW not in found.qualities:
        drop = max((one - value for one in usual if one > value), default=0.0)
        if drop > 0:
            yield replace(found, value=drop, qualities=found.qualities | {BELOW})


def _usual(numbers: Sequence[Number], ground: Ground, words: Sequence[Token]) -> dict[int, float]:
    """The numbers that somebody usually has, by the token they begin at: `runs 140 normally, today 112`."""
    found: dict[int, float] = {}
    for left, right in ground.spans.get("usual_figure", ()):
        after = next((one for one in numbers if 0 <= one.start - right <= USUAL_REACH), None)
        before = next((one for one in numbers if 0 <= left - one.end <= 1 and words[left].pause == 0), None)
        meant = before if after is None or words[after.start].pause else after
        if meant is not None:
            found[meant.start] = _in_mmhg(meant.value)
    return found


def _harmless(found: Evidence) -> bool:
    """A usual figure says nothing of today; one that would worry by itself is kept (`85/50, normal for him`)."""
    value = found.value or 0.0
    return (found.sign == "vital_pressure" and value > LOW_PRESSURE) or (
        found.sign == "vital_pulse" and SLOW_PULSE < value < RACING
    )


def _one(number: Number, ground: Ground, text: str, setting: Setting) -> Evidence | None:
    for sign, (concept, unit, low, high) in KINDS.items():
        if low <= number.value <= high and nearest(number, concept, ground, setting):
            return measured(sign, number, unit, text, number.value)
    if 4 <= number.value <= 70 and _breaths_said(number, ground):
        return measured("vital_breaths", number, "per_minute", text, number.value)
    if (drop := _drop(number, ground, text)) is not None:
        return drop
    whole = number.value == int(number.value)
    if 50 <= number.value <= 250 and whole and nearest(number, "about_pressure", ground, setting):
        return measured("vital_pressure", number, "mmHg", text, number.value)
    if "heart" in setting.beside and RACING <= number.value <= 220 and bare(number, ground):
        return measured("vital_pulse", number, "per_minute", text, number.value)
    return temperature(number, ground, text, setting)


def _drop(number: Number, ground: Ground, text: str) -> Evidence | None:
    """`blood pressure 20 below her usual`, `la presión le bajó 25 puntos`."""
    sentence = sentence_of((number.start, number.end), ground)
    fits = SMALLEST_DROP <= number.value <= LARGEST_DROP and holds(ground, "about_pressure", sentence)
    compared = near(number, "below_usual", ground, 3) is not None
    fallen = any(end == number.start for _, end in ground.spans.get("fallen_by", ()))
    if not fits or not (compared or fallen):
        return None
    return replace(measured("vital_pressure", number, "mmHg", text, number.value), qualities=frozenset({BELOW}))


def _breaths_said(number: Number, ground: Ground) -> bool:
    """`breathing 30 times a minute`."""
    by_the_minute = near(number, "per_minute", ground, 1) is not None
    return by_the_minute and near(number, "breathing_word", ground, NEAR) is not None


def _in_mmhg(value: float) -> float:
    return value * 10 if value < TENS_OF_MMHG else value


def _pressure_pair(first: Number, second: Number, ground: Ground, setting: Setting) -> bool:
    """`84/50`, `84 over 50`, `85 con 50`: two numbers that go together, the higher first; `12/8` where it is named."""
    apart = second.start - first.end
    joined = apart == 1 and any(start == first.end for start, _ in ground.spans.get("over", ()))
    named = nearest(first, "about_pressure", ground, setting)
    if not joined or first.value <= second.value:
        return False
    in_tens = named and 5 <= first.value < TENS_OF_MMHG and 2 <= second.value <= 16
    fits = 40 <= first.value <= 260 and 20 <= second.value <= 160
    return in_tens or (fits and (first.value >= 60 or named))
