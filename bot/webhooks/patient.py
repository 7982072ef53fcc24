"""Calls to patients: nothing is said of anything before a key, since a voicemail or a stranger may have answered."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.answer import take_turn
from bot.calling import Step, spoken
from bot.joining.rooms import enter
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line, word
from bot.webhooks.sms import xml
from bot.world import World
from flows.model import Inbound, Kind
from flows.screen.evidence import Reading
from flows.words import Channel, Language
from storage import outbox
from storage.claims import answered, claim
from storage.contacts import party_of_contact
from storage.legs import begun
from storage.tables import CaseRow, ContactRow, OutboxRow

log = logging.getLogger(__name__)
router = APIRouter()
OTHER = {Language.en: Language.es, Language.es: Language.en}


@dataclass(frozen=True, slots=True)
class Called:
    """One step of a call that we made to the patient's side, inside its transaction."""

    world: World
    db: Session
    row: OutboxRow
    language: Language
    key: str
    call_sid: str
    now: datetime

    def line(self, key: str) -> Line:
        """One message, spoken."""
        return Line(word(self.world, key, self.language, Channel.voice), self.language, key)

    def ask(self, key: str, path: str) -> str:
        """Say that message twice and wait for one key."""
        return twiml.spoken([self.line(key)], twiml.Keys(self.world.url(path)), repeat=2)


Words = Callable[[Called], str]


@router.post("/twilio/notice/{call}")
async def notice(request: Request, form: TwilioForm, call: str) -> Response:
    """A call with a message: who it is for is unknown until a key is pressed."""
    return await _spoken(request, form, call, lambda at: at.ask("notice", f"/twilio/notice/{call}/key"))


@router.post("/twilio/notice/{call}/key")
async def notice_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 hears the message, 9 hears it in the other language."""
    return await _spoken(request, form, call, _message)


@router.post("/twilio/back/{call}")
async def back(request: Request, form: TwilioForm, call: str) -> Response:
    """A call back: nothing before a key."""
    return await _spoken(request, form, call, lambda at: at.ask("notice", f"/twilio/back/{call}/key"))


@router.post("/twilio/back/{call}/key")
async def back_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 hears why we call, and the conversation goes on from where it was; 9 the same in the other language."""
    return await _spoken(request, form, call, _goes_on)


@router.post("/twilio/reach/{call}")
async def reach(request: Request, form: TwilioForm, call: str) -> Response:
    """The patient's side of a joined call: a key joins; a voicemail presses none and is never joined."""
    return await _spoken(request, form, call, _whisper)


@router.post("/twilio/reach/{call}/key")
async def reach_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 joins."""
    return await _spoken(request, form, call, _joined)


async def _spoken(request: Request, form: TwilioForm, call: str, words: Words) -> Response:
    world = world_of(request)

    def turn(db: Session) -> str:
        row = outbox.seen(db, call)
        if row is None:
            return twiml.spoken([])
        sid = field(form, "CallSid")
        return words(Called(world, db, row, _language(db, row), field(form, "Digits"), sid, world.clock()))

    try:
        document = await run_in_threadpool(world.database.retrying, turn)
    except Exception:
        log.exception("a step of call %s failed", call)
        lines = [Line(word(world, "fault", one, Channel.voice), one, "fault") for one in world.center.languages]
        document = twiml.spoken(lines)
    world.wake.set()
    return xml(document)


def _language(db: Session, row: OutboxRow) -> Language:
    case = db.get(CaseRow, row.case_id) if row.case_id else None
    contact = db.get(ContactRow, row.contact_id or (case.contact_id if case else ""))
    stored = (contact.language if contact else None) or (case.language if case else None)
    return Language(stored or Language.en)


def _message(at: Called) -> str:
    if at.key not in ("1", "9"):
        return twiml.spoken([])
    if at.key == "9":
        at = replace(at, language=OTHER[at.language])
    return twiml.spoken([at.line(at.row.body or "fault")], repeat=2)


def _goes_on(at: Called) -> str:
    """The same conversation as before, now on a call that we made; claimed like every step."""
    if at.key not in ("1", "9") or at.row.contact_id is None:
        return twiml.spoken([])
    inbound = Inbound(f"{at.call_sid}/0", "", Channel.voice, kind=Kind.call, heard=True)
    before = claim(at.db, inbound.sid, at.now)
    if before is not None:
        return before.reply or twiml.spoken([])
    party = party_of_contact(at.db, at.row.contact_id)
    if at.key == "9":
        at = replace(at, language=OTHER[at.language])
        party.contact.language = at.language.value
    leg = begun(at.db, at.call_sid, "called", at.now, contact_id=party.contact.id, outbox_id=at.row.id)
    leg.heard = True
    step = Step(at.world, at.db, party, leg, inbound, 0, at.now)
    why = at.line(at.row.body or "fault")
    document = spoken(step, lambda asked: take_turn(at.world, at.db, party, asked, Reading(), at.now), (why,))
    answered(at.db, inbound.sid, document)
    return document


def _whisper(at: Called) -> str:
    begun(
        at.db,
        at.call_sid,
        "called",
        at.now,
        contact_id=at.row.contact_id,
        case_id=at.row.case_id,
        outbox_id=at.row.id,
    )
    return at.ask("joining", f"/twilio/reach/{at.row.id}/key")


def _joined(at: Called) -> str:
    if at.key != "1":
        return twiml.spoken([])
    leg = begun(
        at.db,
        at.call_sid,
        "called",
        at.now,
        contact_id=at.row.contact_id,
        case_id=at.row.case_id,
        outbox_id=at.row.id,
    )
    leg.heard = True
    return enter(at.world, leg, [at.line("voice.joining_now")])
