"""A document of a specialist's call: the call, its case and its specialist, found and locked, then the step."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from bot import twiml
from bot.moves import case_word
from bot.signature import TwilioForm, field, world_of
from bot.speech import Line, word
from bot.webhooks.sms import xml
from bot.world import World
from flows.words import Channel, Language
from storage import outbox
from storage.cases import case_by_id
from storage.tables import CaseRow, OutboxRow, SpecialistRow

log = logging.getLogger(__name__)

ENGLISH = Language.en


@dataclass(frozen=True, slots=True)
class Staff:
    """One step of a specialist's call, inside its transaction. `row`: the call as we made it, or as it came in."""

    world: World
    db: Session
    row: OutboxRow
    case: CaseRow
    by: SpecialistRow
    key: str
    call_sid: str
    now: datetime

    def url(self, step: str) -> str:
        """Where the next key goes."""
        return self.world.url(f"/twilio/page/{self.row.id}/{step}")

    def line(self, key: str, **values: str) -> Line:
        """One message for specialists, spoken."""
        if self.world.library.catalog.messages[key].channels[0] is Channel.voice:
            return Line(case_word(self.world, self.case, key, ENGLISH, **values), ENGLISH, key)
        text = word(self.world, key, ENGLISH, Channel.voice, {"code": self.case.code, **values})
        return Line(text, ENGLISH, key)

    def ask(self, key: str, step: str, **values: str) -> str:
        """Say that message twice and wait for one key."""
        return twiml.spoken([self.line(key, **values)], twiml.Keys(self.url(step)), repeat=2)

    def end(self, key: str, **values: str) -> str:
        """Say that message and hang up."""
        return twiml.spoken([self.line(key, **values)])


Step = Callable[[Staff], str]


async def staff_step(request: Request, form: TwilioForm, call: str, step: Step) -> Response:
    """The TwiML of one step."""
    world = world_of(request)

    def turn(db: Session) -> str:
        seen = outbox.seen(db, call)
        if seen is None or seen.case_id is None or seen.specialist_id is None:
            return twiml.spoken([], None)
        # Locks in the order of the house: case, then outbox.
        case = case_by_id(db, seen.case_id)
        row = outbox.by_id(db, call)
        by = db.get_one(SpecialistRow, seen.specialist_id)
        assert row is not None
        sid = field(form, "CallSid")
        return step(Staff(world, db, row, case, by, field(form, "Digits"), sid, world.clock()))

    try:
        document = await run_in_threadpool(world.database.retrying, turn)
    except Exception:
        # The page stays open and its next rung comes; a broken call must not sound like an acceptance.
        log.exception("a step of call %s failed", call)
        document = twiml.spoken([], None)
    world.wake.set()
    return xml(document)
