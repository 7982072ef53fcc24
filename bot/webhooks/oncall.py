"""A specialist calls in: they hear how many cases wait, and one key takes the most serious. Else they are a caller."""

from sqlmodel import Session
from starlette.datastructures import FormData

from bot import twiml
from bot.signature import field
from bot.specialists import accept, choose_case, waiting_codes
from bot.speech import Line, word
from bot.webhooks.staff import ENGLISH
from bot.world import World
from flows.case import CaseState
from flows.words import Channel
from storage import outbox
from storage.database import DatabaseDown
from storage.roster import specialist_by_phone
from storage.tables import CaseRow, SpecialistRow


def duty_line(world: World, number: str) -> str | None:
    """What a specialist hears who calls in while cases wait; None for everybody else."""

    def turn(db: Session) -> str | None:
        by = specialist_by_phone(db, number)
        case = _offered(db, by) if by else None
        if case is None:
            return None
        key = "page.duty" if case.state == CaseState.open.value else "page.join"
        text = word(world, key, ENGLISH, Channel.voice, {"count": str(len(waiting_codes(db))), "code": case.code})
        return twiml.spoken([Line(text, ENGLISH, key)], twiml.Keys(world.url("/twilio/duty")))

    try:
        return world.database.retrying(turn)
    except DatabaseDown:
        return None  # answered like any caller, without a database


def _offered(db: Session, by: SpecialistRow) -> CaseRow | None:
    """The case that one key takes: the most serious that waits, else the one that they have and have not reached."""
    waiting = bool(waiting_codes(db))
    return choose_case(db, by, (CaseState.open,) if waiting else (CaseState.accepted,))


def duty_key(world: World, form: FormData) -> str | None:
    """1 takes the most serious case that waits; None = a caller like any other."""

    def turn(db: Session) -> str | None:
        by = specialist_by_phone(db, field(form, "From"))
        case = _offered(db, by) if by and field(form, "Digits") == "1" else None
        if by is None or case is None:
            return None
        now, sid = world.clock(), field(form, "CallSid")
        outcome = accept(world, db, case, by, "key", now)
        row = outbox.put(
            db,
            "inline",
            "page",
            by.phone or "",
            now,
            case_id=case.id,
            specialist_id=by.id,
            sid=sid,
            status="inline",
        )
        text = word(world, outcome.key, ENGLISH, Channel.voice, {"code": case.code, "name": outcome.name})
        then = world.url(f"/twilio/page/{row.id}/summary") if outcome.key == "page.accepted" else None
        return twiml.spoken([Line(text, ENGLISH, outcome.key)], then=then)

    try:
        document = world.database.retrying(turn)
    except DatabaseDown:
        return None
    world.wake.set()
    return document
