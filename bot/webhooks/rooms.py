"""The room of a case: what is heard while alone in it, who comes and goes, and what follows for the patient's side."""

import logging
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.joining.ending import call_ended
from bot.joining.lines import after_room, entering, farewell, line, waiting_lines
from bot.joining.presence import came, went
from bot.joining.rooms import enter
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line
from bot.webhooks.sms import xml
from bot.world import World
from storage.cases import case_by_id
from storage.legs import leg_by_id, leg_of_call, seen_leg
from storage.tables import CaseRow, LegRow

log = logging.getLogger(__name__)
router = APIRouter()
UPDATE_EVERY = 15  # seconds of pause after the words, which take about five
STAFF_UPDATE = 8
Part = Callable[[Session, CaseRow, LegRow], str]


@router.post("/twilio/room/{leg}/wait")
async def wait(request: Request, _form: TwilioForm, leg: str) -> Response:
    """How it stands, again and again, for one who waits alone; never claimed, never changing anything."""
    world = world_of(request)

    def words(db: Session, case: CaseRow, at: LegRow) -> str:
        pause = STAFF_UPDATE if at.side == "specialist" else UPDATE_EVERY
        return twiml.waiting(waiting_lines(world, db, case, at), pause, world.url(f"/twilio/room/{leg}/wait"))

    return xml(await run_in_threadpool(_part, world, leg, words))


@router.post("/twilio/room/{leg}/enter")
async def come_in(request: Request, _form: TwilioForm, leg: str) -> Response:
    """A caller who was still being asked is taken into the room, since a specialist is there."""
    world = world_of(request)
    return xml(
        await run_in_threadpool(_part, world, leg, lambda db, _case, at: enter(world, at, entering(world, db, at)))
    )


@router.post("/twilio/room/{leg}/left")
async def left(request: Request, _form: TwilioForm, leg: str) -> Response:
    """The room is over, and the patient's side is still on the phone."""
    world = world_of(request)
    return xml(await run_in_threadpool(_part, world, leg, lambda db, case, at: after_room(world, db, case, at)))


@router.post("/twilio/room/{case}/events")
async def events(request: Request, form: TwilioForm, case: str) -> Response:
    """Who came and went, as Twilio tells it: late, twice, or out of order."""
    world = world_of(request)
    said, sid = field(form, "StatusCallbackEvent"), field(form, "CallSid")
    number = field(form, "SequenceNumber")
    does = {"participant-join": came, "participant-leave": went}.get(said)

    def take(db: Session) -> None:
        if db.get(CaseRow, case) is None:
            return  # of a case that is not here: nothing to keep
        row = case_by_id(db, case)
        leg = leg_of_call(db, sid)
        if does and leg is not None and leg.case_id == row.id:
            does(world, db, row, leg, int(number[:9]) if number.isdecimal() else 0, world.clock())

    if does:
        await run_in_threadpool(world.database.retrying, take)
        world.wake.set()
    return Response(status_code=204)


@router.post("/twilio/ended")
async def ended(request: Request, form: TwilioForm) -> Response:
    """A call to the helpline has ended; the number's own status callback."""
    world = world_of(request)
    sid = field(form, "CallSid")
    await run_in_threadpool(world.database.retrying, lambda db: call_ended(world, db, sid, None, world.clock()))
    world.wake.set()
    return Response(status_code=204)


def _part(world: World, leg_id: str, part: Part) -> str:
    """One document of a leg that has a case; whatever breaks, the line is not cut without words."""

    def turn(db: Session) -> str:
        seen = seen_leg(db, leg_id=leg_id)
        if seen is None or seen.case_id is None:
            return twiml.spoken([])
        # Locks in the order of the house: case, then leg.
        case = case_by_id(db, seen.case_id)
        leg = leg_by_id(db, leg_id)
        assert leg is not None
        return part(db, case, leg)

    try:
        return world.database.retrying(turn)
    except Exception:
        log.exception("a document of leg %s failed", leg_id)
        return twiml.spoken(_fault(world))


@router.post("/twilio/room/{leg}/last")
async def last(request: Request, form: TwilioForm, leg: str) -> Response:
    """8: the gist as a text; then goodbye."""
    world = world_of(request)
    wanted = field(form, "Digits") == "8"
    return xml(await run_in_threadpool(_part, world, leg, lambda db, case, at: farewell(world, db, case, at, wanted)))


def _fault(world: World) -> list[Line]:
    return [line(world, "fault", language) for language in world.center.languages]
