"""What a specialist does on the page of a case. Each act goes to the audit, and then back to the page."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.datastructures import FormData

from bot.center import is_phone
from bot.console.case import shown
from bot.console.pages import away, world_of
from bot.console.visit import OwnForm, Refused, Visit, Visiting, field
from bot.console.wording import OUTCOMES, ROLES
from bot.same_patient import same_patient
from bot.specialists import accept, close, done, pass_on, ring_to_join
from bot.world import World
from flows.case import CaseOutcome, CaseState
from storage.audit import audited
from storage.casebook import case_seen, contact_by_key
from storage.cases import case_by_id
from storage.events import happened
from storage.tables import CaseRow, SpecialistRow
from storage.vault import vault_of

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Doing:
    """What an act needs: the case, locked, and who does it with which form."""

    world: World
    db: Session
    row: CaseRow
    visit: Visit
    form: FormData

    @property
    def by(self) -> SpecialistRow:
        """The specialist who does it."""
        return self.visit.clinician()


def _accept(doing: Doing) -> str:
    outcome = accept(doing.world, doing.db, doing.row, doing.by, "console", doing.visit.now)
    if outcome.key == "page.accepted":
        ring_to_join(doing.db, doing.row, doing.by, doing.visit.now)
    return outcome.key


def _pass(doing: Doing) -> str:
    return pass_on(doing.world, doing.db, doing.row, doing.by, doing.visit.now).key


def _call(doing: Doing) -> str:
    if doing.row.owner_id != doing.by.id or doing.row.state not in ("accepted", "reached"):
        return "not_yours"
    rings = ring_to_join(doing.db, doing.row, doing.by, doing.visit.now)
    return "ringing" if rings else "ringing_already"


def _note(doing: Doing) -> str:
    words = field(doing.form, "note")
    if not words:
        return "empty"
    happened(doing.db, doing.row.id, "note", doing.visit.now, actor=doing.by.id, words=words)
    return "noted"


def _reached(doing: Doing) -> str:
    if doing.row.state == CaseState.reached.value:
        return "page.reached"  # once more would close it, and this button never does
    return done(doing.world, doing.db, doing.row, doing.by, doing.visit.now).key


def _resolve(doing: Doing) -> str:
    chosen, reason = field(doing.form, "outcome"), field(doing.form, "reason")
    if chosen not in OUTCOMES or chosen == CaseOutcome.same_patient:
        return "no_outcome"
    overruled = reason if doing.visit.leads else ""
    outcome = CaseOutcome(chosen)
    return close(doing.world, doing.db, doing.row, doing.by, outcome, doing.visit.now, overruled).key


ACTS: dict[str, Callable[[Doing], str]] = {
    "accept": _accept,
    "pass": _pass,
    "call": _call,
    "note": _note,
    "reached": _reached,
    "resolve": _resolve,
}


@router.post("/console/{code}/link")
def link(request: Request, visiting: Visiting, form: OwnForm, code: str) -> Response:
    """Another phone speaks for the same patient; it is named by the code of its case, or by its number."""
    world, by, now = world_of(request), visiting.clinician(), visiting.now
    role = field(form, "role") if field(form, "role") in ROLES else "caregiver1"

    def work(db: Session) -> str:
        row = _row(db, code)
        contact_id = _meant(db, field(form, "other", 40))
        if contact_id is None:
            return "same.nobody"
        key = same_patient(world, db, row.id, contact_id, role, by, now).key
        audited(db, row.id, "link", now, visiting.account.id, outcome=key, contact=contact_id, role=role)
        return key

    return _back(request, code, world.database.retrying(work))


@router.post("/console/{code}/reveal")
def reveal(request: Request, visiting: Visiting, form: OwnForm, code: str) -> Response:
    """Show one number. The audit says who asked for which."""
    visiting.clinician()
    contact = field(form, "contact", 64)

    def work(db: Session) -> None:
        audited(db, _row(db, code).id, "saw_number", visiting.now, visiting.account.id, contact=contact)

    world_of(request).database.retrying(work)
    return shown(request, visiting, code, bare=contact)


@router.post("/console/{code}/{act}")
def do(request: Request, visiting: Visiting, form: OwnForm, code: str, act: str) -> Response:
    """Accept, pass, call, note, reached, resolve."""
    world = world_of(request)
    if act not in ACTS:
        raise Refused("no_act")
    visiting.clinician()

    def work(db: Session) -> str:
        row = case_by_id(db, _row(db, code).id)
        key = ACTS[act](Doing(world, db, row, visiting, form))
        audited(db, row.id, act, visiting.now, visiting.account.id, outcome=key)
        return key

    return _back(request, code, world.database.retrying(work))


def _row(db: Session, code: str) -> CaseRow:
    row = case_seen(db, code)
    if row is None:
        raise Refused("no_case")
    return row


def _meant(db: Session, other: str) -> str | None:
    """The phone that is meant, by the code of its case or by its number."""
    if len(other) == 4 and other.isdecimal():
        row = case_seen(db, other)
        return row.contact_id if row else None
    number = "".join(char for char in other if char.isdigit() or char == "+")
    number = number if number.startswith("+") else f"+1{number.removeprefix('1')}"
    contact = contact_by_key(db, vault_of(db).lookup(number)) if is_phone(number) else None
    return contact.id if contact else None


def _back(request: Request, code: str, key: str) -> Response:
    world_of(request).wake.set()
    return away(request, f"/console/{code}?said={key}")
