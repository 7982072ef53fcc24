"""A temperature among the numbers of a message, in Fahrenheit or Celsius, with its word, its tenth, or all alone."""

from flows.screen.evidence import Evidence
from flows.screen.figures import NEAR, Setting, bare, measured, near
from flows.screen.numbers import DECADES, Number
from flows.screen.pattern import Ground

FEVER_F, HIGHEST_F = 100, 107
FEVER_C, HIGHEST_C = 38, 42


def temperature(number: Number, ground: Ground, text: str, setting: Setting) -> Evidence | None:
    """The number as a temperature, or None; one that no body has is `unclear`, and asked again."""
    alone = setting.alone or (bool(setting.beside) and bare(number, ground) and not _small_count(number))
    told = near(number, "about_temperature", ground, NEAR) is not None or _degrees(number, ground)
    told = told or any(end == number.start for _, end in ground.spans.get("temperature_letter", ()))
    value = number.value
    if told and 950 <= value <= 1100 and value == int(value):
        value /= 10
    told = told or _judged(number, ground) or _stands_at(number, ground, setting)
    exact = value != int(value)
    if not (told or exact or alone) or near(number, "about_other_number", ground, 2) is not None:
        return None
    if ground.spans.get("weather") or (value < FEVER_F and _decade(number, setting)):
        return None
    if 95 <= value <= 110 and (told or (alone and (exact or value >= 99)) or (exact and value >= 99)):
        return measured("vital_temperature", number, "F", text, value)
    said = told or (exact and (value >= 36 or bool(setting.beside)))
    if 34 <= value <= 43 and (said or (alone and value >= FEVER_C and not _aged(number, ground))):
        return measured("vital_temperature", number, "C", text, value)
    if told and (44 <= value < 95 or 110 < value < 120) and near(number, "temperature_word", ground, 2) is not None:
        return measured("vital_temperature", number, "unclear", text, value)
    return None


def _stands_at(number: Number, ground: Ground, setting: Setting) -> bool:
    """`he's at 101 or 102`, `ya va en 39`: somebody has reached it, and nothing that is counted follows."""
    if _small_count(number) or not any(end == number.start for _, end in ground.spans.get("stands_at", ())):
        return False
    at = number.end
    words = setting.words
    return at >= len(words) or words[at].pause > 0 or any(start == at for start, _ in ground.spans.get("goes_on", ()))


def _decade(number: Number, setting: Setting) -> bool:
    """`temps in the 90s` is the weather; no body has a temperature between decades."""
    return bool(setting.words) and setting.words[number.end - 1].text in ("s", *DECADES)


def _small_count(number: Number) -> bool:
    """Beside a sign, what is below a fever is as likely a count, an age or a day."""
    return not (FEVER_F <= number.value <= HIGHEST_F or FEVER_C <= number.value <= HIGHEST_C)


def _aged(number: Number, ground: Ground) -> bool:
    """`she is 38` is her age."""
    return any(end == number.start for _, end in ground.spans.get("is", ()))


def _degrees(number: Number, ground: Ground) -> bool:
    return any(start == number.end for start, _ in ground.spans.get("degrees", ()))


def _judged(number: Number, ground: Ground) -> bool:
    """`is 102 dangerous`, `101 and climbing`: nothing else is asked about, or rises, by such a number."""
    if _small_count(number):
        return False
    after = near(number, "rising_figure", ground, 0) is not None
    asked = any(end == number.start for _, end in ground.spans.get("asks_if_figure", ()))
    return after or (asked and any(start == number.end for start, _ in ground.spans.get("judged_figure", ())))
