"""Vital signs: temperature, pulse, blood pressure, oxygen and breaths, in figures or words, with or without units."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from flows.screen.evidence import Evidence, Scope
from flows.screen.numbers import Number
from flows.screen.pattern import Ground
from flows.screen.scope import told_of
from flows.screen.tokens import Token

NEAR = 5
SLOW_PULSE = 50
RACING = 108
FEVER_F, HIGHEST_F = 100, 107
FEVER_C, HIGHEST_C = 38, 42
KINDS_SAID = ("about_pulse", "about_oxygen", "about_breaths", "about_pressure")
KINDS = {
    "vital_oxygen": ("about_oxygen", "percent", 50.0, 100.0),
    "vital_pulse": ("about_pulse", "per_minute", 20.0, 260.0),
    "vital_breaths": ("about_breaths", "per_minute", 4.0, 70.0),
}


class Setting(NamedTuple):
    """What stands around the numbers: nothing else, or which signs that are there now."""

    alone: bool = False
    beside: frozenset[str] = frozenset()
    words: Sequence[Token] = ()


def vitals(numbers: Sequence[Number], ground: Ground, text: str, setting: Setting) -> Iterator[Evidence]:
    """The vital signs among a message's numbers; a slow pulse that no rule names is worth a question."""
    paired = False
    for first, second in zip(numbers, [*numbers[1:], None], strict=False):
        if paired:
            paired = False
            continue
        paired = second is not None and _pressure_pair(first, second, ground)
        found = _evidence("vital_pressure", first, "mmHg", text, first.value) if paired else None
        found = found or _one(first, ground, text, setting)
        if found is not None:
            scope = told_of((first.start, first.end), setting.words, ground)
            # Whoever names the limit of a leaflet may give their own number next: `100.4 or higher? Mine is 101`.
            beside = {"fever"} if scope == Scope.hypothetical else set()
            setting = setting._replace(beside=setting.beside | beside)
            yield replace(found, scope=scope)
            if found.sign == "vital_pulse" and first.value <= SLOW_PULSE:
                yield replace(found, sign="unclear", scope=scope)


def _one(number: Number, ground: Ground, text: str, setting: Setting) -> Evidence | None:
    for sign, (concept, unit, low, high) in KINDS.items():
        if low <= number.value <= high and _nearest(number, concept, ground):
            return _evidence(sign, number, unit, text, number.value)
    if 4 <= number.value <= 70 and _breaths_said(number, ground):
        return _evidence("vital_breaths", number, "per_minute", text, number.value)
    if 50 <= number.value <= 250 and _nearest(number, "about_pressure", ground) and number.value == int(number.value):
        return _evidence("vital_pressure", number, "mmHg", text, number.value)
    if "heart" in setting.beside and RACING <= number.value <= 220 and _bare(number, ground):
        return _evidence("vital_pulse", number, "per_minute", text, number.value)
    return _temperature(number, ground, text, setting)


def _bare(number: Number, ground: Ground) -> bool:
    """A whole number of which nothing is said: no kind, no age, no money, no count."""
    named = any(_near(number, name, ground, 2) is not None for name in ("about_other_number", *KINDS_SAID))
    return number.value == int(number.value) and not named and not ground.spans.get("weather")


def _breaths_said(number: Number, ground: Ground) -> bool:
    """`breathing 30 times a minute`."""
    by_the_minute = _near(number, "per_minute", ground, 1) is not None
    return by_the_minute and _near(number, "breathing_word", ground, NEAR) is not None


def _temperature(number: Number, ground: Ground, text: str, setting: Setting) -> Evidence | None:
    alone = setting.alone or (bool(setting.beside) and _bare(number, ground) and not _small_count(number))
    told = _near(number, "about_temperature", ground, NEAR) is not None or _degrees(number, ground)
    told = told or any(end == number.start for _, end in ground.spans.get("temperature_letter", ()))
    value = number.value
    if told and 950 <= value <= 1100 and value == int(value):
        value /= 10
    exact = value != int(value)
    if not (told or exact or alone) or _near(number, "about_other_number", ground, 2) is not None:
        return None
    if ground.spans.get("weather"):
        return None
    if 95 <= value <= 110 and (told or (alone and (exact or value >= 99)) or (exact and value >= 99)):
        return _evidence("vital_temperature", number, "F", text, value)
    if 34 <= value <= 43 and (told or (exact and value >= 36) or (alone and value >= 38 and not _aged(number, ground))):
        return _evidence("vital_temperature", number, "C", text, value)
    if told and (44 <= value < 95 or 110 < value < 120) and _near(number, "temperature_word", ground, 2) is not None:
        return _evidence("vital_temperature", number, "unclear", text, value)
    return None


def _small_count(number: Number) -> bool:
    """Beside a sign, what is below a fever is as likely a count, an age or a day."""
    return not (FEVER_F <= number.value <= HIGHEST_F or FEVER_C <= number.value <= HIGHEST_C)


def _aged(number: Number, ground: Ground) -> bool:
    """`she is 38` is her age."""
    return any(end == number.start for _, end in ground.spans.get("is", ()))


def _degrees(number: Number, ground: Ground) -> bool:
    return any(start == number.end for start, _ in ground.spans.get("degrees", ()))


def _pressure_pair(first: Number, second: Number, ground: Ground) -> bool:
    """`84/50`, `84 over 50`, `85 con 50`: two numbers that go together, the higher first."""
    apart = second.start - first.end
    joined = apart == 1 and any(start == first.end for start, _ in ground.spans.get("over", ()))
    fits = 40 <= first.value <= 260 and 20 <= second.value <= 160 and first.value > second.value
    return fits and joined and (first.value >= 60 or _nearest(first, "about_pressure", ground))


def _near(number: Number, concept: str, ground: Ground, reach: int) -> int | None:
    """How many words lie between the number and the nearest word of that concept, or None."""
    gaps = [
        max(start - number.end, number.start - end)
        for start, end in ground.spans.get(concept, ())
        if start >= number.end or end <= number.start
    ]
    best = min(gaps, default=None)
    return best if best is not None and best <= reach else None


def _nearest(number: Number, concept: str, ground: Ground) -> bool:
    """Whether this kind of vital sign is the one named nearest to the number."""
    mine = _near(number, concept, ground, NEAR)
    if mine is None:
        return False
    rivals = {"about_temperature", "about_pulse", "about_oxygen", "about_breaths", "about_pressure"} - {concept}
    gaps = [_near(number, rival, ground, NEAR) for rival in rivals]
    return all(gap is None or gap >= mine for gap in gaps) and _near(number, "about_other_number", ground, 1) is None


def _evidence(sign: str, number: Number, unit: str, text: str, value: float) -> Evidence:
    return Evidence(sign, text[number.first : number.last], value=value, unit=unit)
