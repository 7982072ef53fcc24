"""What an error of the database means: down, lost a race, or a mistake of ours."""

import sqlite3

from psycopg.errors import ConnectionTimeout
from sqlalchemy.exc import DBAPIError

# PostgreSQL's codes for "you lost, try again": serialisation failure, deadlock.
LOST_RACES = frozenset({"40001", "40P01"})
# Classes of codes: connection, resources (full disk), the operator (shutdown, statement time-out), system.
DOWN_CLASSES = frozenset({"08", "53", "57", "58"})
# The same for SQLite.
DOWN_CODES = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    }
)


def reason(error: Exception) -> str:
    """The driver's own words; SQLAlchemy's would add the statement."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(cause).__name__}: {cause}"


def is_down(error: DBAPIError) -> bool:
    """Whether the database is gone, full, stuck or silent, rather than asked something wrong."""
    # The lower byte of SQLite's extended codes is the plain one.
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return error.connection_invalidated or _state(error)[:2] in DOWN_CLASSES or code in DOWN_CODES


def worth_again(error: Exception) -> bool:
    """Whether the same work may succeed at once: it lost a race, or its connection died."""
    fault = error if isinstance(error, DBAPIError) else error.__cause__
    if not isinstance(fault, DBAPIError):
        return False
    # A server that was silent for the whole time-out is not asked twice: someone waits for an answer.
    died = fault.connection_invalidated and not isinstance(fault.orig, ConnectionTimeout)
    return died or _state(fault) in LOST_RACES


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
