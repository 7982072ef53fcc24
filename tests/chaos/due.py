"""When something is due next, in one query: a schedule asks it thousands of times."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from storage.cases import OPEN
from storage.outbox import TO_SEND
from storage.tables import CaseRow, ConversationRow, LegRow, OutboxRow


def _first(column: Any, *where: Any) -> Any:
    return select(func.min(column, type_=column.type)).where(*where).scalar_subquery()


QUESTION: Select[Any] = select(
    _first(col(CaseRow.due_at), col(CaseRow.state).in_(OPEN)),
    _first(col(ConversationRow.due_at)),
    _first(col(OutboxRow.due_at), col(OutboxRow.status).in_(TO_SEND)),
    _first(col(OutboxRow.lease_until), col(OutboxRow.status) == "sending"),
    _first(col(LegRow.due_at), col(LegRow.state) != "over"),
)


def first_due(db: Session) -> datetime | None:
    """The earliest due time of any row."""
    return min((time for time in db.connection().execute(QUESTION).one() if time is not None), default=None)
