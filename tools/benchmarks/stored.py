"""A database that has been in use for years: so many messages of so many phones, before anything is measured."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot.settings import DESK_SECRET
from storage.database import Database
from storage.tables import ContactRow, LinkRow, MessageRow, PatientRow

PHONES = 10_000
CHUNK = 20_000
WORDS = ("what is car t cell therapy", "Reply MENU for the menu.", "who helps with the cost of travel", "hi")


def fill(url: str, messages: int) -> None:
    """Store them, a year old and younger; no case is open."""
    database = Database(url, [DESK_SECRET])
    database.migrate()
    now = datetime.now(UTC)
    with database.transaction() as db:
        people = [{"id": f"p{n}", "made_at": now} for n in range(PHONES)]
        db.execute(insert(PatientRow), people)
        lookup = database.vault.lookup
        phones = {n: f"+1630{n:07d}" for n in range(PHONES)}
        db.execute(insert(ContactRow), [_contact(n, phone, lookup(phone), now) for n, phone in phones.items()])
        links = [{"patient_id": f"p{n}", "contact_id": f"c{n}", "role": "self"} for n in range(PHONES)]
        db.execute(insert(LinkRow), links)
    for first in range(0, messages, CHUNK):
        with database.transaction() as db:
            db.execute(insert(MessageRow), [_message(n, messages, now) for n in range(first, first + CHUNK)])
    database.close()


def _contact(number: int, phone: str, key: str, now: datetime) -> dict[str, object]:
    return {"id": f"c{number}", "phone_key": key, "phone": phone, "language": "en", "seen_at": now, "made_at": now}


def _message(number: int, count: int, now: datetime) -> dict[str, object]:
    return {
        "contact_id": f"c{number % PHONES}",
        "direction": "in" if number % 2 else "out",
        "channel": "sms",
        "body": WORDS[number % len(WORDS)],
        "at": now - timedelta(days=365) * (1 - number / count),
    }
