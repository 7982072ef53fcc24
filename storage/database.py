"""The database: transactions, the only commit in the program, and the vault's way to the encrypted columns."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from threading import Lock, local
from typing import TypeVar

from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlmodel import Session

from storage.engines.choice import make_engine, normal_url, reading_engine
from storage.engines.turnstile import Turnstile, TurnstileBusy
from storage.keyring import open_vault
from storage.migrations.upgrade import upgrade
from storage.vault import Vault, hang, hanging

T = TypeVar("T")

# PostgreSQL's codes for "you lost, try again": serialisation failure, deadlock.
LOST_RACES = frozenset({"40001", "40P01"})


class DatabaseDown(Exception):
    """No transaction could be opened in time; the turn goes on without a database."""


class NestedTransaction(RuntimeError):
    """A transaction was opened inside a transaction of the same thread: each would wait for the other."""


class Database:
    """One database. Making it touches nothing; the first transaction connects and opens the vault."""

    def __init__(self, url: str, secrets: Sequence[str], *, timeout: float = 1.5) -> None:
        self.url: URL = normal_url(url)
        self._secrets = tuple(secrets)
        self._timeout = timeout
        self._engine = make_engine(self.url, timeout)
        self._reading_engine = reading_engine(self._engine)
        self._turnstile = Turnstile() if self.dialect_name == "sqlite" else None
        self._opening = Lock()
        self._here = local()

    @property
    def dialect_name(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @property
    def vault(self) -> Vault:
        """The vault of this database, opened now if it was not."""
        vault = hanging(self._engine.dialect)
        return vault if vault is not None else self._open_vault()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or not at all."""
        _ = self.vault
        with self._writing() as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that can only read; the database itself refuses a change."""
        _ = self.vault
        with self._session(self._reading_engine) as db:
            yield db

    def retrying(self, work: Callable[[Session], T]) -> T:
        """Do the work in a transaction; once more if it lost a race or its connection died.

        When the connection died in the commit itself, the first try may have been kept: the work must bear that.
        """
        try:
            with self.transaction() as db:
                return work(db)
        except DBAPIError as error:
            if not _worth_again(error):
                raise
        with self.transaction() as db:
            return work(db)

    def migrate(self) -> None:
        """Bring the tables to the newest version; of several replicas, one does it and the others wait."""
        upgrade(self.url, self._timeout)

    def ping(self) -> bool:
        """Whether a question is answered in time."""
        try:
            with self._session(self._reading_engine) as db:
                return bool(db.connection().scalar(text("SELECT 1")) == 1)
        except (DatabaseDown, SQLAlchemyError):
            return False

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        if getattr(self._here, "open", False):
            raise NestedTransaction("a transaction inside a transaction")
        with self._turn(), self._session(self._engine) as db:
            self._here.open = True
            try:
                yield db
                db.commit()
            except BaseException:
                db.rollback()
                raise
            finally:
                self._here.open = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        turn = self._turnstile.passing(self._timeout) if self._turnstile else nullcontext()
        try:
            turn.__enter__()
        except TurnstileBusy as error:
            raise DatabaseDown(str(error)) from error
        try:
            yield
        finally:
            turn.__exit__(None, None, None)

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as db:
            try:
                # On SQLite this takes the write lock; on PostgreSQL it finds a living connection.
                db.connection()
            except SQLAlchemyError as error:
                raise DatabaseDown(_reason(error)) from error
            yield db

    def _open_vault(self) -> Vault:
        if not self._opening.acquire(timeout=self._timeout):
            raise DatabaseDown("the keys of the database are still being opened")
        try:
            vault = hanging(self._engine.dialect)
            if vault is None:
                with self._writing() as db:
                    vault = open_vault(db, self._secrets)
                hang(vault, self._engine.dialect)
            return vault
        except SQLAlchemyError as error:
            raise DatabaseDown(f"no keyring (was the database migrated?): {_reason(error)}") from error
        finally:
            self._opening.release()


def _reason(error: SQLAlchemyError) -> str:
    # The driver's own words: SQLAlchemy's would add the statement and its values.
    cause = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(cause).__name__}: {cause}"


def _worth_again(error: DBAPIError) -> bool:
    # A server that was silent for the whole time-out is not asked twice: someone waits for an answer.
    if type(error.orig).__name__ == "ConnectionTimeout":
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in LOST_RACES
