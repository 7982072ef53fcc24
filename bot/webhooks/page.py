"""Page calls: level and code, a key, then the summary, then the patient on the same call. No PHI before the key."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.moves import case_word
from bot.signature import TwilioForm, field, world_of
from bot.specialists import Outcome, accept, done, pass_on
from bot.speech import Line, word
from bot.summary import summary
from bot.webhooks.sms import xml
from bot.world import World
from flows.case import CaseState
from flows.words import Channel, Language
from storage import outbox
from storage.cases import case_by_id
from storage.events import happened
from storage.tables import CaseRow, ContactRow, OutboxRow, SpecialistRow

router = APIRouter()
ENGLISH = Language.en
Step = Callable[[World, Session, OutboxRow, CaseRow, SpecialistRow, str, datetime], str]


async def _step(request: Request, form: TwilioForm, call: str, step: Step) -> Response:
    """One document of a specialist's call: the call, its case and its specialist, locked, then the step."""
    world = world_of(request)

    def turn(db: Session) -> str:
        row = outbox.by_id(db, call)
        if row is None or row.case_id is None or row.specialist_id is None:
            return twiml.spoken([], None)
        case = case_by_id(db, row.case_id)
        person = db.get_one(SpecialistRow, row.specialist_id)
        return step(world, db, row, case, person, field(form, "Digits"), world.clock())

    try:
        document = await run_in_threadpool(world.database.retrying, turn)
    except Exception:
        # The page stays open and its next rung comes; a broken call must not sound like an acceptance.
        document = twiml.spoken([], None)
    world.wake.set()
    return xml(document)


@router.post("/twilio/page/{call}")
async def page(request: Request, form: TwilioForm, call: str) -> Response:
    """The specialist has picked up, or their voicemail has."""
    return await _step(request, form, call, _asked)


@router.post("/twilio/page/{call}/key")
async def page_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 takes the case, 3 passes it on; silence is no answer, since voicemail is silent too."""
    return await _step(request, form, call, _key)


@router.post("/twilio/join/{call}")
async def join(request: Request, form: TwilioForm, call: str) -> Response:
    """The call to a specialist who took the case by text: nothing of the case before a key."""
    return await _step(request, form, call, _join)


@router.post("/twilio/page/{call}/summary")
async def summarised(request: Request, form: TwilioForm, call: str) -> Response:
    """After the key: the summary; 1 to talk, 2 to hear it again, 3 to pass it on."""
    return await _step(request, form, call, _summary)


@router.post("/twilio/page/{call}/after")
async def after(request: Request, form: TwilioForm, call: str) -> Response:
    """The joined call has ended: did they speak? Only their word counts, since a voicemail is joined too."""
    return await _step(request, form, call, _after)


@router.post("/twilio/page/{call}/spoke")
async def spoke(request: Request, form: TwilioForm, call: str) -> Response:
    """1 they spoke: reached. Anything else leaves the clock running."""
    return await _step(request, form, call, _spoke)


def _url(world: World, row: OutboxRow, step: str) -> str:
    return world.url(f"/twilio/page/{row.id}/{step}")


def _line(world: World, case: CaseRow, key: str, **values: str) -> Line:
    if world.library.catalog.messages[key].channels[0] is Channel.voice:
        return Line(case_word(world, case, key, ENGLISH, **values), ENGLISH, key)
    text = word(world, key, ENGLISH, Channel.voice, {"code": case.code, **values})
    return Line(text, ENGLISH, key)


def _asked(
    world: World, db: Session, row: OutboxRow, case: CaseRow, person: SpecialistRow, _key: str, now: datetime
) -> str:
    happened(db, case.id, "page_answered", now, actor=person.id)
    keys = twiml.Keys(_url(world, row, "key"))
    return twiml.spoken([_line(world, case, "page.call")], keys, repeat=2)


def _key(
    world: World, db: Session, row: OutboxRow, case: CaseRow, person: SpecialistRow, key: str, now: datetime
) -> str:
    if key == "1":
        outcome = accept(world, db, case, person, "key", now)
        ends = outcome.key != "page.accepted"
        then = None if ends else _url(world, row, "summary")
        return twiml.spoken([_line(world, case, outcome.key, name=outcome.name)], then=then)
    if key == "3":
        return _passed(world, db, case, person, now)
    return twiml.spoken([_line(world, case, "page.no_key")])


def _passed(world: World, db: Session, case: CaseRow, person: SpecialistRow, now: datetime) -> str:
    outcome: Outcome = pass_on(world, db, case, person, now)
    return twiml.spoken([_line(world, case, outcome.key, name=outcome.name)])


def _join(
    world: World, _db: Session, row: OutboxRow, case: CaseRow, _person: SpecialistRow, _key: str, _now: datetime
) -> str:
    keys = twiml.Keys(_url(world, row, "summary"))
    return twiml.spoken([_line(world, case, "page.join")], keys, repeat=2)


def _summary(
    world: World, db: Session, row: OutboxRow, case: CaseRow, person: SpecialistRow, key: str, now: datetime
) -> str:
    if case.owner_id != person.id or (row.purpose == "join" and not key and "heard" not in (row.parameters or {})):
        return twiml.spoken([_line(world, case, "page.no_key")])
    if key == "3":
        return _passed(world, db, case, person, now)
    heard = "heard" in (row.parameters or {})
    row.parameters = {"heard": True}
    if key == "1" and heard:
        return _dial(world, db, row, case)
    keys = twiml.Keys(_url(world, row, "summary"))
    if heard and not key:
        return twiml.spoken([_line(world, case, "page.no_key")])
    return twiml.spoken([_line(world, case, "page.summary", **summary(world, db, case))], keys, repeat=2)


def _dial(world: World, db: Session, row: OutboxRow, case: CaseRow) -> str:
    """Join the patient on the same call; they see the helpline's number, and the specialist sees none."""
    contact = db.get_one(ContactRow, case.contact_id)
    if not contact.reachable or not contact.phone:
        return twiml.spoken([_line(world, case, "page.goodbye")])
    whisper = world.url(f"/twilio/patient/{row.id}")
    lines = [_line(world, case, "page.calling")]
    return twiml.dial(lines, contact.phone, world.settings.phone_number, whisper, _url(world, row, "after"))


def _after(
    world: World, _db: Session, row: OutboxRow, case: CaseRow, _person: SpecialistRow, _key: str, _now: datetime
) -> str:
    return twiml.spoken([_line(world, case, "page.spoke")], twiml.Keys(_url(world, row, "spoke")), repeat=2)


def _spoke(
    world: World, db: Session, _row: OutboxRow, case: CaseRow, person: SpecialistRow, key: str, now: datetime
) -> str:
    # Not by `reached_at`: a case can be reached, flagged again, and taken once more.
    reached = CaseState(case.state) in (CaseState.reached, CaseState.closed)
    if key == "1" and case.owner_id == person.id and not reached:
        done(world, db, case, person, now)
    return twiml.spoken([_line(world, case, "page.goodbye")])
