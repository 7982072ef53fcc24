"""Texts that reached Twilio and not us, while every process was dead or nobody could reach us: fetched and worked in.

At start those since the last webhook that we know of; from then on each minute those of the last minutes. A text that
was claimed is left alone, so none is answered twice; the answers go by REST, since nobody waits for TwiML any more.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

import httpx
from sqlmodel import Session

from bot import twiml
from bot.answer import screened, send, take_turn
from bot.duty import command
from bot.lifeline.lost import KIND
from bot.moves import STAFF
from bot.world import World
from flows.model import Inbound
from storage import outbox
from storage.claims import answered, claim, last_claimed, unclaimed
from storage.contacts import party_of
from storage.database import DatabaseDown
from storage.tables import SpecialistRow

log = logging.getLogger(__name__)

EVERY, SOON = 60.0, 5.0  # seconds between two looks; after one that failed
OVERLAP = timedelta(minutes=5)  # Twilio's lists lag, and its clock is not ours
SETTLED = timedelta(seconds=30)  # younger than that a text may still be on its way to us
OLDEST = timedelta(hours=24)  # older ones are another day's story


class Missed:
    """Of one process: how far it has looked. `pause`: seconds until it should look again; `looked`: ever."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._started = world.clock()
        self._since: datetime | None = None
        self.pause = SOON
        self.looked = False

    def look(self) -> int:
        """Fetch and work in what is missing; how many that were. Where a look fails, the next one covers its time."""
        self.pause, self.looked = SOON, True
        now = self._world.clock()
        since = max(self._since or _last_seen(self._world) or now, now - OLDEST)
        until = now - SETTLED if self._since else self._started  # what came since is being answered
        try:
            missing = _missing(self._world, since - OVERLAP, until)
        except httpx.HTTPError as error:
            log.warning("Twilio's list of texts cannot be read (%s); looked at again", type(error).__name__)
            return 0
        done = sum(_worked_in(self._world, inbound) for inbound in missing)
        if done == len(missing):
            self._since, self.pause = now, EVERY
        if done:
            log.warning("%d texts that had not reached us were fetched from Twilio", done)
        return done


def _last_seen(world: World) -> datetime | None:
    with world.database.reading() as db:
        return last_claimed(db)


def _missing(world: World, since: datetime, until: datetime) -> list[Inbound]:
    ours = {world.settings.phone_number, world.settings.sender}
    found = [one for number in sorted(ours) for one in world.carrier.received(number, since, until)]
    with world.database.reading() as db:
        new = unclaimed(db, [one.sid for one in found])
    # What was kept without the database is handed over by the replay, under its own code.
    return [
        one
        for one in found
        if one.sid in new and one.sender not in ours and world.lifeline.spool.note(KIND, one.sid) is None
    ]


def _worked_in(world: World, inbound: Inbound) -> bool:
    try:
        if command(world, inbound, partial(_by_text, world)) is None:
            _answer(world, inbound)
    except DatabaseDown:
        raise
    except Exception:
        log.exception("the missed text %s could not be worked in; the others are", inbound.sid)
        return False
    world.wake.set()
    return True


def _answer(world: World, inbound: Inbound) -> None:
    now, reading = world.clock(), screened(world, inbound)

    def turn(db: Session) -> None:
        if claim(db, inbound.sid, now) is not None:
            return
        party = party_of(db, inbound.sender, now, reachable=inbound.sender.startswith("+"))
        reply = take_turn(world, db, party, inbound, reading, now)
        for line in reply.lines:
            send(db, party, reply, line, now)
        answered(db, inbound.sid, twiml.EMPTY)

    world.database.retrying(turn)


def _by_text(world: World, db: Session, to: SpecialistRow, text: str) -> str:
    """A specialist is told by a text of its own; a webhook that comes for it after all says nothing more."""
    outbox.put(db, "text", "staff", to.phone or "", world.clock(), body=text, specialist_id=to.id, priority=STAFF)
    return twiml.EMPTY
