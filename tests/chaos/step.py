"""One step of a schedule: a verb and its arguments; a schedule is a text with one JSON line per step."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Value = str | int | float | bool


@dataclass(frozen=True)
class Step:
    """`verb` says what happens, `args` to whom and how; a step that cannot be played now does nothing."""

    verb: str
    args: tuple[Value, ...] = ()

    def line(self) -> str:
        """As a line of a script."""
        return json.dumps([self.verb, *self.args], ensure_ascii=False)


def read_script(text: str) -> list[Step]:
    """The steps of a script; a line that begins with # is a comment."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Step(str(one[0]), tuple(one[1:])) for one in map(json.loads, lines)]


def write_script(steps: Iterable[Step], comments: Sequence[str] = ()) -> str:
    """A script that `read_script` reads."""
    return "".join(f"{line}\n" for line in (*(f"# {one}" for one in comments), *(step.line() for step in steps)))
