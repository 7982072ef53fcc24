"""Tending: live calls are asked after when their reports may have been lost, and phones that never answer are left."""

from datetime import datetime, timedelta

import httpx
from sqlmodel import Session

from bot.joining.ending import FINAL, leg_ended
from bot.joining.reaching import overdue
from bot.world import World
from storage.cases import case_by_id
from storage.legs import CHECK, due_legs, leg_of_call, seen_leg

LONGEST = timedelta(hours=4)  # no call of Twilio's lasts longer


def due_calls(world: World) -> list[str]:
    """The calls that must be looked at."""
    with world.database.reading() as db:
        return [leg.call_sid for leg in due_legs(db, world.clock())]


def tend(world: World, call_sid: str) -> None:
    """Look at one live leg: does Twilio still have it, and is the next phone due?"""
    now = world.clock()
    try:
        status = world.carrier.call_status(call_sid)
    except httpx.HTTPError:
        status = None
    world.database.retrying(lambda db: _tended(world, db, call_sid, status, now))


def _tended(world: World, db: Session, call_sid: str, status: str | None, now: datetime) -> None:
    seen = seen_leg(db, call_sid=call_sid)
    if seen is None or seen.state == "over" or seen.due_at is None or seen.due_at > now:
        return
    forgotten = status is None and seen.began_at < now - LONGEST
    if status in FINAL or forgotten:
        leg_ended(world, db, seen.id, now)
        return
    case = case_by_id(db, seen.case_id) if seen.case_id else None
    leg = leg_of_call(db, call_sid)
    assert leg is not None
    if case is None or leg.side != "specialist" or not overdue(db, case, leg, now):
        leg.due_at = now + CHECK
