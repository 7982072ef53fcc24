"""What an error of the database means: down, lost a race, or a mistake of ours."""

import sqlite3

from psycopg.errors import ConnectionTimeout
from sqlalchemy.exc import DBAPIError

GONE_TOO_LONG, STUCK_BEHIND_A_LOCK = "25P03", "55P03"
# PostgreSQL's codes for "you lost, try again": serialisation failure, deadlock, another wrote the same first; and for
# "you were gone too long": this process stood still inside a transaction, and the server has undone it.
WORTH_AGAIN = frozenset({"40001", "40P01", "23505", GONE_TOO_LONG})
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
    state = _state(error)
    down = state[:2] in DOWN_CLASSES or state == GONE_TOO_LONG
    return error.connection_invalidated or down or code in DOWN_CODES


def is_stuck(error: Exception) -> bool:
    """Whether somebody else's lock was not let go in time: the database is well, but not for this turn."""
    return isinstance(error, DBAPIError) and _state(error) == STUCK_BEHIND_A_LOCK


def is_silent(error: Exception) -> bool:
    """Whether the server did not say a word: whoever asks now will wait in vain as well."""
    return isinstance(getattr(error, "orig", error), ConnectionTimeout)


def worth_again(error: Exception) -> bool:
    """Whether the same work may succeed at once: it lost a race, or its connection died."""
    fault = error if isinstance(error, DBAPIError) else error.__cause__
    if not isinstance(fault, DBAPIError):
        return False
    # A server that was silent for the whole time-out is not asked twice: someone waits for an answer.
    died = fault.connection_invalidated and not is_silent(fault)
    return died or _state(fault) in WORTH_AGAIN


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
