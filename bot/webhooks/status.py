"""What became of a text or a call, as Twilio tells it: late, twice, out of order, or before our request returned."""

import logging
from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot.joining.ending import FINAL, call_ended
from bot.signature import TwilioForm, field, world_of
from storage import outbox, sids
from storage.database import DatabaseDown

log = logging.getLogger(__name__)
router = APIRouter()


@router.post("/twilio/status/{row}")
async def status(request: Request, form: TwilioForm, row: str) -> Response:
    """Merge it by rank: a status never goes backwards. A callback for a row that we do not know is not an error."""
    told = field(form, "MessageStatus") or field(form, "SmsStatus") or field(form, "CallStatus")
    sid = field(form, "MessageSid") or field(form, "CallSid")
    error = field(form, "ErrorCode") or None
    world = world_of(request)

    def merge(db: Session) -> None:
        found = outbox.by_id(db, row)
        if found is not None:
            if found.sid is None and sid:
                sids.made(db, found, sid, world.clock())
            outbox.merge_status(db, found, told, error)

    def end(db: Session) -> None:
        call_ended(world, db, sid, row, world.clock())

    def patiently(work: Callable[[Session], None]) -> None:
        # Behind everybody else, but no less patient: what is not kept here has to be looked up.
        with world.database.first(False):
            world.database.retrying(work)

    try:
        await run_in_threadpool(patiently, merge)
        if field(form, "CallStatus") in FINAL:
            await run_in_threadpool(patiently, end)
            world.wake.set()
    except DatabaseDown as error:
        # Said in one line: there may be hundreds of them, and each is one that a patient would wait for.
        log.warning("a status of %s was not kept: %s", row, error)
    except Exception:
        # Callbacks are best effort on both sides: what is stuck is looked up.
        log.exception("a status of %s was not kept", row)
    return Response(status_code=204)
