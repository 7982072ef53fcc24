"""The lock file: one server process for one SQLite file."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import make_url


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


def one_process(url: str) -> AbstractContextManager[None]:
    """Hold the lock of a SQLite file; PostgreSQL bears many processes."""
    path = make_url(url).database
    return lock_file(Path(f"{path}.lock")) if url.startswith("sqlite") and path else nullcontext()


def _explain(path: Path, owner: str) -> str:
    return (
        f"Another helpline (process {owner or 'unknown'}) is already using this SQLite database: {path} is locked. "
        "Stop it first; to run more than one process, use PostgreSQL."
    )
