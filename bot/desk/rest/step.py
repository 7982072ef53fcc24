"""One REST request on its way: which resource it is about."""

from dataclasses import dataclass

from bot.desk.rest.parameters import Values

# The status, and the body (None where there is none).
Answered = tuple[int, dict[str, object] | None]


@dataclass(frozen=True)
class Step:
    """The path, its parameters, and the identifiers in it."""

    path: str
    values: Values
    sid: str = ""
    call_sid: str = ""
