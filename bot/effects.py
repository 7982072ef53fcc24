"""Turn the effects of a turn into rows, in the turn's own transaction: the case, its first pages and its due time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.joining.back import call_back
from bot.moves import call_patient, look_at, tell_specialist
from bot.specialists import warn_owner
from bot.world import World
from flows.case import Case, CaseState, moved, stays_decided
from flows.ladder import restarted, slowed
from flows.model import Answer, CallBack, CallPatient, Effect, Escalate, Note, Settle, TellOwner, Turn, Unanswered
from flows.words import Language, Level
from storage.cases import new_case, open_case_of, policy_of, put
from storage.contacts import Party
from storage.events import happened
from storage.tables import CaseRow, UnansweredRow

WORK_DAYS = range(5)
WORK_BEGINS = 9  # o'clock


@dataclass(frozen=True, slots=True)
class Applying:
    """What the effects of one turn are applied to."""

    world: World
    db: Session
    party: Party
    turn: Turn
    now: datetime

    def case(self) -> CaseRow | None:
        """The patient's open case, locked."""
        return open_case_of(self.db, self.party.patient.id)


def apply(applying: Applying) -> CaseRow | None:
    """Do all effects of the turn, in order; the patient's open case afterwards, if there is one."""
    for effect in applying.turn.effects:
        _apply(applying, effect)
    return applying.case()


def _apply(applying: Applying, effect: Effect) -> None:
    if isinstance(effect, Escalate):
        escalate(applying, effect)
    elif isinstance(effect, Unanswered):
        language = applying.turn.conversation.language
        applying.db.add(UnansweredRow(words=effect.words, language=language, at=applying.now))
    elif (row := applying.case()) is not None:
        _on_case(applying, row, effect)


def _on_case(applying: Applying, row: CaseRow, effect: Effect) -> None:
    """What adds to an open case. An opt-out is saved with the conversation."""
    match effect:
        case Settle():
            _settle(applying, row)
        case Note(kind, words):
            happened(applying.db, row.id, kind, applying.now, actor="patient", words=words)
        case Answer(question, value):
            _answer(applying, row, question, value)
        case CallPatient(key):
            call_patient(applying.db, row, key, applying.now)
        case CallBack(key):
            call_back(applying.db, row, applying.party.contact, key, applying.now)
        case TellOwner(waits=True) if row.owner_id:
            warn_owner(applying.world, applying.db, row, row.owner_id, applying.now)
        case TellOwner() if row.owner_id:
            tell_specialist(applying.world, applying.db, row, row.owner_id, "page.wrote", applying.now)


def escalate(applying: Applying, found: Escalate) -> CaseRow:
    """Open the patient's case with its first pages, or add to the open one: higher level or new sign pages again."""
    world, db, now = applying.world, applying.db, applying.now
    row = applying.case()
    if row is None:
        row = _opened(applying, found)
    else:
        _added(applying, row, found)
    row.rules = list(dict.fromkeys([*row.rules, *found.rules]))
    db.add(row)
    detail = {"level": found.level.name, "signs": list(found.signs), "rules": list(found.rules)}
    happened(db, row.id, "danger", now, actor="patient", words=list(found.words), **detail)
    look_at(world, db, row, now)
    return row


def _opened(applying: Applying, found: Escalate) -> CaseRow:
    world, now = applying.world, applying.now
    language = applying.turn.conversation.language or Language.en
    policy = Case(
        code="",
        level=found.level,
        state=CaseState.open,
        since=now,
        paging_since=now,
        timings=world.timings(found.level),
        language=language,
        decided=found.decided,
        signs=found.signs,
        child=applying.party.patient.child is True or applying.turn.conversation.circumstances.child is True,
        task_due=next_work_day(world, now) if found.level is Level.ROUTINE else None,
    )
    channel = applying.turn.conversation.channel.value
    return new_case(applying.db, applying.party, policy, world.library.version, channel, now)


def _added(applying: Applying, row: CaseRow, found: Escalate) -> None:
    """Nothing lowers. Higher, or again after it was reached: the ladder begins at its foot."""
    before = policy_of(row)
    level = max(before.level, found.level)
    signs = tuple(dict.fromkeys((*before.signs, *found.signs)))
    decided = stays_decided(before.decided, found.decided, level)
    case = replace(before, level=level, signs=signs, decided=decided)
    if before.decided and not decided:
        case = replace(case, since=applying.now, task_due=None)  # it waits for an answer again, from now
    raised = level > before.level
    case = replace(case, timings=applying.world.timings(level), task_due=None) if raised else case
    again = found.level >= Level.URGENT and (before.state is CaseState.reached or _unheard_of(before, found))
    if raised or again:
        state = moved(before.state, "danger") or before.state
        # A raised case that somebody has taken is paged once more as well: its owner knows a lower level.
        case = restarted(replace(case, state=CaseState.open if raised else state), applying.now)
    put(row, case)
    if before.owner:
        warn_owner(applying.world, applying.db, row, before.owner, applying.now)


def _unheard_of(before: Case, found: Escalate) -> bool:
    """A new sign after they said that 911 has them: the slow ladder would leave it unsaid for up to an hour."""
    return before.state is CaseState.open and before.slowed and not set(found.signs) <= set(before.signs)


def _settle(applying: Applying, row: CaseRow) -> None:
    """The mild answer: the task stays, with its own time, and the page that waited does not go."""
    policy = replace(policy_of(row), decided=True, task_due=None, since=applying.now)
    happened(applying.db, row.id, "settled", applying.now, actor="patient")
    look_at(applying.world, applying.db, row, applying.now, policy)


def _answer(applying: Applying, row: CaseRow, question: str, value: str | None) -> None:
    row.answers = {**(row.answers or {}), question: value}
    applying.db.add(row)
    if question == "called_911" and value == "yes":
        put(row, slowed(policy_of(row), applying.now))
        look_at(applying.world, applying.db, row, applying.now)
    if question == "age_group":
        put(row, replace(policy_of(row), child=value == "child"))
    happened(applying.db, row.id, "answered", applying.now, actor="patient", question=question, value=value)


def next_work_day(world: World, now: datetime) -> datetime:
    """Nine o'clock on the centre's next working day."""
    local = now.astimezone(world.center.zone)
    day = local + timedelta(days=1)
    while day.weekday() not in WORK_DAYS:
        day += timedelta(days=1)
    return day.replace(hour=WORK_BEGINS, minute=0, second=0, microsecond=0)
