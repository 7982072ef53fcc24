"""The daily canary: a test page to a phone of the centre by the way of every page; who does not hear back is told.

Out through the outbox and the carrier, back through the webhook of every text. What came of it stands in its row.
"""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from bot import twiml
from bot.speech import word
from bot.world import World
from flows.model import Inbound
from flows.words import Channel, Language
from storage import outbox
from storage.claims import answered, claim
from storage.statements import insert_once
from storage.tables import OutboxRow

CODE = "0000"  # no case ever has it
ANSWERED, MISSED = "answered_at", "missed_at"
LATE = timedelta(hours=1)  # a process that was down at the hour sends no test in the middle of the night


def fly(world: World) -> int:
    """Send today's test page when its hour has come, and tell the admin when no reply came in time."""
    canary, now = world.center.canary, world.clock()
    if canary is None or world.local(now) < _hour(world, now):
        return 0
    with world.database.reading() as db:
        row = db.get(OutboxRow, _id(world, now))
        due = _overdue(world, row, now) if row is not None else world.local(now) < _hour(world, now) + LATE
    if not due:
        return 0
    world.database.retrying(lambda db: _missed(world, db, now) if row is not None else _send(world, db, now))
    return 1


def came_back(world: World, inbound: Inbound) -> str | None:
    """The TwiML for the reply to a test page; None for every other text."""
    canary, now = world.center.canary, world.clock()
    if canary is None or inbound.sender != canary.phone or CODE not in inbound.text:
        return None

    def turn(db: Session) -> str:
        before = claim(db, inbound.sid, now)
        if before is not None:
            return before.reply or twiml.EMPTY
        row = outbox.by_id(db, _id(world, now))
        if row is not None:
            row.parameters = {**(row.parameters or {}), ANSWERED: now.isoformat()}
        reply = twiml.messages([(word(world, "canary.heard", Language.en, Channel.sms), None)])
        answered(db, inbound.sid, reply)
        return reply

    return world.database.retrying(turn)


def silent(world: World) -> bool:
    """Has today's test page been sent, and no reply come in time?"""
    if world.center.canary is None:
        return False
    with world.database.reading() as db:
        row = db.get(OutboxRow, _id(world, world.clock()))
    told = (row.parameters or {}) if row is not None else {}
    return MISSED in told and ANSWERED not in told


def _hour(world: World, now: datetime) -> datetime:
    assert world.center.canary is not None
    return datetime.combine(world.today(now), time.fromisoformat(world.center.canary.at))


def _id(world: World, now: datetime) -> str:
    """One a day, whichever process sends it."""
    return f"canary-{world.today(now).isoformat()}"


def _overdue(world: World, row: OutboxRow, now: datetime) -> bool:
    assert world.center.canary is not None
    told = row.parameters or {}
    return not told.keys() & {ANSWERED, MISSED} and now >= row.made_at + timedelta(seconds=world.center.canary.within)


def _send(world: World, db: Session, now: datetime) -> None:
    assert world.center.canary is not None
    within = world.center.canary.within
    once = {"id": _id(world, now), "kind": "text", "purpose": "canary", "made_at": now, "due_at": now}
    if insert_once(db, OutboxRow, {**once, "valid_for": within}, ["id"]):
        row = db.get_one(OutboxRow, once["id"])
        row.to, row.body = world.center.canary.phone, word(world, "canary", Language.en, Channel.sms, _minutes(world))


def _missed(world: World, db: Session, now: datetime) -> None:
    row = outbox.by_id(db, _id(world, now))
    if row is None or not _overdue(world, row, now):
        return
    row.parameters = {**(row.parameters or {}), MISSED: now.isoformat()}
    if world.center.admin_phone:
        body = word(world, "admin.canary", Language.en, Channel.sms, _minutes(world))
        outbox.put(db, "text", "admin", world.center.admin_phone, now, body=body, priority=4)


def _minutes(world: World) -> dict[str, str]:
    assert world.center.canary is not None
    return {"minutes": str(max(world.center.canary.within // 60, 1))}
