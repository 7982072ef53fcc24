"""The centre's file (TOML): what the centre is called, the clocks of its escalation, who is on call."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers

from flows.case import Timings
from flows.clocks import STANDARD, Clocks
from flows.oncall import WindowError, on_call, parse
from flows.words import Language, Level
from storage.roster import Entry

CENTER_KEYS = {"name", "team_phone", "emergency_number", "timezone", "languages", "admin_phone"}
SPECIALIST_KEYS = {"name", "phone", "email", "tier", "languages", "on_call", "children", "max_cases"}
CLOCKS = {one.name for one in fields(Timings)}


class CenterError(Exception):
    """The centre's file has mistakes; the message names them all."""


@dataclass(frozen=True, slots=True)
class Canary:
    """The daily test page: to which phone, at what local time, and within how many seconds its reply must come."""

    phone: str
    at: str = "10:00"
    within: int = 600


@dataclass(frozen=True, slots=True)
class Center:
    """One centre."""

    name: str = "Example Cancer Center"
    team_phone: str = "+15555550100"
    emergency_number: str = "911"
    timezone: str = "America/Chicago"
    languages: tuple[Language, ...] = tuple(Language)
    admin_phone: str | None = None
    clocks: Mapping[Level, Timings] = field(default_factory=lambda: STANDARD.timings)
    specialists: tuple[Entry, ...] = ()
    canary: Canary | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def country(self) -> str:
        """How numbers of the centre's country begin, such as +1."""
        try:
            return f"+{phonenumbers.parse(self.team_phone, None).country_code}"
        except phonenumbers.NumberParseException:
            return ""

    def on_call(self, now: datetime) -> list[Entry]:
        """Who the file says is on call at that moment; everybody where that is nobody."""
        local = now.astimezone(self.zone).replace(tzinfo=None)
        return [one for one in self.specialists if on_call(one.windows, local)] or list(self.specialists)


def read_center(text: str, standard: Clocks = STANDARD) -> Center:
    """The centre of a TOML text; where it sets no clock, the standard one holds.

    Raises CenterError, which names every mistake at once.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CenterError(f"the centre's file is not TOML: {error}") from error
    problems = _unknown(tables)
    center = tables.get("center", {})
    problems += _center_problems(center)
    people = tables.get("specialist", [])
    problems += [f"[[specialist]] {index}: {line}" for index, one in enumerate(people, 1) for line in _wrong(one)]
    clocks, wrong = _clocks(tables.get("escalation", {}), standard)
    problems += wrong
    canary, wrong = _canary(tables.get("canary"))
    problems += wrong
    phones = [one.get("phone") for one in people]
    problems += [f"two specialists have the number {phone}" for phone in {p for p in phones if phones.count(p) > 1}]
    if problems:
        raise CenterError("\n".join(problems))
    named = {key: value for key, value in center.items() if key != "languages"}
    languages = tuple(Language(code) for code in center.get("languages", ["en", "es"]))
    entries = tuple(_entry(one) for one in people)
    return Center(**named, languages=languages, clocks=clocks, specialists=entries, canary=canary)


def open_center(path: Path, standard: Clocks = STANDARD) -> Center:
    """The centre of a file. Raises CenterError, which names the file, where it cannot be read or used."""
    try:
        return read_center(path.read_text(encoding="utf-8"), standard)
    except OSError as error:
        raise CenterError(f"The centre's file {path} cannot be read ({error.strerror}): see HELPLINE_CONFIG") from error
    except (CenterError, ValueError) as error:
        raise CenterError(f"The centre's file {path} is not right:\n{error}") from error
    except (AttributeError, TypeError, AssertionError, LookupError) as error:
        raise CenterError(f"The centre's file {path} is not shaped like helpline.example.toml") from error


def _unknown(tables: dict[str, object]) -> list[str]:
    return [f"[{name}] is not a table of the centre's file" for name in tables if name not in _TABLES]


_TABLES = {"center", "escalation", "specialist", "canary"}


def _canary(table: dict[str, object] | None) -> tuple[Canary | None, list[str]]:
    if table is None:
        return None, []
    problems = [f"[canary] {key} is not known" for key in table if key not in ("phone", "at", "within")]
    if not is_phone(str(table.get("phone"))):
        problems.append("[canary] phone must be a number like +15555550199")
    try:
        time.fromisoformat(str(table.get("at", "10:00")))
    except ValueError:
        problems.append(f"[canary] at {table.get('at')!r} is not a time like 10:00")
    within = table.get("within", 600)
    if not isinstance(within, int) or within < 60:
        problems.append(f"[canary] within {within!r} is not a number of seconds from 60 up")
    if problems:
        return None, problems
    return Canary(str(table["phone"]), str(table.get("at", "10:00")), int(str(within))), []


def _center_problems(center: dict[str, object]) -> list[str]:
    problems = [f"[center] {key} is not known" for key in center if key not in CENTER_KEYS]
    try:
        ZoneInfo(str(center.get("timezone", "America/Chicago")))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        problems.append(f"[center] timezone {center.get('timezone')!r} is not known: write it like America/Chicago")
    for key in ("team_phone", "admin_phone"):
        if key in center and not is_phone(str(center[key])):
            problems.append(f"[center] {key} {center[key]!r} is not a number like +15555550100")
    languages = center.get("languages", [])
    assert isinstance(languages, list)
    return problems + [f"[center] languages: {code!r} is not one of en, es" for code in languages if code not in _CODES]


_CODES = {language.value for language in Language}


def _wrong(one: dict[str, object]) -> list[str]:
    problems = [f"{key} is not known" for key in one if key not in SPECIALIST_KEYS]
    problems += [f"{key} is missing" for key in ("name", "phone") if not one.get(key)]
    if one.get("phone") and not is_phone(str(one["phone"])):
        problems.append(f"phone {one['phone']!r} is not a number like +15555550111")
    tier = one.get("tier", 1)
    if not isinstance(tier, int) or tier < 1:
        problems.append(f"tier {tier!r} is not 1, 2, 3 …")
    windows = one.get("on_call", [])
    for window in windows if isinstance(windows, list) else [windows]:
        try:
            parse(str(window))
        except WindowError as error:
            problems.append(str(error))
    return problems


def _clocks(table: dict[str, object], standard: Clocks) -> tuple[dict[Level, Timings], list[str]]:
    own = table.get("emergency", {})
    assert isinstance(own, dict)
    plain = {key: value for key, value in table.items() if key != "emergency"}
    problems = [
        f"[escalation] {key} = {value!r}: a clock has a known name and a number of seconds above 0"
        for key, value in (*plain.items(), *own.items())
        if key not in CLOCKS or not isinstance(value, int) or value <= 0
    ]
    if problems:
        return {}, problems
    # What the file says holds for every level, unless its emergency table says otherwise; else the standard does.
    set_here: dict[str, int] = {key: value for key, value in plain.items() if isinstance(value, int)}
    clocks = {level: replace(standard.timings[level], **set_here) for level in Level}
    clocks[Level.EMERGENCY] = replace(clocks[Level.EMERGENCY], **own)
    return clocks, _order(clocks)


def _order(clocks: dict[Level, Timings]) -> list[str]:
    return [
        f"[escalation] {level.name}: next_tier ({one.next_tier}) must come before everyone ({one.everyone})"
        for level, one in clocks.items()
        if one.next_tier >= one.everyone
    ]


def is_phone(text: str) -> bool:
    """Is that an E.164 number that can be dialled? The emergency number never is one."""
    try:
        number = phonenumbers.parse(text, None)
    except phonenumbers.NumberParseException:
        return False
    return text.startswith("+") and phonenumbers.is_possible_number(number)


def _entry(one: dict[str, object]) -> Entry:
    def words(key: str, default: list[str]) -> tuple[str, ...]:
        value = one.get(key, default)
        return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)

    return Entry(
        name=str(one["name"]),
        phone=str(one["phone"]),
        tier=int(str(one.get("tier", 1))),
        languages=words("languages", ["en"]),
        windows=words("on_call", []),
        email=str(one["email"]) if one.get("email") else None,
        children=bool(one.get("children", False)),
        max_cases=int(str(one.get("max_cases", 2))),
    )
