"""The gist: what was said on a call, as a text, for a caller who wants it and whose phone takes texts."""

from datetime import datetime

from sqlmodel import Session

from bot.speech import word
from bot.world import World
from flows.catalog import NotInCatalog
from flows.words import Channel, Language
from storage import outbox
from storage.cases import open_case_of
from storage.contacts import Party
from storage.events import happened
from storage.transcript import record

MOST = 7  # texts: the longest list of the cost guide with what stands before it


def text_gist(world: World, db: Session, party: Party, keys: list[str], language: Language, now: datetime) -> bool:
    """Send what these messages say as texts; False where this phone takes none."""
    contact = party.contact
    if not contact.reachable or contact.opted_out_at is not None:
        return False
    case = open_case_of(db, party.patient.id)
    wanted = [key for key in keys if _as_text(world, key, language)] or ["menu"]
    for key in list(dict.fromkeys(wanted))[:MOST]:
        body = _as_text(world, key, language) or ""
        row = outbox.put(
            db,
            "text",
            "tell",
            contact.phone or "",
            now,
            body=body,
            contact_id=contact.id,
            case_id=case.id if case else None,
            priority=3,
            valid_for=3600,
        )
        record(db, contact.id, "out", "sms", body, now, keys=key, outbox_id=row.id, case_id=row.case_id)
    if case is not None:
        happened(db, case.id, "wants_texts", now, actor="patient")
    return True


def _as_text(world: World, key: str, language: Language) -> str | None:
    """The words for a text; None where there are none, or they need a value that we no longer have."""
    try:
        return word(world, key, language, Channel.sms)
    except NotInCatalog:
        return None
