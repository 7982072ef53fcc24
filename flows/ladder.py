"""The escalation ladder, as a pure policy: what is due for a case now, and when it must be looked at next.

Level-triggered and idempotent: asked too early it does nothing, asked late it runs only the highest rung that is due.
Clocks: reference C6. The ladder starts again for ever; only a human ends it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows.case import Case, CaseState, moved
from flows.roster import Roster, Specialist, in_order
from flows.rungs import BOTH, LADDER, SECOND, Rung, Who, ladder_of, round_length
from flows.telling import TellAdmin, TellPatient, next_word, tell
from flows.words import Channel, Level

JOINED = timedelta(seconds=60)  # while two people talk the clock waits; how often that is looked at
REMINDER = timedelta(hours=12)  # a reached case that nobody has closed


@dataclass(frozen=True, slots=True)
class PageSpecialist:
    """Page one specialist by one channel."""

    specialist: str
    channel: Channel
    rung: str
    tier: int


@dataclass(frozen=True, slots=True)
class RemindOwner:
    """Ask the owner of a reached case to close it."""

    specialist: str


Action = PageSpecialist | TellPatient | TellAdmin | RemindOwner


@dataclass(frozen=True, slots=True)
class Move:
    """What `advance` decided: the case as it is now, what to do, when to look again (None only for a closed case)."""

    case: Case
    actions: tuple[Action, ...]
    due_at: datetime | None


def advance(case: Case, roster: Roster, now: datetime) -> Move:
    """The next move of one case. Call it whenever anything happens to the case, or its due time has passed."""
    return _BY_STATE[case.state](case, roster, now)


def _closed(case: Case, _roster: Roster, _now: datetime) -> Move:
    return Move(case, (), None)


def _reached(case: Case, roster: Roster, now: datetime) -> Move:
    # `since` is when they were last reminded; when they reached the patient stays on record.
    since = max(case.since, case.reached_at or case.since)
    if now < since + REMINDER:
        return Move(case, (), since + REMINDER)
    actions = _reminders(case, roster) or (TellAdmin("admin.unclosed"),)
    return Move(replace(case, since=now), actions, now + REMINDER)


def _reminders(case: Case, roster: Roster) -> tuple[RemindOwner, ...]:
    """The owner while on call; after a shift change those who are, since the case is handed over to them."""
    people = [one for one in roster.on_call() if one.id == case.owner] or roster.tier(1)
    return tuple(RemindOwner(one.id) for one in people)


def _accepted(case: Case, roster: Roster, now: datetime) -> Move:
    deadline = _reach_by(case, now)
    if now < deadline:
        return Move(case, (), deadline)
    state = moved(case.state, "not_reached")
    assert state is not None
    # The next tier, never the sleeper alone: the round goes on at its second rung.
    again = replace(case, state=state, rung=SECOND, since=now - timedelta(seconds=case.timings.next_tier))
    again = replace(again, paging_since=now, tells=0, carried=False, failure_told=False)
    # Nobody has them in hand after all, whatever was said before: no slow ladder.
    again = replace(again, word_due=None, left_alone=False, slowed=False)
    move = _open(again, roster, now)
    return replace(move, actions=(TellPatient("not_reached"), *move.actions))


def _reach_by(case: Case, now: datetime) -> datetime:
    """When an accepted case counts as not reached. It waits for a talk, and for the word after it."""
    if case.talking:
        return now + JOINED
    if case.left_alone and case.word_due:
        return case.word_due
    clock = (case.accepted_at or case.since) + timedelta(seconds=case.timings.reach_patient)
    return max(clock, case.word_due or clock)


def _open(case: Case, roster: Roster, now: datetime) -> Move:
    if case.level < Level.URGENT:
        return _task(case, roster, now)
    case, pages = _climb(case, roster, now)
    case, told = tell(case, now)
    return Move(case, (*pages, *told), _next_look(case))


def _climb(case: Case, roster: Roster, now: datetime) -> tuple[Case, tuple[Action, ...]]:
    """Run the highest rung that is due; after a sleep the ones below it are skipped, and rounds too."""
    waited = (now - case.since).total_seconds()
    length = round_length(case)
    if waited >= length:
        case = replace(
            case, since=case.since + timedelta(seconds=waited // length * length), rung=0, passed=frozenset()
        )
        waited %= length
    ladder = ladder_of(case)
    due = [index for index, rung in enumerate(ladder) if index >= case.rung and rung.at(case.timings) <= waited]
    if not due:
        return case, ()
    return replace(case, rung=due[-1] + 1), _pages(ladder[due[-1]], case, roster)


def _pages(rung: Rung, case: Case, roster: Roster) -> tuple[Action, ...]:
    """A page for each specialist of the rung; where that is nobody, for everyone, and the admin hears of it."""
    people = [one for one in _people(rung.who, roster) if one.id not in case.passed]
    admin: tuple[Action, ...] = ()
    if not people and rung.by == BOTH:
        people = list(roster.specialists)
        admin = (TellAdmin("admin.nobody_on_call"),) if not roster.on_call() else ()
    pages = [
        PageSpecialist(one.id, channel, rung.name, one.tier)
        for one in in_order(people, case.language, case.child)
        for channel in _channels(one, rung.by)
    ]
    return (*pages, *admin)


def _people(who: Who, roster: Roster) -> list[Specialist]:
    if who is Who.everyone:
        return list(roster.specialists)
    return roster.first() if who is Who.first else roster.tier(2)


def _channels(one: Specialist, by: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """A specialist in a joined call is not called; one who blocked texts is called instead of texted."""
    wanted = [channel for channel in by if not (channel is Channel.voice and one.busy)]
    return tuple(channel for channel in wanted if not (channel is Channel.sms and one.texts_blocked))


def _next_look(case: Case) -> datetime:
    """The earliest of: next rung or round, next word to the patient, the check that a page left the house."""
    rungs = [rung.at(case.timings) for rung in ladder_of(case)[case.rung :]]
    looks = [case.since + timedelta(seconds=min([*rungs, round_length(case)]))]
    return min([*looks, next_word(case)])


def _task(case: Case, roster: Roster, now: datetime) -> Move:
    """Below URGENT: a text and a time. A soft sign that stays undecided, or a missed SAME_DAY, becomes URGENT."""
    if not case.decided:
        decide_by = case.since + timedelta(seconds=case.timings.decide)
        return _urgent(case, roster, now) if now >= decide_by else Move(case, (), decide_by)
    due_at = case.task_due or case.since + timedelta(seconds=case.timings.same_day)
    if case.level is Level.ROUTINE:
        return _call_back(case, roster, now, due_at)
    if now >= due_at:
        return _urgent(case, roster, now)
    if case.rung:
        return Move(case, (), due_at)
    return Move(replace(case, rung=1), _task_texts(case, roster), due_at)


def _call_back(case: Case, roster: Roster, now: datetime, due_at: datetime) -> Move:
    """ROUTINE wakes nobody: one text when the working day has come, and again each day until somebody has called."""
    if now < due_at:
        return Move(case, (), due_at)
    late = (TellAdmin("admin.task_missed"),) if case.rung else ()
    tomorrow = now + timedelta(days=1)
    return Move(replace(case, task_due=tomorrow, rung=1), (*_task_texts(case, roster), *late), tomorrow)


def _task_texts(case: Case, roster: Roster) -> tuple[Action, ...]:
    """A text to each of the first tier who has not passed it; where that is nobody, of the next; at last to all."""
    everyone = list(roster.specialists)
    ways = (roster.tier(1), roster.tier(2), everyone)
    left = ([one for one in some if one.id not in case.passed] for some in ways)
    people = next((some for some in left if some), everyone)
    return tuple(PageSpecialist(one.id, Channel.sms, "task", one.tier) for one in people if not one.texts_blocked)


def _urgent(case: Case, roster: Roster, now: datetime) -> Move:
    """A missed task or an undecided soft sign pages like any urgent case, and the patient hears it."""
    raised = restarted(replace(case, level=Level.URGENT, decided=True), now)
    move = _open(raised, roster, now)
    return replace(move, actions=(TellPatient("urgent"), *move.actions))


def restarted(case: Case, now: datetime) -> Case:
    """The same case at the foot of its ladder: raised, or flagged again after it was reached."""
    return replace(
        case, since=now, paging_since=now, rung=0, tells=0, passed=frozenset(), carried=False, failure_told=False
    )


def slowed(case: Case, now: datetime) -> Case:
    """They say that somebody has them: the ladder goes on, slower, and what the patient is told with it."""
    return case if case.slowed else replace(case, slowed=True, since=now, rung=1, tells=0)


def given_back(case: Case, specialist: str, now: datetime) -> Case:
    """Somebody passed: the next rung runs at once, without them; of a reached case all clocks begin anew."""
    if case.state is CaseState.reached:
        case = replace(restarted(case, now), reached_at=None, task_due=_due_anew(case, now))
    state = moved(case.state, "give_back") or case.state
    case = replace(case, state=state, passed=case.passed | {specialist})
    case = replace(case, slowed=False, word_due=None, left_alone=False)  # the next one begins with a clock of their own
    if case.level < Level.URGENT:
        return replace(case, rung=0)
    ahead = [index for index, rung in enumerate(LADDER) if index >= max(case.rung, SECOND) and rung.by == BOTH]
    index = ahead[0] if ahead else 0
    return replace(case, since=now - timedelta(seconds=LADDER[index].at(case.timings)), rung=index)


def _due_anew(case: Case, now: datetime) -> datetime | None:
    return now if case.level is Level.ROUTINE else None


_BY_STATE: dict[CaseState, Callable[[Case, Roster, datetime], Move]] = {
    CaseState.open: _open,
    CaseState.accepted: _accepted,
    CaseState.reached: _reached,
    CaseState.closed: _closed,
}
