"""Calls to the helpline: the same conversation as by text, spoken; each step is claimed by CallSid and step."""

from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.answer import screened, take_turn
from bot.calling import Step, spoken
from bot.lifeline.degraded import spoken as unrecorded
from bot.rescue import failed_call, level_of
from bot.signature import TwilioForm, field, world_of
from bot.webhooks.oncall import duty_key, duty_line
from bot.webhooks.sms import xml
from bot.world import World
from flows.model import Inbound, Kind
from flows.words import Channel
from storage.claims import answered, claim
from storage.contacts import party_of
from storage.database import DatabaseDown
from storage.ids import new_id
from storage.legs import CHECK, begun

router = APIRouter()


@router.post("/twilio/voice")
async def entry(request: Request, form: TwilioForm) -> Response:
    """A call comes in. Nothing redirects back here."""
    world = world_of(request)
    duty = await run_in_threadpool(duty_line, world, field(form, "From"))
    if duty is not None:
        return xml(duty)
    return xml(await run_in_threadpool(call_step, world, form, 0))


@router.post("/twilio/duty")
async def duty(request: Request, form: TwilioForm) -> Response:
    """What a specialist pressed who called in while cases wait; else they are a caller like any other."""
    world = world_of(request)
    taken = await run_in_threadpool(duty_key, world, form)
    return xml(await run_in_threadpool(call_step, world, form, 0) if taken is None else taken)


@router.post("/twilio/voice/{step}")
async def further(request: Request, form: TwilioForm, step: int) -> Response:
    """What the caller pressed or said, or nothing."""
    return xml(await run_in_threadpool(call_step, world_of(request), form, step))


def call_step(world: World, form: FormData, step: int) -> str:
    """The TwiML for one step of a call."""
    inbound = inbound_of(form, step)
    breaker = world.lifeline.breaker
    if not breaker.lets_through():
        return unrecorded(world, inbound, level_of(world, inbound.text))
    try:
        document = _answered(world, inbound, inbound.sid.split("/")[0], step)
    except DatabaseDown:
        breaker.failed()
        return unrecorded(world, inbound, level_of(world, inbound.text))
    except Exception:
        return failed_call(world, inbound)
    breaker.worked()
    return document


def inbound_of(form: FormData, step: int) -> Inbound:
    """A step of a call. A number that is none makes a contact of its own for this call."""
    # Without a SID nothing can be claimed, and two such calls must not be taken for one.
    sid = field(form, "CallSid") or f"none-{new_id()}"
    person = field(form, "To" if field(form, "Direction").startswith("outbound") else "From")
    digits = field(form, "Digits") if step else ""
    text = digits or (field(form, "SpeechResult") if step else "")
    return Inbound(
        sid=f"{sid}/{step}",
        sender=person if person.startswith("+") and person[1:].isdecimal() else f"call/{sid}",
        channel=Channel.voice,
        text=text,
        kind=Kind.text if text else Kind.silence if step else Kind.call,
        pressed=bool(digits),
    )


def _answered(world: World, inbound: Inbound, call_sid: str, step: int) -> str:
    """The way of a message, for a call: screen, claim, load, step, save, case and pages, reply, commit."""
    now = world.clock()
    reading = screened(world, inbound)

    def turn(db: Session) -> str:
        before = claim(db, inbound.sid, now)
        if before is not None:
            return before.reply or ""
        document = _turn(db, now)
        answered(db, inbound.sid, document)
        return document

    def _turn(db: Session, now: datetime) -> str:
        party = party_of(db, inbound.sender, now, reachable=inbound.sender.startswith("+"))
        leg = begun(db, call_sid, "caller", now, contact_id=party.contact.id)
        leg.due_at = now + CHECK
        at = Step(world, db, party, leg, inbound, step, now)
        return spoken(at, lambda asked: take_turn(world, db, party, asked, reading, now))

    document = world.database.retrying(turn)
    world.wake.set()
    return document
