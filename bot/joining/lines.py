"""What is said around the room: to a patient's side that waits, comes in or stays behind, and to a specialist."""

from sqlmodel import Session

from bot import twiml
from bot.joining.gist import text_gist
from bot.joining.reaching import AGAIN, TWICE
from bot.joining.rooms import enter, specialist_waits
from bot.listening import TIMEOUT
from bot.moves import case_word
from bot.speech import Line, word
from bot.world import World
from flows.case import CaseState
from flows.words import Channel, Language, Level
from storage.cases import policy_of
from storage.contacts import party_of_contact
from storage.tables import CaseRow, ContactRow, LegRow

OVER = (CaseState.reached.value, CaseState.closed.value)
MOST_ENTRIES = 20  # a room that cannot be had must not turn for ever
HOLD_ON = 12  # seconds in which the specialist can say whether they spoke


def language_of(db: Session, leg: LegRow, case: CaseRow | None = None) -> Language:
    """The language of a patient's side."""
    contact = db.get(ContactRow, leg.contact_id) if leg.contact_id else None
    stored = (contact.language if contact else None) or (case.language if case else None)
    return Language(stored or Language.en)


def line(world: World, key: str, language: Language) -> Line:
    """One message, spoken."""
    return Line(word(world, key, language, Channel.voice), language, key)


def waiting_lines(world: World, db: Session, case: CaseRow, leg: LegRow) -> list[Line]:
    """How it stands, for one who is alone in the room."""
    if leg.side == "specialist":
        key = _calling(leg)
        return [Line(case_word(world, case, key, Language.en), Language.en, key)]
    return [line(world, _standing(case), language_of(db, leg, case))]


def _standing(case: CaseRow) -> str:
    if case.state == CaseState.accepted.value:
        return "voice.wait_accepted"
    told = policy_of(case).tells
    late = told > (1 if case.level == Level.URGENT else 0)
    return "voice.wait_late" if late else "voice.wait_open"


def _calling(leg: LegRow) -> str:
    if leg.rings is None:
        return "page.here"
    if leg.tried > TWICE:
        return "page.wait_caregiver"
    again = leg.tried == TWICE or leg.rings == AGAIN
    return "page.wait_again" if again else "page.wait_calling"


def entering(world: World, db: Session, leg: LegRow) -> list[Line]:
    """To a caller who is taken into the room from elsewhere: is a specialist there already?"""
    there = specialist_waits(db, leg.case_id)
    return [line(world, "voice.joining_now" if there else "voice.stay", language_of(db, leg))]


def after_room(world: World, db: Session, case: CaseRow, leg: LegRow) -> str:
    """The other side has gone. Reached: goodbye, and the gist for who wants it. Else: stay, and wait again."""
    language = language_of(db, leg, case)
    if case.state in OVER:
        keys = twiml.Keys(world.url(f"/twilio/room/{leg.id}/last"), timeout=TIMEOUT, language=language)
        return twiml.spoken([line(world, "voice.after_talk", language)], keys)
    leg.tried += 1
    if leg.joined_at is not None:
        leg.joined_at = None
        again = world.url(f"/twilio/room/{leg.id}/left")
        return twiml.waiting([line(world, "voice.parted", language)], HOLD_ON, again)
    if leg.tried > MOST_ENTRIES:
        again = world.url(f"/twilio/room/{leg.id}/left")
        return twiml.waiting([line(world, _standing(case), language)], HOLD_ON, again)
    return enter(world, leg, [line(world, "voice.stay", language)])


def farewell(world: World, db: Session, case: CaseRow, leg: LegRow, texted: bool) -> str:
    """The end of a call that reached its aim; the gist as a text only where the caller asked for it."""
    language = language_of(db, leg, case)
    lines = []
    if texted and leg.contact_id:
        party = party_of_contact(db, leg.contact_id)
        sent = text_gist(world, db, party, ["voice.gist"], language, world.clock())
        lines.append(line(world, "voice.texting" if sent else "voice.no_text", language))
    return twiml.spoken([*lines, line(world, "voice.goodbye", language)])
