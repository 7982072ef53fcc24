"""Figures of how fast help came and what became of it: numbers alone, no word or name of anybody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta, tzinfo
from statistics import median, quantiles

from sqlmodel import Session, col, select

from flows.words import Level
from storage.tables import CaseEventRow, CaseRow, PageRow

NIGHT = range(22, 24), range(7)  # local hours that count as an on-call night
# What happened to a case, and how the report calls it. Two people in one room are evidence; `reached` is their word.
STEPS = {"paged": "paged", "accepted": "accepted", "connected": "human voice", "reached": "reached"}


def figure_lines(db: Session, zone: tzinfo) -> Iterator[str]:
    """A plain report, line by line."""
    cases = list(db.exec(select(CaseRow).where(col(CaseRow.level) >= int(Level.URGENT))))
    first = _first_times(db)
    yield f"{len(cases)} cases that were paged for"
    yield from _speeds(cases, first, zone)
    yield from _nights(db, zone)
    yield from _no_action(cases)
    yield from _called_911(cases)


def _first_times(db: Session) -> dict[tuple[str, str], float]:
    """Seconds since the epoch of the first event of each kind of each case."""
    first: dict[tuple[str, str], float] = {}
    query = select(CaseEventRow).where(col(CaseEventRow.kind).in_(list(STEPS))).order_by(col(CaseEventRow.id))
    for event in db.exec(query):
        first.setdefault((event.case_id, event.kind), event.at.timestamp())
    return first


def _speeds(cases: list[CaseRow], first: dict[tuple[str, str], float], zone: tzinfo) -> Iterator[str]:
    """From red flag to each step: median and p90, over all and by level, language, channel and hour."""
    groups: dict[str, list[CaseRow]] = {"all": cases}
    for case in cases:
        hour = case.opened_at.astimezone(zone).hour
        for name in (Level(case.level).name, case.language, case.channel, f"{hour:02}h"):
            groups.setdefault(name, []).append(case)
    for name, members in groups.items():
        for step, said in STEPS.items():
            times = [first[case.id, step] - case.opened_at.timestamp() for case in members if (case.id, step) in first]
            yield f"{name}: red flag to {said}: {_spread(times)} ({len(times)} of {len(members)})"


def _spread(times: list[float]) -> str:
    if not times:
        return "never"
    p90 = quantiles(times, n=10)[-1] if len(times) > 1 else times[0]
    return f"median {timedelta(seconds=round(median(times)))}, p90 {timedelta(seconds=round(p90))}"


def _nights(db: Session, zone: tzinfo) -> Iterator[str]:
    """Pages per specialist and on-call night, 22 to 7 o'clock."""
    nights: Counter[tuple[str, str]] = Counter()
    for page in db.exec(select(PageRow)):
        local = page.at.astimezone(zone)
        if any(local.hour in hours for hours in NIGHT):
            nights[page.specialist_id, (local - timedelta(hours=12)).date().isoformat()] += 1
    if nights:
        yield f"pages per on-call night and specialist: median {median(nights.values()):g}, most {max(nights.values())}"


def _no_action(cases: Iterable[CaseRow]) -> Iterator[str]:
    """For each rule, the share of its closed cases that needed no action."""
    closed: Counter[str] = Counter()
    idle: Counter[str] = Counter()
    for case in cases:
        if case.outcome is not None:
            closed.update(case.rules)
            idle.update(case.rules if case.outcome == "no_action" else ())
    for rule, count in closed.most_common():
        yield f"rule {rule}: {idle[rule]} of {count} closed with no action ({100 * idle[rule] / count:.0f} %)"


def _called_911(cases: Iterable[CaseRow]) -> Iterator[str]:
    """What people said about calling 911, where they were told to."""
    told = [case for case in cases if case.level == Level.EMERGENCY]
    said = Counter((case.answers or {}).get("called_911") or "silent" for case in told)
    yield "called 911: " + ", ".join(f"{word} {said[word]}" for word in ("yes", "no", "silent"))
