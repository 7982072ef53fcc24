"""Conversations: loaded, locked with their contact, and saved with the turn."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from flows.case import CaseState
from flows.model import Conversation, OpenCase, Turn
from flows.states import State
from flows.triage import Circumstances
from flows.words import Channel, Language, Level
from storage.cases import open_case_of
from storage.contacts import Party
from storage.memory import packed, unpacked
from storage.tables import CaseRow, ConversationRow, PatientRow
from storage.transcript import lately

FOUND = "conversation of each contact"


def load(
    db: Session, party: Party, channel: Channel, today: date, country: str = "", now: datetime | None = None
) -> Conversation:
    """Where this contact stands.

    `today` is the date in the centre's time zone, for the day count; `country` how numbers of its country begin;
    `now` where it matters how many texts came lately.
    """
    row = _row(db, party.contact.id)
    case = open_case_of(db, party.patient.id)
    memory: dict[str, Any] = (row.memory if row else None) or {}
    stale = case is None and memory.get("case")
    return Conversation(
        state=State.menu if stale else _state(row),
        channel=channel,
        language=Language(party.contact.language) if party.contact.language else None,
        opted_out=party.contact.opted_out_at is not None,
        greeted=party.contact.greeted_at is not None,
        case=_view(case),
        # What was said for a case is over when a human has closed it.
        answers={} if stale else dict(memory.get("answers", {})),
        evidence=() if stale else unpacked(memory.get("evidence", [])),
        circumstances=_circumstances(party.patient, memory, today),
        misread=int(memory.get("misread", 0)),
        abroad=party.contact.reachable and not (party.contact.phone or "").startswith(country),
        lately=lately(db, party.contact.id, now) if now else 0,
        reported=dict(memory.get("reported", {})),
        last_at=row.at if row else None,
    )


def save(db: Session, party: Party, turn: Turn, version: str, now: datetime) -> None:
    """Keep where the contact stands after a turn."""
    after = turn.conversation
    row = _row(db, party.contact.id)
    if row is None:
        row = db.info[FOUND][party.contact.id] = ConversationRow(
            contact_id=party.contact.id, state="", channel="", at=now
        )
        db.add(row)
    row.state, row.channel, row.at, row.content_version = after.state.value, after.channel.value, now, version
    row.due_at = turn.silent_at
    known = after.circumstances
    row.memory = {
        "answers": after.answers,
        "evidence": packed(after.evidence),
        "misread": after.misread,
        "reported": after.reported,
        "case": after.case is not None,
        "known": {"day": known.day, "at": now.isoformat(), "product": known.product, "child": known.child},
    }
    party.contact.language = after.language.value if after.language else party.contact.language
    party.contact.opted_out_at = (party.contact.opted_out_at or now) if after.opted_out else None
    if any(one.key == "welcome" for one in turn.say):
        party.contact.greeted_at = party.contact.greeted_at or now


def due(db: Session, now: datetime, limit: int = 20) -> list[str]:
    """The contacts whose silence has lasted as long as it may."""
    query = select(ConversationRow.contact_id).where(col(ConversationRow.due_at) <= now)
    return list(db.exec(query.order_by(col(ConversationRow.due_at)).limit(limit)))


def still_due(db: Session, contact_id: str, now: datetime) -> bool:
    """Is the silence of that contact still due? Asked again under the lock, since they may just have written."""
    row = db.get(ConversationRow, contact_id, populate_existing=True)
    return row is not None and row.due_at is not None and row.due_at <= now


def _row(db: Session, contact_id: str) -> ConversationRow | None:
    """Asked once in a transaction: the contact is locked, so nobody else makes one."""
    found: dict[str, ConversationRow | None] = db.info.setdefault(FOUND, {})
    if contact_id not in found:
        found[contact_id] = db.get(ConversationRow, contact_id)
    return found[contact_id]


def _state(row: ConversationRow | None) -> State:
    if row is None:
        return State.start
    # A state of another version of the table is no reason to fail anybody.
    return State(row.state) if row.state in State.__members__ else State.menu


def _view(row: CaseRow | None) -> OpenCase | None:
    if row is None:
        return None
    decided = bool(row.policy.get("decided", True))
    return OpenCase(row.code, Level(row.level), CaseState(row.state), tuple(row.signs), decided)


def circumstances_of(db: Session, patient: PatientRow, contact_id: str, today: date) -> Circumstances:
    """What is known of a patient, by the chart and by what that contact told us."""
    row = db.get(ConversationRow, contact_id)
    return _circumstances(patient, (row.memory if row else None) or {}, today)


def _circumstances(patient: PatientRow, memory: dict[str, Any], today: date) -> Circumstances:
    """What the chart says; where it says nothing, what they told us."""
    told: dict[str, Any] = memory.get("known") or {}
    return Circumstances(
        day=_day(patient, told, today),
        product=patient.product or told.get("product"),
        child=patient.child if patient.child is not None else told.get("child"),
        listed=patient.listed,
    )


def _day(patient: PatientRow, told: dict[str, Any], today: date) -> int | None:
    dates = (patient.infusions or {}).get("dates", [])
    if dates:
        return (today - date.fromisoformat(max(dates))).days
    if told.get("day") is None:
        return None
    day = int(told["day"])
    # A told "not yet" stays before the infusion; a told day grows older with the calendar.
    return day if day < 0 else day + max((today - datetime.fromisoformat(told["at"]).date()).days, 0)
