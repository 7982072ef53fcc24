"""Questions that no approved answer fitted, for whoever writes the content."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from storage.tables import UnansweredRow


def unanswered(db: Session, limit: int = 500) -> Iterator[tuple[str, str]]:
    """Language and words, the newest first."""
    query = select(UnansweredRow).order_by(col(UnansweredRow.at).desc()).limit(limit)
    for row in db.exec(query):
        yield row.language or "?", row.words or ""
