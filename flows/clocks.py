"""The clocks of reference C6 as `clinical.toml` gives them: the ladder's, and how long silence may last in a state."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from flows.case import Timings
from flows.states import State
from flows.triage.signed import unsigned
from flows.words import Level

NAMES = tuple(field.name for field in fields(Timings))
SIGNED = ("owner", "on", "source")
# The questions about danger itself: their silence is the clock `silence_danger`, by the level of the case.
DANGER_QUESTIONS = (State.asking, State.deciding)


@dataclass(frozen=True, slots=True)
class Clocks:
    """`timings`: the clocks of a case by its level. `silences`: seconds by state; elsewhere silence means nothing."""

    timings: Mapping[Level, Timings]
    silences: Mapping[State, int]

    def silent_after(self, state: State, level: Level | None) -> int | None:
        """Seconds after which silence in that state means something; None = never. `level`: of the case, if any."""
        if state in DANGER_QUESTIONS:
            return self.timings[level if level is not None else Level.URGENT].silence_danger
        return self.silences.get(state)


_CALM = Timings()
STANDARD = Clocks(
    MappingProxyType(
        dict.fromkeys(Level, _CALM)
        | {Level.EMERGENCY: Timings(next_tier=120, everyone=240, tell_patient=180, reach_patient=180)}
    ),
    MappingProxyType(
        {
            State.called_911: 120,
            State.person: 120,
            State.where: 300,
            State.danger_words: 300,
            State.thinking_year: 300,
            State.thinking_month: 300,
            State.thinking_count: 300,
            State.what_is_wrong: 600,
        }
    ),
)


def parse_clocks(text: str) -> Clocks:
    """The clocks in a clinical TOML text; raises ValueError naming all that is missing, unknown or not signed."""
    document = tomllib.loads(text)
    faults = [*_faults("clock", document, NAMES), *_faults("silence", document, [*map(str, STANDARD.silences)])]
    if not faults:
        faults = [f"{one} and needs second_by and second_on" for one in unsigned(slowed_down(document))]
    if faults:
        raise ValueError("; ".join(faults))
    clocks, silences = document["clock"], document["silence"]
    timings = {level: Timings(**{name: _seconds(clocks[name], level) for name in NAMES}) for level in Level}
    return Clocks(timings, {State(name): silences[name]["seconds"] for name in silences})


def slowed_down(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is slower than shipped, as a line, with the table that must be signed twice for it."""
    for name in NAMES:
        table = document["clock"][name]
        for level in Level:
            seconds, floor = _seconds(table, level), getattr(STANDARD.timings[level], name)
            if seconds > floor:
                yield f"clock.{name} for {level.name} {seconds} is slower than the shipped {floor}", table
    for state, floor in STANDARD.silences.items():
        table = document["silence"][state.value]
        if table["seconds"] > floor:
            yield f"silence.{state} {table['seconds']} is slower than the shipped {floor}", table


def _seconds(table: Mapping[str, Any], level: Level) -> int:
    """Of that level; where the table does not name it, the one for all."""
    seconds: int = table.get(level.name.lower(), table["seconds"])
    return seconds


def _faults(kind: str, document: Mapping[str, Any], wanted: Sequence[str]) -> Iterator[str]:
    tables = document.get(kind, {})
    yield from (f"no {kind}.{name}" for name in wanted if name not in tables)
    yield from (f"unknown {kind}.{name}" for name in tables if name not in wanted)
    for name in (name for name in wanted if name in tables):
        yield from (f"{kind}.{name} has no {key}" for key in ("seconds", *SIGNED) if key not in tables[name])
        times = [tables[name][key] for key in ("seconds", *(one.name.lower() for one in Level)) if key in tables[name]]
        if any(not isinstance(time, int) or time <= 0 for time in times):
            yield f"{kind}.{name}: seconds are whole numbers above 0"
