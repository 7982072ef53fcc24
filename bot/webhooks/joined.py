"""After the room: did they speak? Only the specialist's word counts, since a patient's voicemail can be joined too."""

from fastapi import APIRouter, Request, Response
from sqlmodel import select

from bot.joining.presence import ask_by_text
from bot.joining.reaching import talk
from bot.signature import TwilioForm
from bot.specialists import done
from bot.webhooks.page import passed
from bot.webhooks.staff import Staff, staff_step
from flows.case import CaseState
from storage.events import happened
from storage.legs import leg_of_call
from storage.tables import PatientRow

router = APIRouter()


@router.post("/twilio/page/{call}/after")
async def after(request: Request, form: TwilioForm, call: str) -> Response:
    """The room is over, and the specialist is still on the phone."""
    return await staff_step(request, form, call, _after)


@router.post("/twilio/page/{call}/spoke")
async def spoke(request: Request, form: TwilioForm, call: str) -> Response:
    """1 they spoke: reached. 2 they did not: passed on, as by P. Silence leaves the clock running."""
    return await staff_step(request, form, call, _spoke)


@router.post("/twilio/page/{call}/nobody")
async def nobody(request: Request, form: TwilioForm, call: str) -> Response:
    """Nobody of the patient's side answered: a welfare check is offered, with the address that we have."""
    return await staff_step(request, form, call, _nobody)


@router.post("/twilio/page/{call}/nobody/key")
async def nobody_key(request: Request, form: TwilioForm, call: str) -> Response:
    """3 calls again, 2 passes the case on."""
    return await staff_step(request, form, call, _nobody_key)


def _after(at: Staff) -> str:
    return at.ask("page.spoke", "spoke")


def _spoke(at: Staff) -> str:
    if at.key == "1":
        # Not by `reached_at`: a case can be reached, flagged again, and taken once more.
        if CaseState(at.case.state) not in (CaseState.reached, CaseState.closed):
            done(at.world, at.db, at.case, at.by, at.now)
        return at.end("page.goodbye")
    if at.key == "3":
        return _again(at)
    leg = leg_of_call(at.db, at.call_sid)
    if leg is not None and not at.key:
        ask_by_text(at.world, at.db, at.case, leg, at.now)
    if leg is not None:
        leg.joined_at = None  # asked once is enough
    return passed(at) if at.key == "2" else at.end("page.goodbye")


def _nobody(at: Staff) -> str:
    patient = at.db.exec(select(PatientRow).where(PatientRow.id == at.case.patient_id)).one()
    happened(at.db, at.case.id, "welfare_check_offered", at.now, actor=at.by.id)
    key = "page.address" if patient.address else "page.no_address"
    address = at.line(key, address=patient.address or "").text
    return at.ask("page.nobody", "nobody/key", address=address, emergency=at.world.center.emergency_number)


def _nobody_key(at: Staff) -> str:
    if at.key == "3":
        return _again(at)
    return passed(at) if at.key == "2" else at.end("page.goodbye")


def _again(at: Staff) -> str:
    """Call the patient's side once more, from the first phone."""
    leg = leg_of_call(at.db, at.call_sid)
    if leg is not None and leg.state != "over":
        leg.state = "asking"
    return talk(at.world, at.db, at.row, at.call_sid, at.case, at.by, at.now)
