"""Rooms: the conference of a case, how a leg comes into it, and how a live call is sent there."""

from datetime import datetime

from sqlmodel import Session

from bot import twiml
from bot.speech import Line
from bot.world import World
from storage import outbox
from storage.legs import patient_legs, specialist_legs
from storage.tables import LegRow

IN_ROOM = ("waiting", "present", "joined")


def room_of(world: World, leg: LegRow) -> twiml.Room:
    """The conference of the leg's case. Its name and label are ours alone and say nothing of anybody."""
    specialist = leg.side == "specialist"
    after = f"/twilio/page/{leg.outbox_id}/after" if specialist else f"/twilio/room/{leg.id}/left"
    return twiml.Room(
        name=f"case-{leg.case_id}",
        label=f"{'specialist' if specialist else 'patient'}-{leg.id[:8]}",
        starts=specialist,
        wait=world.url(f"/twilio/room/{leg.id}/wait"),
        events=world.url(f"/twilio/room/{leg.case_id}/events"),
        after=world.url(after),
    )


def enter(world: World, leg: LegRow, lines: list[Line]) -> str:
    """The document that takes a leg into its room. Once it is there, Twilio's report says so."""
    if leg.state not in ("present", "joined"):
        leg.state, leg.sequence = "waiting", -1
    return twiml.conference(lines, room_of(world, leg))


def specialist_waits(db: Session, case_id: str | None) -> bool:
    """Is a specialist in the room of that case?"""
    return any(leg.state in IN_ROOM for leg in specialist_legs(db, case_id or ""))


def send_to(db: Session, leg: LegRow, path: str, now: datetime) -> None:
    """Take a live call from whatever it is hearing to another document."""
    body = f"{leg.call_sid} {path}"
    outbox.put(db, "redirect", "redirect", "", now, body=body, case_id=leg.case_id, priority=0)


def release(db: Session, case_id: str, now: datetime) -> None:
    """Nobody has to wait any more: who is alone in the room hears goodbye."""
    for leg in patient_legs(db, case_id):
        if leg.state in ("waiting", "present"):
            send_to(db, leg, f"/twilio/room/{leg.id}/left", now)


def hang_up(db: Session, outbox_id: str, now: datetime) -> None:
    """End a call that we made, if it is still on its way."""
    row = outbox.by_id(db, outbox_id)
    if row is not None and row.sid:
        outbox.put(db, "hangup", "hangup", "", now, body=row.sid, case_id=row.case_id, priority=1)


def rehouse(db: Session, left: str, into: str, now: datetime) -> None:
    """Two cases became one: whoever is on the line for the one is now on the line for the other."""
    for leg in patient_legs(db, left):
        leg.case_id = into
        if leg.state in ("waiting", "present"):
            send_to(db, leg, f"/twilio/room/{leg.id}/enter", now)
