"""What the patient is told while nobody has taken the case, and when (reference C6)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.case import Case, Timings
from flows.words import Level

HOURLY = 3600
OFTEN = 3  # times that "nobody yet" is said before it goes hourly


@dataclass(frozen=True, slots=True)
class TellPatient:
    """Tell the patient how it stands; `key` names the message."""

    key: str


@dataclass(frozen=True, slots=True)
class TellAdmin:
    """Tell the centre's admin; `key` names the message."""

    key: str


Words = tuple[TellPatient | TellAdmin, ...]


def word_at(case: Case, told: int) -> tuple[int, str]:
    """The same for a case; who says that 911 or an emergency room has them is told hourly."""
    return ((told + 1) * HOURLY, "still_paging") if case.slowed else tell_at(case.level, case.timings, told)


def tell_at(level: Level, timings: Timings, told: int) -> tuple[int, str]:
    """When the patient hears for the `told`+1st time how it stands (seconds), and which message (reference C6, G7)."""
    if level is Level.URGENT and told == 0:
        return timings.tell_patient, "still_paging"
    first = timings.go_to_er if level is Level.URGENT else timings.tell_patient
    nth = told - 1 if level is Level.URGENT else told
    step = timings.tell_patient
    # At most three times, then hourly: more would teach the patient not to read them.
    return (first + nth * step if nth < OFTEN else first + (OFTEN - 1) * step + (nth - OFTEN + 1) * HOURLY), "nobody"


def tell(case: Case, now: datetime) -> tuple[Case, Words]:
    """What the patient must hear now: how it stands, and that paging failed; after a sleep only the latest."""
    case, stands = _stands(case, now)
    case, failed = _paging_failed(case, now)
    return case, (*stands, *failed)


def _stands(case: Case, now: datetime) -> tuple[Case, Words]:
    key = None
    told = case.tells
    while now >= told_from(case) + timedelta(seconds=word_at(case, told)[0]):
        key = word_at(case, told)[1]
        told += 1
    return replace(case, tells=told), (TellPatient(key),) if key else ()


def told_from(case: Case) -> datetime:
    """When the clocks of what the patient is told began."""
    return case.paging_since or case.since


def _paging_failed(case: Case, now: datetime) -> tuple[Case, Words]:
    """No carrier has taken any page within 30 s: say so, once."""
    failed_at = told_from(case) + timedelta(seconds=case.timings.paging_failed)
    if case.carried or case.failure_told or now < failed_at:
        return case, ()
    return replace(case, failure_told=True), (TellPatient("paging_failed"), TellAdmin("admin.paging_failed"))


def next_word(case: Case) -> datetime:
    """When there is next something to tell."""
    word = told_from(case) + timedelta(seconds=word_at(case, case.tells)[0])
    if case.carried or case.failure_told:
        return word
    return min(word, told_from(case) + timedelta(seconds=case.timings.paging_failed))
