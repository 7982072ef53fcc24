"""A specialist calls in: they hear how many cases wait, and one key takes the most serious. Else they are a caller."""

from sqlmodel import Session
from starlette.datastructures import FormData

from bot import twiml
from bot.signature import field
from bot.specialists import accept, choose_case, waiting_cases
from bot.speech import Line, word
from bot.webhooks.staff import ENGLISH
from bot.world import World
from flows.case import CaseState
from flows.words import Channel
from storage import outbox
from storage.database import DatabaseDown
from storage.roster import specialist_by_phone


def duty_line(world: World, number: str) -> str | None:
    """What a specialist hears who calls in while cases wait; None for everybody else."""

    def turn(db: Session) -> str | None:
        if specialist_by_phone(db, number) is None or not (count := waiting_cases(db)):
            return None
        text = word(world, "page.duty", ENGLISH, Channel.voice, {"count": str(count)})
        keys = twiml.Keys(world.url("/twilio/duty"))
        return twiml.spoken([Line(text, ENGLISH, "page.duty")], keys)

    try:
        return world.database.retrying(turn)
    except DatabaseDown:
        return None  # answered like any caller, without a database


def duty_key(world: World, form: FormData) -> str | None:
    """1 takes the most serious case that waits; None = a caller like any other."""

    def turn(db: Session) -> str | None:
        by = specialist_by_phone(db, field(form, "From"))
        case = choose_case(db, by, (CaseState.open,)) if by and field(form, "Digits") == "1" else None
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
