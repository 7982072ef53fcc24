"""Evidence: what a text says about a danger sign, and the words that said it."""

from dataclasses import dataclass, field
from enum import StrEnum


class Scope(StrEnum):
    """How a sign is mentioned. Only `present` counts as now; the others earn a safety line (reference C2 rule 5)."""

    present = "present"
    negated = "negated"
    past = "past"
    hypothetical = "hypothetical"
    resolved = "resolved"


class About(StrEnum):
    """Whose sign it is: the writer's own, or somebody's they write for."""

    self = "self"
    other = "other"
    unknown = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention of one sign.

    `sign`: a lower-case sign id such as `fever` (DESIGN §2). `words`: as typed. `qualities`: what makes it worse or
    milder, as ids that the rules use (`severe`, `sudden`, `cannot_wake`, `blood`, …). `value` with `unit`: a number
    as given (`C`, `F`, `percent`, `mmHg`, `per_minute`, `times`, `days`).
    """

    sign: str
    words: str
    scope: Scope = Scope.present
    about: About = About.unknown
    qualities: frozenset[str] = field(default_factory=frozenset)
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the screen read in one text.

    `opt_out`: the whole message asks for no more texts. `plea`: a bare cry for help (`NOW`, `SOS`, `911`, …), as an id
    or None. `unreadable`: words that mean nothing to us, or none at all. `languages`: those whose words were seen.
    `caregiver`: written about somebody else. `opt_out_word`: the words that asked, when `opt_out`.
    `product`: the CAR T product that was named, as an id.
    """

    evidence: tuple[Evidence, ...] = ()
    opt_out: bool = False
    plea: str | None = None
    unreadable: bool = False
    languages: frozenset[str] = field(default_factory=frozenset)
    caregiver: bool = False
    opt_out_word: str | None = None
    product: str | None = None
