"""The one place that touches `transitions`: builds a checked machine from a table, and fires it on a plain object."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Protocol

from transitions import EventData, Machine, State

Guard = Callable[[EventData], bool]
Act = Callable[[EventData], None]


class HasState(Protocol):
    """What a machine moves: anything with a state."""

    @property
    def state(self) -> StrEnum:
        """Where it stands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a transition table. `to` None = stays where it is.

    `source` "*" = every state for which no earlier row without a guard answers this trigger.
    """

    trigger: str
    source: StrEnum | Sequence[StrEnum] | str
    to: StrEnum | None
    when: Guard | None = None
    do: Act | None = None


class TableError(ValueError):
    """A transition table with a state that cannot be reached or a row that another row hides."""


def row(
    trigger: str,
    source: StrEnum | Sequence[StrEnum] | str,
    to: StrEnum | None,
    when: Guard | None = None,
    do: Act | None = None,
) -> Row:
    """A line of a table; callables only, never names, since a name would be looked up when it is too late."""
    return Row(trigger, source, to, when, do)


def machine(states: type[StrEnum], table: Sequence[Row], initial: StrEnum) -> Machine:
    """Build the machine once, at import, and refuse a table that says what it cannot mean.

    Effects run in `before`: they then see the state that is left, and a failure leaves the object unmoved.
    """
    problems = [*_misnamed(states), *_hidden(states, table), *_unreachable(states, table, initial)]
    if problems:
        raise TableError("; ".join(problems))
    built = Machine(model=None, states=states, initial=initial, auto_transitions=False, send_event=True)
    for line, sources in _spread(states, table):
        to = "=" if line.to is None else line.to
        built.add_transition(
            line.trigger, list["str | Enum | State"](sources), to, conditions=line.when, before=line.do
        )
    return built


def fire(built: Machine, moving: HasState, trigger: str, **data: object) -> bool:
    """Fire on an object that is not registered anywhere. False = no row fits, and nothing has changed."""
    event = built.events.get(trigger)
    if event is None or moving.state.name not in event.transitions:
        return False
    return bool(event.trigger(moving, **data))


def _spread(states: type[StrEnum], table: Sequence[Row]) -> list[tuple[Row, list[StrEnum]]]:
    """Each row with the states that it serves."""
    answered: dict[str, set[StrEnum]] = {}
    spread = []
    for line in table:
        taken = answered.setdefault(line.trigger, set())
        sources = _named(line) or [state for state in states if state not in taken]
        if line.when is None:
            taken.update(sources)
        spread.append((line, sources))
    return spread


def _named(line: Row) -> list[StrEnum]:
    if isinstance(line.source, StrEnum):
        return [line.source]
    return [] if isinstance(line.source, str) else list(line.source)


def _misnamed(states: type[StrEnum]) -> list[str]:
    return [f"state {state.name} has another value: {state.value}" for state in states if state.name != state.value]


def _hidden(states: type[StrEnum], table: Sequence[Row]) -> list[str]:
    unguarded: set[tuple[str, str]] = set()
    problems = []
    for line, sources in _spread(states, table):
        pairs = {(line.trigger, source.value) for source in sources}
        hidden = sorted(f"{trigger} from {source}" for trigger, source in pairs & unguarded)
        problems += [f"{name}: an earlier row hides this one" for name in hidden]
        unguarded |= pairs if line.when is None else set()
    return problems


def _unreachable(states: type[StrEnum], table: Sequence[Row], initial: StrEnum) -> list[str]:
    reached: set[StrEnum] = {initial}
    spread = _spread(states, table)
    for _ in states:
        reached |= {line.to for line, sources in spread if line.to and reached & set(sources)}
    return [f"no row leads to {state.value}" for state in states if state not in reached]
