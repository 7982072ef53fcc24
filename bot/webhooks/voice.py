"""Calls to the helpline: the same conversation as by text, spoken; each step is claimed by CallSid and step."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot import twiml
from bot.answer import Reply, answer
from bot.rescue import failed_call
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line
from bot.webhooks.sms import xml
from bot.world import World
from flows.model import Inbound
from flows.words import Channel, Language
from storage.ids import new_id

router = APIRouter()


@router.post("/twilio/voice")
async def entry(request: Request, form: TwilioForm) -> Response:
    """A call comes in. Nothing redirects back here."""
    return await _turn(request, form, 0)


@router.post("/twilio/voice/{step}")
async def further(request: Request, form: TwilioForm, step: int) -> Response:
    """What the caller pressed or said, or nothing."""
    return await _turn(request, form, step)


async def _turn(request: Request, form: FormData, step: int) -> Response:
    world = world_of(request)
    return xml(await run_in_threadpool(spoken_reply, world, inbound_of(form, step), step))


def inbound_of(form: FormData, step: int) -> Inbound:
    """A step of a call. A number that is none makes a contact of its own for this call."""
    # Without a SID nothing can be claimed, and two such calls must not be taken for one.
    sid = field(form, "CallSid") or f"none/{new_id()}"
    sender = field(form, "From")
    digits = field(form, "Digits")
    return Inbound(
        sid=f"{sid}/{step}",
        sender=sender if sender.startswith("+") and sender[1:].isdecimal() else f"call/{sid}",
        channel=Channel.voice,
        text=digits or field(form, "SpeechResult"),
        pressed=bool(digits),
    )


def spoken_reply(world: World, inbound: Inbound, step: int) -> str:
    """The TwiML for one step of a call."""
    try:
        return answer(world, inbound, lambda _db, reply: rendered(world, reply, step))
    except Exception:
        return failed_call(world, inbound)


def rendered(world: World, reply: Reply, step: int) -> str:
    """Say the lines and wait for keys or words; an emergency is said twice."""
    language = reply.turn.conversation.language or Language.en
    keys = twiml.Keys(
        action=world.url(f"/twilio/voice/{step + 1}"), digits=0, speech=True, timeout=10, language=language
    )
    said: list[Line] = list(reply.lines)
    urgent = any(line.key.startswith("emergency") for line in said)
    return twiml.spoken(said, keys, repeat=2 if urgent else 1)
