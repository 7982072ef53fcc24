"""Numbers: figures and number words of a message as values (`102.4`, `one oh two`, `treinta y nueve y medio`)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flows.screen.tokens import Token

UNITS = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "cero": 0, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "trece": 13, "catorce": 14, "quince": 15, "dieciseis": 16, "diecisiete": 17,
    "dieciocho": 18, "diecinueve": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90,
}  # fmt: skip
HUNDREDS = {"hundred": 100, "cien": 100, "ciento": 100}
POINTS = frozenset({"point", "dot", "punto", "coma", "con"})
LINKS = frozenset({"and", "y"})
ALL: Mapping[str, int] = UNITS | TENS | HUNDREDS


class Number(NamedTuple):
    """A value, the tokens that gave it (`start` to `end`) and their place in the text (`first` to `last`)."""

    value: float
    start: int
    end: int
    first: int
    last: int


def numbers(words: Sequence[Token]) -> list[Number]:
    """Every number of the message, in order."""
    found: list[Number] = []
    at = 0
    while at < len(words):
        value, end = _figures(words, at) if words[at].value is not None else _spoken(words, at)
        if value is None:
            at += 1
            continue
        found.append(Number(value, at, end, words[at].start, words[end - 1].end))
        at = end
    return found


def _figures(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Figures; `102 4` and `102 point 4` are one number, spoken to a phone or typed in haste."""
    value = words[at].value or 0.0
    rest = words[at + 1 : at + 3]
    if value != int(value):
        return value, at + 1
    if [word.text for word in rest] in (["y", "medio"], ["y", "media"]):
        return value + 0.5, at + 3
    if 95 <= value <= 110 or 35 <= value <= 42:
        if rest and rest[0].pause == 0 and rest[0].value is not None and (tenth := _digit(rest[0])) is not None:
            return value + tenth / 10, at + 2
        if (
            len(rest) == 2
            and (rest[0].text in POINTS or rest[0].text == "y")
            and (tenth := _digit(rest[1])) is not None
        ):
            return value + tenth / 10, at + 3
    return value, at + 1


def _digit(word: Token) -> float | None:
    if word.value is not None:
        return word.value if word.value == int(word.value) and word.value < 10 else None
    value = UNITS.get(word.text, 10)
    return float(value) if value < 10 else None


def _spoken(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Number words: `one oh two`, `a hundred and one point five`, `treinta y nueve y medio`, `ciento dos`."""
    total, end = 0.0, at
    if words[at].text not in ALL:
        return None, at
    digits = _digit_run(words, at)
    if len(digits) >= 3 and digits[0] == 1:
        return _with_tenth(words, float(digits[0] * 100 + digits[1] * 10 + digits[2]), at + 3)
    while end < len(words) and words[end].pause == (0 if end > at else words[end].pause):
        word = words[end].text
        if word in HUNDREDS:
            total = max(total, 1) * 100
        elif word in ALL and _fits(total, ALL[word]):
            total += ALL[word]
        elif not (word in LINKS and _fits(total, ALL.get(_text(words, end + 1), 1000))):
            break
        end += 1
    return _with_tenth(words, total, end)


def _text(words: Sequence[Token], at: int) -> str:
    return words[at].text if at < len(words) else ""


def _fits(total: float, more: int) -> bool:
    """Whether one number word may follow: smaller than the last place that is filled."""
    return total == 0 or (more < 10 and total % 10 == 0) or (more < 100 and total % 100 == 0)


def _digit_run(words: Sequence[Token], at: int) -> list[int]:
    run: list[int] = []
    for word in words[at : at + 3]:
        if UNITS.get(word.text, 10) > 9:
            break
        run.append(UNITS[word.text])
    return run


def _with_tenth(words: Sequence[Token], total: float, end: int) -> tuple[float, int]:
    following = [word.text for word in words[end : end + 2]]
    if following in (["y", "medio"], ["y", "media"]):
        return total + 0.5, end + 2
    links = POINTS | LINKS if 35 <= total <= 42 else POINTS
    if len(following) == 2 and following[0] in links and (tenth := _digit(words[end + 1])) is not None:
        return total + tenth / 10, end + 2
    return total, end
