"""What follows when a text did not arrive: another way, and the specialist hears "patient did NOT get the advice".

Level-triggered like all work: it reads the outbox's rows, never waits for a callback, and may be called at any time.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

import httpx
from sqlmodel import Session

from bot.carrier import Accepted
from bot.moves import call_patient, tell_specialist
from bot.world import World
from flows.words import Channel
from storage import outbox, sids, stuck
from storage.cases import case_by_id
from storage.events import happened
from storage.stuck import Stuck
from storage.tables import OutboxRow
from storage.transcript import keys_of

log = logging.getLogger(__name__)

OVERDUE = timedelta(seconds=60)  # a message without a word about it for so long is looked up
AGAIN = timedelta(seconds=120)


def heed(world: World) -> int:
    """Heed every text and call that has failed since the last time; how many."""
    with world.database.reading() as db:
        failed = stuck.unheeded(db)
    for outbox_id, case_id in failed:
        world.database.retrying(partial(_heed_one, world, outbox_id, case_id))
    return len(failed)


def _heed_one(world: World, outbox_id: str, case_id: str | None, db: Session) -> None:
    now = world.clock()
    case = case_by_id(db, case_id) if case_id else None
    row = outbox.by_id(db, outbox_id)
    if row is None or row.heeded_at is not None:
        return
    row.heeded_at = now
    if case is None:
        return
    whom = "patient" if row.contact_id else "specialist"
    to = {"whom": whom, "specialist": row.specialist_id}
    more = {"what": row.kind, "purpose": row.purpose, "status": row.status, "error": row.error}
    happened(db, case.id, "not_delivered", now, "helpline", **to, **more)
    if row.kind not in ("text", "inline") or not row.contact_id or case.closed_at is not None:
        return
    if not outbox.phoned_since(db, case.id, row.contact_id, row.made_at):
        call_patient(db, case, _spoken_key(world, db, row), now)
    if case.owner_id:
        tell_specialist(world, db, case, case.owner_id, "page.no_advice", now)


def _spoken_key(world: World, db: Session, row: OutboxRow) -> str:
    """The same message by voice; where it has no voice, what to do now."""
    key = keys_of(db, row.id)
    messages = world.library.catalog.messages
    return key if key in messages and Channel.voice in messages[key].channels else "urgent_call"


def look_up(world: World) -> int:
    """Ask Twilio about whatever it has had for a minute without a word, and about replies that nobody confirmed."""
    now = world.clock()
    overdue = world.database.retrying(lambda db: stuck.claim_stuck(db, now, OVERDUE, AGAIN))
    for one in overdue:
        try:
            _look_up_one(world, one, now)
        except httpx.HTTPError:
            log.warning("%s %s could not be looked up", one.kind, one.id)
    return len(overdue)


def _look_up_one(world: World, one: Stuck, now: datetime) -> None:
    if one.sid:
        status, error = world.carrier.status_of(one.kind, one.sid)
        world.database.retrying(lambda db: _merge(db, one.id, status, error))
        return
    known = world.carrier.find_text(one.to, one.body, one.made_at)
    with world.database.reading() as db:
        candidates = sids.unknown_sids(db, known)
    if candidates:
        world.database.retrying(lambda db: outbox.found(db, one.id, candidates[0], now))
    else:
        _send_after_all(world, one, now)


def _send_after_all(world: World, one: Stuck, now: datetime) -> None:
    """An urgent reply that was handed over inline and never seen at Twilio goes out by itself."""
    callback = world.url(f"/twilio/status/{one.id}")
    outcome = world.carrier.text(one.to, world.settings.phone_number, one.body, callback, 3600)
    sid = outcome.sid if isinstance(outcome, Accepted) else None

    def record(db: Session) -> None:
        case = case_by_id(db, one.case_id) if one.case_id else None
        if sid:
            outbox.sent(db, one.id, sid, now)
        else:
            outbox.given_up(db, one.id, "reply lost")
        if case:
            happened(db, case.id, "reply_sent_again", now, taken=bool(sid))

    world.database.retrying(record)


def _merge(db: Session, outbox_id: str, status: str, error: str | None) -> None:
    row = outbox.by_id(db, outbox_id)
    if row is not None and status:
        outbox.merge_status(db, row, status, error)
