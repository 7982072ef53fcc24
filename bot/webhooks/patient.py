"""Calls to patients: nothing is said of anything before a key, since a voicemail or a stranger may have answered."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line, word
from bot.webhooks.sms import xml
from bot.world import World
from flows.words import Channel, Language
from storage import outbox
from storage.cases import case_by_id
from storage.tables import CaseRow, ContactRow, OutboxRow

router = APIRouter()
BRIDGED = twiml.EMPTY  # a whisper that simply ends joins the two


@router.post("/twilio/notice/{call}")
async def notice(request: Request, form: TwilioForm, call: str) -> Response:
    """A call with a message: who it is for is unknown until a key is pressed."""
    return await _spoken(request, form, call, _ask)


@router.post("/twilio/notice/{call}/key")
async def notice_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 hears the message, 9 hears it in the other language."""
    return await _spoken(request, form, call, _message)


@router.post("/twilio/patient/{call}")
async def whisper(request: Request, form: TwilioForm, call: str) -> Response:
    """The patient's side of a joined call: a key joins; a voicemail presses none and is never joined."""
    return await _spoken(request, form, call, _whisper)


@router.post("/twilio/patient/{call}/key")
async def whisper_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 joins."""
    return await _spoken(request, form, call, _joined)


Words = Callable[[World, Session, OutboxRow, Language, str], str]


async def _spoken(request: Request, form: TwilioForm, call: str, words: Words) -> Response:
    world = world_of(request)

    def turn(db: Session) -> str:
        row = outbox.by_id(db, call)
        if row is None:
            return twiml.spoken([])
        return words(world, db, row, _language(db, row), field(form, "Digits"))

    try:
        return xml(await run_in_threadpool(world.database.retrying, turn))
    except Exception:
        return xml(twiml.spoken([_line(world, "fault", language) for language in world.center.languages]))


def _language(db: Session, row: OutboxRow) -> Language:
    case: CaseRow | None = case_by_id(db, row.case_id) if row.case_id else None
    contact = db.get(ContactRow, row.contact_id or (case.contact_id if case else ""))
    stored = (contact.language if contact else None) or (case.language if case else None)
    return Language(stored or Language.en)


def _line(world: World, key: str, language: Language) -> Line:
    return Line(word(world, key, language, Channel.voice), language, key)


def _ask(world: World, _db: Session, row: OutboxRow, language: Language, _key: str) -> str:
    keys = twiml.Keys(world.url(f"/twilio/notice/{row.id}/key"))
    return twiml.spoken([_line(world, "notice", language)], keys, repeat=2)


def _message(world: World, _db: Session, row: OutboxRow, language: Language, key: str) -> str:
    if key not in ("1", "9"):
        return twiml.spoken([])
    if key == "9":
        language = Language.en if language is Language.es else Language.es
    return twiml.spoken([_line(world, row.body or "fault", language)], repeat=2)


def _whisper(world: World, _db: Session, row: OutboxRow, language: Language, _key: str) -> str:
    keys = twiml.Keys(world.url(f"/twilio/patient/{row.id}/key"))
    return twiml.spoken([_line(world, "joining", language)], keys, repeat=2)


def _joined(_world: World, _db: Session, _row: OutboxRow, _language: Language, key: str) -> str:
    return BRIDGED if key == "1" else twiml.spoken([])
