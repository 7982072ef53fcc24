"""The transcript: every line that came in or went out, with the version of the words."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from storage.tables import MessageRow

LATELY = timedelta(minutes=10)
# On the way of every message: built once.
IN = select(func.count()).select_from(MessageRow).where(MessageRow.direction == "in")
CAME = IN.where(MessageRow.contact_id == bindparam("contact"), col(MessageRow.at) > bindparam("since"))


def record(
    db: Session,
    contact_id: str,
    direction: str,
    channel: str,
    body: str,
    now: datetime,
    *,
    keys: str = "",
    case_id: str | None = None,
    outbox_id: str | None = None,
    version: str = "",
) -> None:
    """Keep one line. `direction` is in or out; `keys` name the messages of the content that it was made of."""
    db.add(
        MessageRow(
            contact_id=contact_id,
            direction=direction,
            channel=channel,
            body=body,
            keys=keys,
            at=now,
            case_id=case_id,
            outbox_id=outbox_id,
            content_version=version,
        )
    )


def keys_of(db: Session, outbox_id: str) -> str:
    """The key of the message that an outbox row carries, or nothing."""
    return db.exec(select(MessageRow.keys).where(MessageRow.outbox_id == outbox_id)).first() or ""


def lately(db: Session, contact_id: str, now: datetime) -> int:
    """How many lines came from a contact in the last ten minutes."""
    return db.exec(CAME, params={"contact": contact_id, "since": now - LATELY}).one()


def transcript(db: Session, contact_ids: list[str], limit: int = 200) -> list[MessageRow]:
    """The last lines of these contacts, oldest first."""
    query = select(MessageRow).where(col(MessageRow.contact_id).in_(contact_ids))
    rows = db.exec(query.order_by(col(MessageRow.at).desc(), col(MessageRow.id).desc()).limit(limit))
    return list(reversed(list(rows)))
