"""Handing over: when the database is back, what was kept becomes conversation, case and pages, each exactly once."""

import logging
from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlmodel import Session

from bot.answer import screened, take_turn
from bot.effects import Applying, escalate
from bot.lifeline.degraded import said
from bot.lifeline.lost import KIND, Lost
from bot.specialists import accept
from bot.world import World
from flows.model import Escalate, Turn
from flows.words import Channel, Level
from storage.cases import open_case_of
from storage.claims import answered, claim
from storage.contacts import Party, party_of
from storage.conversations import load
from storage.database import DatabaseDown
from storage.events import happened
from storage.roster import specialist_by_phone

log = logging.getLogger(__name__)


def replay(world: World) -> int:
    """Hand over all that was kept; how many. One that fails stays kept, and is tried again."""
    done = 0
    for lost in gravest_first([Lost.from_note(note) for note in world.lifeline.spool.notes(KIND)]):
        with world.database.first(lost.level is not None):
            done += _handed_over(world, lost)
    if done:
        log.warning("%d messages that came without the database were handed over", done)
        world.wake.set()
    return done


def gravest_first(kept: Sequence[Lost]) -> list[Lost]:
    """Who is in danger has a case before anybody's menu is made up for; what one person wrote stays in its order."""
    grave = {lost.sender for lost in kept if lost.level is not None}
    return sorted(kept, key=lambda lost: lost.sender not in grave)


def _handed_over(world: World, lost: Lost) -> bool:
    try:
        world.database.retrying(partial(_hand_over, world, lost))
    except DatabaseDown:
        raise
    except Exception:
        log.exception("%s could not be handed over; the others are", lost.code)
        return False
    world.lifeline.handed_over(lost)
    return True


def _hand_over(world: World, lost: Lost, db: Session) -> None:
    now = world.clock()
    party = party_of(db, lost.sender, now, reachable=lost.sender.startswith("+"))
    inbound = lost.inbound()
    if claim(db, lost.sid, now) is None:
        # The person has had their answer; only what must be remembered and done is done now.
        take_turn(world, db, party, inbound, screened(world, inbound), now)
        # Twilio asks again where our answer was lost: it gets the same one.
        answered(db, lost.sid, said(world, lost))
    _case_of_its_own(world, db, party, lost, now)


def _case_of_its_own(world: World, db: Session, party: Party, lost: Lost, now: datetime) -> None:
    """Whatever was paged for has a case, also where the rules of today would have asked first; its code is noted."""
    if lost.level is None:
        return
    row = open_case_of(db, party.patient.id)
    taken = world.lifeline.taken_by(lost.code)
    if row is None or row.level < Level.URGENT:
        from_memory = Escalate(max(Level(lost.level), Level.URGENT), (), ("helpline.failed",), (lost.text,))
        turn = Turn(load(db, party, Channel(lost.channel), world.today(now)))
        row = escalate(Applying(world, db, party, turn, now), from_memory)
    happened(db, row.id, "paged_without_database", now, code=lost.code)
    by = specialist_by_phone(db, taken) if taken else None
    if by is not None:
        accept(world, db, row, by, "lifeline", now)
