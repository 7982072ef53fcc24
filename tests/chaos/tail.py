"""The quiet end of every schedule: nothing breaks any more; nobody answers for a round, then all is taken."""

from datetime import datetime

from sqlmodel import Session, col, select

from flows.case import CaseState
from flows.rungs import LADDER, round_length
from flows.words import Level
from storage.cases import OPEN, policy_of
from storage.tables import CaseRow, PageRow, SpecialistRow
from tests.chaos.play import Play
from tests.chaos.step import Step
from tests.chaos.words import PEOPLE, STAFF

RUNGS = {rung.name for rung in LADDER}


def quiet_end(play: Play, *, patient: bool) -> None:
    """Mend all, watch one round of the ladder (if `patient`), let a specialist take, reach and close all cases."""
    _mend(play)
    began = play.theatre.clock.now
    if patient:
        play.wait(_one_round(play))
        play.theatre.ledger.look()
        _every_rung(play, began)
    for code, _ in _open_cases(play):
        play.step(Step("texts", ("ana", f"A {code}")))
    _all_done(play)
    _reached(play)
    play.step(Step("wait", (1200,)))
    # One that came in the meantime, such as a task after a silence, has to be reached first.
    _all_done(play)
    _all_done(play)
    play.theatre.ledger.look()
    if _open_cases(play):
        play.theatre.ledger.breaks("closed", "the second D did not close a case")
    play.theatre.ledger.close()


def _mend(play: Play) -> None:
    stage = play.theatre
    stage.mend()
    for name, number in PEOPLE.items():
        phone = stage.desk.phone(number)
        phone.behaviour = "silent"
        if phone.call is not None:
            phone.hangs_up()
        if name == "ana":
            phone.texts("START")
    stage.wait(40)


def _one_round(play: Play) -> float:
    """Long enough for the slowest open case to be paged on every rung; tasks may wait for days."""
    with play.theatre.witness.reading() as db:
        rows = [row for row in db.exec(select(CaseRow)) if row.state in (CaseState.open, CaseState.accepted)]
        urgent = [policy_of(row) for row in rows if row.level >= Level.URGENT]
        urgent = [one for one in urgent if not one.slowed]
    # One that is accepted has its clock of reaching to run out first.
    return max((round_length(one) + one.timings.reach_patient + 60 for one in urgent), default=120)


def _every_rung(play: Play, began: datetime) -> None:
    with play.theatre.witness.reading() as db:
        for row in db.exec(select(CaseRow)):
            policy = policy_of(row)
            if policy.state is not CaseState.open or policy.level < Level.URGENT or policy.slowed:
                continue
            # A case that came, or began anew, in the meantime has not had its whole round.
            waited = (play.theatre.clock.now - max(began, policy.paging_since or began)).total_seconds()
            if waited >= round_length(policy):
                _rungs_of(play, db, row, began)


def _rungs_of(play: Play, db: Session, row: CaseRow, began: datetime) -> None:
    query = select(PageRow.rung).where(PageRow.case_id == row.id, col(PageRow.at) >= began)
    # With nobody on call a page goes to everyone at once, and there is no tier to be called a second time.
    every = RUNGS if play.theatre.somebody_on_call() else RUNGS - {"first_again", "second_again"}
    missing = every - set(db.exec(query).all())
    if missing:
        play.theatre.ledger.breaks("every rung", f"case {row.code} was not paged on {sorted(missing)} in a whole round")


def _all_done(play: Play) -> None:
    for code, who in _open_cases(play):
        play.step(Step("texts", (who, f"D {code}")))


def _open_cases(play: Play) -> list[tuple[str, str]]:
    """The codes, each with who has that case: nobody else's D counts."""
    with play.theatre.witness.reading() as db:
        phones = {row.id: row.phone for row in db.exec(select(SpecialistRow))}
        names = {number: name for name, number in STAFF.items()}
        rows = [row for row in db.exec(select(CaseRow)) if row.state in OPEN]
        return [(row.code, names[phones[row.owner_id] or ""] if row.owner_id else "ana") for row in rows]


def _reached(play: Play) -> None:
    with play.theatre.witness.reading() as db:
        for row in db.exec(select(CaseRow)):
            if row.state in (CaseState.open.value, CaseState.accepted.value):
                play.theatre.ledger.breaks("reached", f"case {row.code} is {row.state} after A and D")
    play.theatre.ledger.judge()
