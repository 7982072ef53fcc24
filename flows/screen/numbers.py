"""Numbers: figures and number words of a message as values (`102.4`, `one oh two`, `treinta y nueve y medio`)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flows.screen.tokens import COMMA, Token

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
# Written as one word: `veintiocho`, `treintaynueve`, `ninetyeight`.
JOINED = {
    ten[:-1] + "i" + unit if ten == "veinte" else ten + link + unit: TENS[ten] + value
    for unit, value in UNITS.items()
    for ten, link in (("veinte", ""), *((ten, link) for ten in TENS for link in ("", "y", "i")))
    if 0 < value < 10
}
# `oxygen in the low 80s`, `ochenta y pico`: what is left open is read as the middle, unless it is said.
DECADES = {"sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90, "ochentas": 80, "noventas": 90}
TENS_OF = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "teens": 10}
OPEN = (("s",), ("some",), ("something",), ("odd",), ("pico",), ("tantos",), ("y", "pico"), ("y", "tantos"),
        ("y", "tantas"), ("and", "change"))  # fmt: skip
WITHIN = {"low": 2, "lower": 2, "mid": 5, "middle": 5, "high": 8, "upper": 8, "bajos": 2, "altos": 8}
MIDDLE = 5
POINTS = frozenset({"point", "dot", "punto", "coma", "con"})
LINKS = frozenset({"and", "y"})
ALL: Mapping[str, int] = UNITS | TENS | HUNDREDS | JOINED


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
        value, end = _opened(words, at, value, end)
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


def _opened(words: Sequence[Token], at: int, value: float, end: int) -> tuple[float, int]:
    """`80s`, `low eighties`, `treinta y pico`: a decade that was not said to the end; `38 y pico` is under 39."""
    decade = words[at].text in DECADES
    after = next((one for one in OPEN if tuple(word.text for word in words[end : end + len(one)]) == one), ())
    if value != int(value) or not (decade or after):
        return value, end
    if value % 10:
        return (value, end) if after == ("s",) else (value + MIDDLE / 10, end + len(after))
    named = WITHIN.get(_text(words, at - 1) if at else "", MIDDLE)
    return value + named, end + len(after)


def _digit(word: Token) -> float | None:
    if word.value is not None:
        return word.value if word.value == int(word.value) and word.value < 10 else None
    value = UNITS.get(word.text, 10)
    return float(value) if value < 10 else None


def _spoken(words: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Number words: `one oh two`, `a hundred and one point five`, `treinta y nueve y medio`, `ciento dos`."""
    total, end = 0.0, at
    if words[at].text in ("one", "two") and _counts_tens(words, at + 1):
        total, end = UNITS[words[at].text] * 100.0, at + 1
        if words[end].text in TENS_OF:
            return total + TENS_OF[words[end].text] + MIDDLE, end + 1
    if words[at].text in DECADES:
        return float(DECADES[words[at].text]), at + 1
    if words[at].text not in ALL:
        return None, at
    digits = _digit_run(words, at)
    if len(digits) >= 3 and digits[0] == 1:
        return _with_tenth(words, float(digits[0] * 100 + digits[1] * 10 + digits[2]), at + 3)
    at = end
    while end < len(words) and (end == at or _goes_on(words, end)):
        word = words[end].text
        if word in HUNDREDS:
            total = max(total, 1) * 100
        elif word in ALL and _fits(total, ALL[word]):
            total += ALL[word]
        elif not (word in LINKS and _fits(total, ALL.get(_text(words, end + 1), 1000))):
            break
        end += 1
    return _with_tenth(words, total, end)


def _counts_tens(words: Sequence[Token], at: int) -> bool:
    """`one forty`, `two ten`, `one forties`: the hundreds of a pulse or a pressure as they are spoken."""
    tens = at < len(words) and _goes_on(words, at)
    return tens and (words[at].text in TENS_OF or 9 < (UNITS | TENS).get(words[at].text, 0) < 100)


def _goes_on(words: Sequence[Token], at: int) -> bool:
    """Whether a word belongs to the number before it: nothing stands between them but a space or a hyphen."""
    word = words[at]
    return word.pause == 0 or (word.pause == COMMA and word.start == words[at - 1].end + 1)


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
