"""State diagrams as Mermaid text, drawn from the very tables that the machines are built from."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from flows.case import TRANSITIONS, CaseState
from flows.dialogue import table
from flows.machine import Row
from flows.states import State


def diagrams() -> Mapping[str, str]:
    """All diagrams: file name → text."""
    return {
        "case.mmd": mermaid(TRANSITIONS, CaseState.open),
        "everywhere.mmd": mermaid(table.EVERYWHERE, State.start),
        "menus.mmd": mermaid(table.MENUS, State.menu),
        "check.mmd": mermaid([*table.CHECK, *table.THINK], State.what_is_wrong),
        "after_a_page.mmd": mermaid(table.AFTER, State.waiting),
        "silence.mmd": mermaid(table.SILENCE, State.waiting),
    }


def mermaid(rows: Sequence[Row], initial: StrEnum) -> str:
    """One diagram. `any` stands for every state that no earlier row names."""
    lines = ["stateDiagram-v2", f"    [*] --> {initial.value}"]
    for row in rows:
        label = row.trigger + (f" [{_name(row.when)}]" if row.when else "") + (f" / {_name(row.do)}" if row.do else "")
        for source in _sources(row):
            lines.append(f"    {source} --> {row.to.value if row.to else source}: {label}")
    return "\n".join(dict.fromkeys(lines)) + "\n"


def _sources(row: Row) -> list[str]:
    if isinstance(row.source, StrEnum):
        return [row.source.value]
    return ["any"] if isinstance(row.source, str) else [source.value for source in row.source]


def _name(act: object) -> str:
    """A guard or act by its name; one that was made by a function, by that function's name."""
    return getattr(act, "__qualname__", "?").split(".")[0]
