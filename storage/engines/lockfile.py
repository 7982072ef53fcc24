"""The lock file: one server process for one SQLite file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyServed(Exception):
    """Another process serves this SQLite file."""


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold the lock; the system lets go of it when the process dies, so a stale file does not matter."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyServed(_explain(path, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _explain(path: Path, owner: str) -> str:
    return (
        f"Another helpline (process {owner or 'unknown'}) is already using this SQLite database: {path} is locked. "
        "Stop it first; to run more than one process, use PostgreSQL."
    )
