"""A finding of preflight."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `fatal` = it would lose a patient."""

    text: str
    fatal: bool = True
