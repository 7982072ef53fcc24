"""Carry out what the pure policy decided about a case: its rows, pages and words, in the caller's transaction."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.speech import word
from bot.texting import text_patient
from bot.world import World
from flows.case import Case
from flows.ladder import Action, Move, PageSpecialist, RemindOwner, advance
from flows.telling import TellAdmin, TellPatient
from flows.words import Channel, Language, Level
from storage import outbox
from storage.cases import carried, policy_of, put
from storage.events import happened
from storage.ids import new_id
from storage.legs import on_the_line
from storage.roster import roster, specialist
from storage.tables import CaseRow, ContactRow, PageRow

FIRST, AGAIN, PATIENT, STAFF = 0, 2, 3, 4  # priorities in the outbox
# A text to the patient that comes hours late would be about another day.
PATIENT_VALID = 3600


def look_at(world: World, db: Session, row: CaseRow, now: datetime, policy: Case | None = None) -> None:
    """Ask the policy about a case and do what it says. Safe to call at any time: too early it does nothing."""
    people = roster(db, world.local(now))
    case = policy or policy_of(row)
    case = replace(case, carried=carried(db, row.id, case.paging_since or case.since))
    carry_out(world, db, row, advance(case, people, now), now)


def carry_out(world: World, db: Session, row: CaseRow, move: Move, now: datetime) -> None:
    """Keep the case as the move left it, with its next due time, and put its actions into the outbox."""
    level_before = row.level
    put(row, move.case)
    row.due_at = move.due_at
    if row.level != level_before:
        happened(db, row.id, "raised", now, level=Level(row.level).name)
    for action in move.actions:
        _do(world, db, row, action, now)
    db.add(row)


def _do(world: World, db: Session, row: CaseRow, action: Action, now: datetime) -> None:
    match action:
        case PageSpecialist():
            page(world, db, row, action, now)
        case TellPatient(key):
            tell_patient(world, db, row, key, now)
        case TellAdmin(key):
            tell_admin(world, db, row, key, now)
        case RemindOwner(owner):
            tell_specialist(world, db, row, owner, "page.remind", now)


def page(world: World, db: Session, row: CaseRow, action: PageSpecialist, now: datetime) -> None:
    """One page: its own text or its own call; nothing in it but level, code and link."""
    person = specialist(db, action.specialist)
    page_row = PageRow(
        id=new_id(),
        case_id=row.id,
        specialist_id=person.id,
        tier=action.tier,
        rung=action.rung,
        channel=action.channel.value,
        at=now,
    )
    db.add(page_row)
    text = action.channel is Channel.sms
    outbox.put(
        db,
        "text" if text else "call",
        "page",
        person.phone or "",
        now,
        body=case_word(world, row, "page.text", Language.en) if text else None,
        case_id=row.id,
        page_id=page_row.id,
        specialist_id=person.id,
        priority=FIRST if action.rung == "first" else AGAIN,
        valid_for=policy_of(row).timings.next_tier if row.level >= Level.URGENT else None,
    )
    happened(db, row.id, "paged", now, specialist=person.id, channel=action.channel.value, rung=action.rung)


def tell_patient(world: World, db: Session, row: CaseRow, key: str, now: datetime) -> None:
    """One word to the patient about how it stands; by voice where texts are blocked."""
    contact = db.get_one(ContactRow, row.contact_id)
    if (row.answers or {}).get("died") == "yes":
        key = "died_wait"  # nobody who lost somebody is sent to the emergency room
    happened(db, row.id, "told", now, key=key)
    if not contact.reachable or on_the_line(db, contact.id):
        return  # who is on the line hears it there
    if contact.opted_out_at is not None:
        call_patient(db, row, key, now)
        return
    text_patient(world, db, row, contact, key, "tell", now)


def call_patient(db: Session, row: CaseRow, key: str, now: datetime) -> None:
    """The helpline phones the patient; the message is said only after a key."""
    contact = db.get_one(ContactRow, row.contact_id)
    if not contact.reachable or on_the_line(db, contact.id):
        return
    outbox.put(
        db,
        "call",
        "notice",
        contact.phone or "",
        now,
        body=key,
        contact_id=contact.id,
        case_id=row.id,
        priority=PATIENT,
        valid_for=PATIENT_VALID,
    )
    happened(db, row.id, "phoned_patient", now, key=key)


def tell_specialist(
    world: World, db: Session, row: CaseRow, specialist_id: str, key: str, now: datetime, **values: str
) -> None:
    """One text to a specialist about a case; no word of the patient in it."""
    person = specialist(db, specialist_id)
    if person.texts_blocked_at is not None:
        return
    body = case_word(world, row, key, Language.en, **values)
    outbox.put(
        db, "text", "staff", person.phone or "", now, body=body, case_id=row.id, specialist_id=person.id, priority=STAFF
    )


def tell_admin(world: World, db: Session, row: CaseRow, key: str, now: datetime) -> None:
    """One text to the centre's admin, if there is one."""
    happened(db, row.id, "told_admin", now, key=key)
    if world.center.admin_phone:
        body = case_word(world, row, key, Language.en)
        outbox.put(db, "text", "admin", world.center.admin_phone, now, body=body, case_id=row.id, priority=STAFF)


def case_word(world: World, row: CaseRow, key: str, language: Language, **values: str) -> str:
    """A message about a case for specialists. Which channel it has decides how it is worded."""
    channel = world.library.catalog.messages[key].channels[0]
    named = {"level": Level(row.level).name.replace("_", " "), "code": row.code, "link": link(world, row)}
    return word(world, key, language, channel, {**named, **values})


def link(world: World, row: CaseRow) -> str:
    """Where the console shows a case; behind sign-in."""
    return world.url(f"/console/{row.code}")
