"""The case: its nouns and its life, as a table. A case is one person in need; only a human closes or lowers it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flows.machine import fire, machine, row
from flows.words import Language, Level


class CaseState(StrEnum):
    """Where a case stands. Name equals value, since `transitions` looks states up by name."""

    open = "open"
    accepted = "accepted"
    reached = "reached"
    closed = "closed"


class CaseOutcome(StrEnum):
    """How a case ended, in the word of the human who closed it."""

    spoke = "spoke"
    went_to_er = "went_to_er"
    called_911 = "called_911"
    admitted = "admitted"
    no_action = "no_action"
    no_contact = "no_contact"
    wrong_number = "wrong_number"
    died = "died"
    same_patient = "same_patient"


# trigger, from, to. What is not here cannot happen: nobody accepts a closed case, nobody closes one unreached but a
# lead with a reason (overrule), or by making it one with another case of the same patient (merge).
TRANSITIONS = [
    row("accept", CaseState.open, CaseState.accepted),
    row("give_back", CaseState.accepted, CaseState.open),
    row("give_back", CaseState.open, CaseState.open),
    row("give_back", CaseState.reached, CaseState.open),
    row("not_reached", CaseState.accepted, CaseState.open),
    row("reach", CaseState.accepted, CaseState.reached),
    row("reach", CaseState.open, CaseState.reached),
    row("danger", CaseState.open, CaseState.open),
    row("danger", CaseState.accepted, CaseState.accepted),
    row("danger", CaseState.reached, CaseState.open),
    row("close", CaseState.reached, CaseState.closed),
    row("overrule", [CaseState.open, CaseState.accepted], CaseState.closed),
    row("merge", [CaseState.open, CaseState.accepted, CaseState.reached], CaseState.closed),
]

LIFE = machine(CaseState, TRANSITIONS, CaseState.open)


@dataclass(eq=False)
class _Life:
    state: CaseState


def moved(state: CaseState, trigger: str) -> CaseState | None:
    """The state after that trigger, or None where the table has no such row."""
    life = _Life(state)
    return life.state if fire(LIFE, life, trigger) else None


@dataclass(frozen=True, slots=True)
class Timings:
    """The clocks of reference C6 for one level, in seconds; a snapshot of them is kept with each case."""

    second_call: int = 60
    next_tier: int = 180
    everyone: int = 420
    tell_patient: int = 300
    go_to_er: int = 900
    reach_patient: int = 420
    silence_danger: int = 180
    same_day: int = 3600
    paging_failed: int = 30
    decide: int = 120


@dataclass(frozen=True, slots=True)
class Case:
    """One case as the pure policy sees it: no names, no numbers, no words of the patient.

    `since`: when the present round of paging began. `paging_since`: when paging for this danger began, over all rounds.
    `rung`: the next rung of the ladder. `tells`: how often the patient was told how it stands in this round.
    `slowed`: they say that 911 or an emergency room has them (C6). `child`: the patient is one.
    `decided`: False while a soft sign waits for its deciding answer (C2 rule 2a).
    `owner`: the specialist who accepted, kept on record when the case goes on. `carried`: a carrier took one page.
    `talking`: a specialist is joined with the patient's side now. `word_due`: until then the specialist, asked whether
    they spoke, may still answer. `left_alone`: the patient's side is still on the line, and that specialist is not.
    """

    code: str
    level: Level
    state: CaseState
    since: datetime
    timings: Timings = field(default_factory=Timings)
    language: Language = Language.en
    paging_since: datetime | None = None
    task_due: datetime | None = None
    rung: int = 0
    tells: int = 0
    decided: bool = True
    owner: str | None = None
    accepted_at: datetime | None = None
    reached_at: datetime | None = None
    passed: frozenset[str] = frozenset()
    carried: bool = False
    failure_told: bool = False
    talking: bool = False
    slowed: bool = False
    child: bool = False
    word_due: datetime | None = None
    left_alone: bool = False
    signs: tuple[str, ...] = ()


def stays_decided(before: bool, now: bool, level: Level) -> bool:
    """Is nothing left to ask of a case to which more is said? A page does not wait; a task is as sure as its signs."""
    return level >= Level.URGENT or (before and now)
