"""When something is due next, in one query without a session: a schedule asks it thousands of times."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.dialects import sqlite
from sqlmodel import col

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
SQL = str(QUESTION.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))


class Due:
    """The due times of all rows of one SQLite file."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def first(self) -> datetime | None:
        """The earliest of them."""
        times = [time for time in self._connection.execute(SQL).fetchone() if time is not None]
        return datetime.fromisoformat(min(times)).replace(tzinfo=UTC) if times else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
