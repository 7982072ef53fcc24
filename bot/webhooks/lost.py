"""Page calls for messages that came without a database: everything they need stands sealed in their own URL."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.lifeline.lost import Lost
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line, word
from bot.webhooks.sms import xml
from bot.world import World
from flows.words import Channel, Language

router = APIRouter()
Step = Callable[[World, str, Lost, str, str], str]
LONGEST = 160


@router.post("/twilio/lost/{token}")
async def page(request: Request, form: TwilioForm, token: str) -> Response:
    """Level and code, and a key to take it."""
    return await _step(request, form, token, _asked)


@router.post("/twilio/lost/{token}/key")
async def key(request: Request, form: TwilioForm, token: str) -> Response:
    """1 takes it, and the patient's own words are heard; 1 again dials them."""
    return await _step(request, form, token, _taken)


@router.post("/twilio/lost/{token}/talk")
async def talk(request: Request, form: TwilioForm, token: str) -> Response:
    """1 joins with the patient."""
    return await _step(request, form, token, _dialled)


@router.post("/twilio/lost/{token}/patient")
async def whisper(request: Request, form: TwilioForm, token: str) -> Response:
    """The patient's side: a key joins, so that a voicemail is never joined."""
    return await _step(request, form, token, _whisper)


@router.post("/twilio/lost/{token}/patient/key")
async def whisper_key(request: Request, form: TwilioForm, token: str) -> Response:
    """1 joins."""
    return await _step(request, form, token, lambda _w, _t, _l, _to, digit: twiml.EMPTY if digit == "1" else END)


END = twiml.spoken([])


async def _step(request: Request, form: TwilioForm, token: str, step: Step) -> Response:
    world = world_of(request)
    note = world.lifeline.spool.from_token(token, "page")
    if note is None:
        return xml(END)
    to = str(note.get("to", ""))
    document = await run_in_threadpool(step, world, token, Lost.from_note(note), to, field(form, "Digits"))
    return xml(document)


def _line(world: World, key: str, **values: str) -> Line:
    return Line(word(world, key, Language.en, Channel.voice, values), Language.en, key)


def _url(world: World, token: str, step: str) -> str:
    return world.url(f"/twilio/lost/{token}/{step}")


def _asked(world: World, token: str, lost: Lost, _to: str, _digit: str) -> str:
    keys = twiml.Keys(_url(world, token, "key"))
    values = {"level": lost.grade, "code": lost.code}
    waiting = (world.lifeline.spool.from_token(token, "page") or {}).get("waiting", 1)
    many = {"count": str(waiting)} if waiting > 1 else {}
    return twiml.spoken([_line(world, "page.calls" if many else "page.call", **values, **many)], keys, repeat=2)


def _taken(world: World, token: str, lost: Lost, to: str, digit: str) -> str:
    if digit != "1":
        return twiml.spoken([_line(world, "page.no_key")])
    if not world.lifeline.accept(lost.code, to):
        return twiml.spoken([_line(world, "page.lost_taken", code=lost.code)])
    values = {"level": lost.grade, "words": lost.text[:LONGEST]}
    return twiml.spoken([_line(world, "page.lost_summary", **values)], twiml.Keys(_url(world, token, "talk")), repeat=2)


def _dialled(world: World, token: str, lost: Lost, _to: str, digit: str) -> str:
    if digit != "1" or not lost.sender.startswith("+"):
        return twiml.spoken([_line(world, "page.goodbye")])
    whisper_url, after = _url(world, token, "patient"), _url(world, token, "after")
    return twiml.dial([_line(world, "page.calling")], lost.sender, world.settings.phone_number, whisper_url, after)


@router.post("/twilio/lost/{token}/after")
async def after(request: Request, form: TwilioForm, token: str) -> Response:
    """The joined call has ended; once the database is back, the case asks for the rest."""
    return await _step(request, form, token, lambda world, *_rest: twiml.spoken([_line(world, "page.goodbye")]))


def _whisper(world: World, token: str, _lost: Lost, _to: str, _digit: str) -> str:
    keys = twiml.Keys(_url(world, token, "patient/key"))
    lines = [
        Line(word(world, "joining", language, Channel.voice), language, "joining")
        for language in world.center.languages
    ]
    return twiml.spoken(lines, keys, repeat=2)
