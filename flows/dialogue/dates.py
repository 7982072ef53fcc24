"""When the infusion was, in the ways people say it. Pure: today is an argument."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

LONGEST = 80  # characters that are looked at
OLDEST = 30 * 366  # days; anything older is a misreading


@dataclass(frozen=True, slots=True)
class Infusion:
    """What was said: a date, "not yet", or neither (`unknown`)."""

    on: date | None = None
    not_yet: bool = False

    unknown: ClassVar["Infusion"]

    @property
    def stored(self) -> str:
        """As kept with the case: an ISO date, `not_yet` or `unknown`."""
        if self.on is not None:
            return self.on.isoformat()
        return "not_yet" if self.not_yet else "unknown"


Infusion.unknown = Infusion()

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "jan january ene enero",
            "feb february febrero",
            "mar march marzo",
            "apr april abr abril",
            "may mayo",
            "jun june junio",
            "jul july julio",
            "aug august ago agosto",
            "sep sept september septiembre setiembre",
            "oct october octubre",
            "nov november noviembre",
            "dec december dic diciembre",
        ],
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "mon monday lunes",
            "tue tues tuesday martes",
            "wed wednesday miercoles",
            "thu thurs thursday jueves",
            "fri friday viernes",
            "sat saturday sabado",
            "sun sunday domingo",
        ]
    )
    for name in names.split()
}
UNITS = {"day": 1, "days": 1, "dia": 1, "dias": 1, "week": 7, "weeks": 7, "semana": 7, "semanas": 7}
UNITS |= {"month": 30, "months": 30, "mes": 30, "meses": 30, "year": 365, "years": 365, "ano": 365, "anos": 365}
NUMBERS = {
    word: number
    for number, words in enumerate(
        "zero cero|one un una uno a an|two dos|three tres|four cuatro|five cinco|six seis|seven siete|eight ocho|"
        "nine nueve|ten diez|eleven once|twelve doce|thirteen trece|fourteen catorce|fifteen quince".split("|")
    )
    for word in words.split()
}
NEAR = {"today": 0, "hoy": 0, "yesterday": 1, "ayer": 1, "anteayer": 2, "antier": 2}
NOT_YET = re.compile(r"\b(not yet|hasn ?t|havent|haven t|not (had|got|done)|upcoming|todavia no|aun no|no todavia)\b")
AGO = re.compile(r"\b(\w+) (?=(\w+)\b)")
DAY_COUNT = re.compile(r"\b(?:day|dia|d)\s*\+?(\d{1,4})\b|^\s*\+(\d{1,4})\s*$")
NUMERIC = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?\b")
ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
MONTH_DAY = re.compile(r"\b([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?\b")
DAY_MONTH = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of |de )?([a-z]+)(?:(?: de|,)? (\d{4}))?\b")
DAY_WORDS = frozenset(UNITS) | set(NUMBERS) | set(NEAR) | set(WEEKDAYS) | set(MONTHS)
DAY_WORDS |= set("d i ago hace atras think about was".split())
PLAIN = str.maketrans("áéíóúñ’", "aeioun'")


def read_infusion(text: str, today: date) -> Infusion:
    """Read "day 5", "11/15", "last Tuesday", "2 weeks ago", "15 de noviembre", "not yet"; else `Infusion.unknown`."""
    said = text[:LONGEST].lower().translate(PLAIN).replace("'", "")
    if NOT_YET.search(said):
        return Infusion(not_yet=True)
    for reader in (_iso, _day_count, _numeric, _named, _near, _ago, _weekday):
        on = reader(said, today)
        if on is not None:
            ahead = (on - today).days
            return Infusion(not_yet=True) if ahead > 0 else Infusion(on) if -ahead <= OLDEST else Infusion.unknown
    return Infusion.unknown


def only_days(words: str) -> bool:
    """Are these words nothing but a day or a span of days?"""
    return all(word.isdigit() or word in DAY_WORDS for word in re.findall(r"\w+", words.lower().translate(PLAIN)))


def keyed_date(digits: str) -> str:
    """What keys mean: up to three are days ago, four are month and day, six or eight have the year as well."""
    if len(digits) <= 3:
        return f"day {digits}"
    year = f"/{digits[4:]}" if len(digits) in (6, 8) else ""
    return f"{digits[:2]}/{digits[2:4]}{year}"


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _latest(month: int, day: int, year: str | None, today: date) -> date | None:
    """A day without a year is the latest one that has been, but a few weeks ahead still means the coming one."""
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    on = _made(today.year, month, day)
    if on and (on - today).days > 60:
        return _made(today.year - 1, month, day)
    return on


def _iso(said: str, _today: date) -> date | None:
    found = ISO.search(said)
    return _made(*(int(part) for part in found.groups())) if found else None


def _day_count(said: str, today: date) -> date | None:
    found = DAY_COUNT.search(said)
    return today - timedelta(days=int(found[1] or found[2])) if found else None


def _numeric(said: str, today: date) -> date | None:
    """Month first, as in the United States; day first only where the month would be impossible."""
    found = NUMERIC.search(said)
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    return _latest(first, second, found[3], today) or _latest(second, first, found[3], today)


def _named(said: str, today: date) -> date | None:
    for found in MONTH_DAY.finditer(said):
        if found[1] in MONTHS:
            return _latest(MONTHS[found[1]], int(found[2]), found[3], today)
    for found in DAY_MONTH.finditer(said):
        if found[2] in MONTHS:
            return _latest(MONTHS[found[2]], int(found[1]), found[3], today)
    return None


def _near(said: str, today: date) -> date | None:
    return next((today - timedelta(days=back) for word, back in NEAR.items() if re.search(rf"\b{word}\b", said)), None)


def _ago(said: str, today: date) -> date | None:
    for found in AGO.finditer(said):
        number = int(found[1]) if found[1].isdigit() else NUMBERS.get(found[1])
        if number is not None and found[2] in UNITS:
            return today - timedelta(days=min(number * UNITS[found[2]], OLDEST))
    return None


def _weekday(said: str, today: date) -> date | None:
    for word in re.findall(r"[a-z]+", said):
        if word in WEEKDAYS:
            return today - timedelta(days=(today.weekday() - WEEKDAYS[word]) % 7 or 7)
    return None
