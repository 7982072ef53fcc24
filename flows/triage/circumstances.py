"""Circumstances: what the rules are told of the patient; Disposition: what they say."""

from dataclasses import dataclass

from flows.words import Level


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of the patient when the rules are asked. None always means unknown, never harmless.

    `day`: days since the latest infusion; negative = before it; None = unknown, treated as inside every window.
    `listed`: the number belongs to a patient or caregiver whom the centre knows.
    """

    day: int | None = None
    product: str | None = None
    age: int | None = None
    child: bool | None = None
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Disposition:
    """What the rules say: `level` None = nothing found. `ask`: the id of the danger question to ask at once, or None.

    `soft`: the level rests on soft signs alone (reference C2 rule 2a). `mention`: signs named but not present now,
    which earns the safety line. `rules`: the ids that fired. `signs`: the present signs, most serious first.
    """

    level: Level | None = None
    ask: str | None = None
    soft: bool = False
    mention: bool = False
    rules: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
