"""Page calls: level and code, a key, then the summary, then the patient on the same call. No PHI before the key."""

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from bot import twiml
from bot.joining.reaching import talk
from bot.signature import TwilioForm
from bot.specialists import accept, owner_name, pass_on
from bot.summary import summary
from bot.webhooks.staff import Staff, staff_step
from flows.case import CaseState
from storage import bundles
from storage.accounts import current_code
from storage.events import happened

router = APIRouter()
CONSOLE_CODE = "4"  # the key for the one-time code of the console: their own phone is what a code proves


@router.post("/twilio/page/{call}")
async def page(request: Request, form: TwilioForm, call: str) -> Response:
    """The specialist has picked up, or their voicemail has."""
    return await staff_step(request, form, call, _asked)


@router.post("/twilio/page/{call}/key")
async def page_key(request: Request, form: TwilioForm, call: str) -> Response:
    """1 takes the case, 3 passes it on; silence is no answer, since voicemail is silent too."""
    return await staff_step(request, form, call, _key)


@router.post("/twilio/join/{call}")
async def join(request: Request, form: TwilioForm, call: str) -> Response:
    """The call to a specialist who took the case by text or on the console: nothing of the case before a key."""
    return await staff_step(request, form, call, _join)


@router.post("/twilio/page/{call}/summary")
async def summarised(request: Request, form: TwilioForm, call: str) -> Response:
    """After the key: the summary; 1 to talk, 2 to hear it again, 3 to pass it on, 4 for the code of the console."""
    return await staff_step(request, form, call, _summary)


def _asked(at: Staff) -> str:
    happened(at.db, at.case.id, "page_answered", at.now, actor=at.by.id)
    waiting = bundles.waiting(at.db, at.row)
    if len(waiting) > 1:
        bundles.turn_to(at.row, waiting[0])
        return replace(at, case=waiting[0]).ask("page.calls", "key", count=str(len(waiting)))
    return at.ask("page.call", "key")


def _key(at: Staff) -> str:
    if at.key == "1":
        outcome = accept(at.world, at.db, at.case, at.by, "key", at.now)
        then = at.url("summary") if outcome.key == "page.accepted" else None
        return twiml.spoken([at.line(outcome.key, name=outcome.name)], then=then)
    return passed(at) if at.key == "3" else at.end("page.no_key")


def passed(at: Staff) -> str:
    """They passed the case on."""
    outcome = pass_on(at.world, at.db, at.case, at.by, at.now)
    return at.end(outcome.key, name=outcome.name)


def _join(at: Staff) -> str:
    return at.ask("page.join", "summary")


def _summary(at: Staff) -> str:
    heard = "heard" in (at.row.parameters or {})
    if at.case.owner_id == at.by.id and at.case.state == CaseState.closed.value:
        return at.end("page.over")
    if at.case.owner_id == at.by.id and at.case.state == CaseState.reached.value and not at.key:
        return at.end("page.spoken")  # they have said D meanwhile
    unasked = at.row.purpose == "join" and not at.key and not heard
    if at.case.owner_id != at.by.id:
        return at.end("page.taken", name=owner_name(at.db, at.case))
    if unasked or (heard and not at.key):
        return at.end("page.no_key")
    if at.key == "3":
        return passed(at)
    if at.key == "1" and heard:
        return talk(at.world, at.db, at.row, at.call_sid, at.case, at.by, at.now)
    code = current_code(at.db, at.by.id, at.now)
    if at.key == CONSOLE_CODE and heard and code:
        return at.ask("page.code", "summary", digits=" ".join(code))
    at.row.parameters = {**(at.row.parameters or {}), "heard": True}
    lines = [at.line("page.summary", **summary(at.world, at.db, at.case, at.now))]
    lines += [at.line("page.code_offer")] if code else []
    return twiml.spoken(lines, twiml.Keys(at.url("summary")), repeat=2)
