"""When the next thing is due, over all tables: for tests with a moved clock, and for nothing else."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.cases import OPEN
from storage.legs import next_due as next_leg
from storage.outbox import next_due as next_send
from storage.tables import CaseRow, ConversationRow


def next_due(db: Session) -> datetime | None:
    """The earliest due time of a case, a silence, a live call, or something to send; None = nothing will happen."""
    case = select(CaseRow.due_at).where(col(CaseRow.state).in_(OPEN), col(CaseRow.due_at).is_not(None))
    silence = select(ConversationRow.due_at).where(col(ConversationRow.due_at).is_not(None))
    times = [
        db.exec(case.order_by(col(CaseRow.due_at)).limit(1)).first(),
        db.exec(silence.order_by(col(ConversationRow.due_at)).limit(1)).first(),
        next_send(db),
        next_leg(db),
    ]
    return min((time for time in times if time is not None), default=None)
