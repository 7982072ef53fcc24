"""Presence: who is in the room, by Twilio's reports. Two people are connected only when both have been reported."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.moves import look_at, tell_specialist
from bot.world import World
from storage.cases import policy_of
from storage.events import happened
from storage.legs import CHECK, live_legs
from storage.tables import CaseRow, LegRow

WORD = timedelta(seconds=60)  # how long the specialist, asked whether they spoke, may take to answer
HERE = ("present", "joined")


def came(world: World, db: Session, case: CaseRow, leg: LegRow, sequence: int, now: datetime) -> None:
    """A leg was reported to be in the room."""
    if leg.state == "over" or sequence <= leg.sequence:
        return
    leg.sequence = sequence
    leg.state = "present" if leg.state != "joined" else leg.state
    others = [one for one in _across(db, leg) if one.state in HERE]
    if not others or leg.state == "joined":
        return
    for one in (leg, *others):
        one.state, one.joined_at, one.rings, one.due_at = "joined", one.joined_at or now, None, now + CHECK
    happened(db, case.id, "connected", now)
    look_at(world, db, case, now, replace(policy_of(case), talking=True))


def went(world: World, db: Session, case: CaseRow, leg: LegRow, sequence: int, now: datetime) -> None:
    """A leg was reported to have left the room; its own document goes on."""
    if leg.state == "over" or sequence <= leg.sequence:
        return
    was_joined, leg.sequence, leg.state = leg.state == "joined", sequence, "asking"
    if was_joined:
        parted(world, db, case, leg, now)


def parted(world: World, db: Session, case: CaseRow, leg: LegRow, now: datetime) -> None:
    """Two people talk no more. Whether they spoke is the specialist's word; until it comes, the clock waits a while."""
    for one in _across(db, leg):
        if one.state == "joined":
            one.state = "present"
    happened(db, case.id, "parted", now)
    alone = leg.side == "specialist" and bool(_across(db, leg))
    policy = replace(policy_of(case), talking=False, word_due=now + WORD, left_alone=alone)
    look_at(world, db, case, now, policy)


def ask_by_text(world: World, db: Session, case: CaseRow, leg: LegRow, now: datetime) -> None:
    """A joined specialist has gone without a word: did they speak?"""
    if leg.joined_at is not None and case.reached_at is None and leg.specialist_id and case.closed_at is None:
        tell_specialist(world, db, case, leg.specialist_id, "page.asked", now)


def _across(db: Session, leg: LegRow) -> list[LegRow]:
    """The live legs of the other side."""
    mine = leg.side == "specialist"
    return [one for one in live_legs(db, leg.case_id or "") if (one.side == "specialist") != mine]
