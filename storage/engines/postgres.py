"""The PostgreSQL engine: READ COMMITTED, and no wait longer than the time-out, not even for a frozen server."""

import select
from collections.abc import Generator
from time import monotonic
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import PQGen, PQGenConn
from psycopg.errors import ConnectionTimeout, _WaitTimeout
from sqlalchemy import URL, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DisconnectionError

Wish = TypeVar("Wish")
Ready = TypeVar("Ready")
Result = TypeVar("Result")

# How many at a time: more would only fight for the one interpreter (measured: 4 answer more texts than 10 do).
# The pool has a few connections more, for the question whether the database is there.
SEATS = 5
POOL = {"pool_size": SEATS, "max_overflow": 5}
# hide_parameters: what people say is not in the words of an error. hstore would cost each connection a question.
QUIET = {"hide_parameters": True, "use_native_hstore": False}
# How often a wait looks at its clock.
TICK = 0.1
# Of the time-out: locks give up first, then statements, so that the server says why before we hang up.
LOCK_SHARE, STATEMENT_SHARE = 0.8, 0.9
# A migration waits this long for another one, and runs at most this long.
MIGRATION_LOCK, MIGRATION_PATIENCE = 60.0, 600.0


class PromptConnection(psycopg.Connection[Any]):
    """A connection that hangs up when the server does not answer; the server's own time-outs need a live server."""

    patience = 1.5

    def wait(self, gen: PQGen[Result], interval: float = TICK, timeout: float | None = None) -> Result:
        """Wait for an answer, at most as long as patience lasts."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except _WaitTimeout:
            self.pgconn.finish()
            raise ConnectionTimeout(f"no answer from the database within {self.patience} s") from None

    @classmethod
    def _connect_gen(cls, conninfo: str = "") -> PQGenConn[Self]:
        # psycopg rounds connect_timeout up to two seconds.
        return (yield from _bounded(super()._connect_gen(conninfo), cls.patience))


def postgres_engine(url: URL, timeout: float) -> Engine:
    """An engine that touches no network before its first connection."""
    engine = create_engine(url, pool_timeout=timeout, connect_args=_driver(timeout), **POOL, **QUIET)
    _be_prompt(engine, timeout)
    event.listen(engine, "checkout", _refuse_dead)
    return engine


def postgres_migration_engine(url: URL) -> Engine:
    """One connection for a migration: it may wait for another migration, and run long."""
    options = f"-c lock_timeout={int(MIGRATION_LOCK * 1000)} -c statement_timeout=0"
    arguments = {"connect_timeout": 2, "options": options}
    engine = create_engine(url, poolclass=NullPool, connect_args=arguments, **QUIET)
    _be_prompt(engine, MIGRATION_PATIENCE)
    return engine


def _driver(timeout: float) -> dict[str, Any]:
    milliseconds = int(timeout * 1000)
    settings = {
        "default_transaction_isolation": r"read\ committed",
        "lock_timeout": int(milliseconds * LOCK_SHARE),
        "statement_timeout": int(milliseconds * STATEMENT_SHARE),
        "idle_in_transaction_session_timeout": milliseconds,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return {"connect_timeout": 2, "tcp_user_timeout": milliseconds, "options": options}


def _be_prompt(engine: Engine, timeout: float) -> None:
    class Prompt(PromptConnection):
        """The connection of this database, with its patience."""

        patience = timeout

    def connect(_dialect: Any, _record: Any, arguments: list[Any], parameters: dict[str, Any]) -> Any:
        return Prompt.connect(*arguments, **parameters)

    event.listen(engine, "do_connect", connect)


def _refuse_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    # A server that closed the connection left an end-of-file in the socket: seen without a question over the network.
    # The pool answers this error with a fresh connection.
    try:
        socket = connection.pgconn.socket
    except psycopg.OperationalError as error:
        raise DisconnectionError("closed") from error
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    if poll.poll(0):
        raise DisconnectionError("closed by the server")


def _bounded(steps: Generator[Wish, Ready, Result], patience: float) -> Generator[Wish, Ready, Result]:
    deadline = monotonic() + patience
    try:
        wish = next(steps)
        while True:
            ready = yield wish
            if monotonic() > deadline:
                raise ConnectionTimeout(f"no connection to the database within {patience} s")
            wish = steps.send(ready)
    except StopIteration as end:
        result: Result = end.value
        return result
    finally:
        steps.close()
