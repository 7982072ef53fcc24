"""The database: transactions, the only commit in the program, and the vault's way to the encrypted columns."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from threading import Lock, local
from time import monotonic, sleep
from typing import TypeVar

from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlmodel import Session

from storage.engines.choice import make_engine, normal_url, reading_engine, turnstiles
from storage.engines.turnstile import Rank, Turnstile, TurnstileBusy
from storage.faults import is_down, is_silent, is_stuck, reason, worth_again
from storage.keyring import find_vault, make_vault
from storage.migrations.upgrade import is_newest, upgrade
from storage.vault import Vault, hang, hanging

T = TypeVar("T")

# Seconds before the second try.
BREATH = 0.05
# Seconds that one text waits for others. With what it does itself, its answer is there before Twilio asks again.
PATIENCE = 3.5
Place = tuple[Rank, float]  # in the line: ahead of which, and until when it is worth standing there


class DatabaseDown(Exception):
    """The database did not answer, or not in time: the turn goes on without it."""


class DatabaseBusy(DatabaseDown):
    """No turn or no row came in time: the database is well, but too many ask at once, or somebody holds on to a row."""


class NestedTransaction(RuntimeError):
    """A transaction was opened inside a transaction of the same thread: each would wait for the other."""


class Database:
    """One database. Making it touches nothing; the first transaction connects and opens the vault."""

    def __init__(self, url: str, secrets: Sequence[str], *, timeout: float = 1.5, engine: Engine | None = None) -> None:
        """An engine that was made before is used again, with all the statements that it has compiled."""
        self.url: URL = normal_url(url)
        self._secrets = tuple(secrets)
        self._timeout = timeout
        self._engine = engine or make_engine(self.url, timeout)
        self._reading_engine = reading_engine(self._engine)
        self._writers, self._readers = turnstiles(self.url)
        self._opening = Lock()
        self._here = local()
        self._silent_at = 0.0

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
        with self._turn(self._readers), self._session(self._reading_engine) as db, self._plainly():
            yield db

    def retrying(self, work: Callable[[Session], T]) -> T:
        """Do the work in a transaction; once more if it lost a race or its connection died.

        When the connection died in the commit itself, the first try may have been kept: the work must bear that.
        """
        try:
            with self.transaction() as db:
                return work(db)
        except (DBAPIError, DatabaseDown) as error:
            if not worth_again(error):
                raise
        # The winner of a deadlock must have its row before the loser comes back for it.
        sleep(BREATH)
        with self.transaction() as db:
            return work(db)

    @contextmanager
    def first(self, when: bool = True, rank: Rank = Rank.danger) -> Iterator[None]:
        """What this thread does inside goes ahead of all lower ranks that wait: danger must not queue behind menus.

        All of it together waits PATIENCE for others, as long as their line moves.
        """
        before: Place | None = getattr(self._here, "place", None)
        now, until = before or (Rank.ordinary, monotonic() + PATIENCE)
        self._here.place = (max(rank, now) if when else now, until)
        try:
            yield
        finally:
            self._here.place = before

    def migrate(self) -> None:
        """Bring the tables to the newest version; of several replicas, one does it and the others wait."""
        try:
            upgrade(self.url)
        except (OperationalError, OSError) as error:
            raise DatabaseDown(reason(error)) from error

    def is_migrated(self) -> bool:
        """Whether the tables are those that this program knows."""
        with self._session(self._reading_engine) as db:
            return is_newest(db.connection())

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
        with self._alone(), self._turn(self._writers), self._session(self._engine) as db, self._plainly():
            try:
                yield db
                db.commit()
            except BaseException:
                db.rollback()
                raise

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # A lock, not a flag: a web framework may end in another thread what it began in this one.
        mine: Lock | None = getattr(self._here, "transaction", None)
        if mine is not None and mine.locked():
            raise NestedTransaction("a transaction inside a transaction")
        self._here.transaction = Lock()
        with self._here.transaction:
            yield

    @contextmanager
    def _turn(self, turnstile: Turnstile) -> Iterator[None]:
        came = monotonic()
        with ExitStack() as stack:
            try:
                rank, until = getattr(self._here, "place", None) or (Rank.ordinary, 0.0)
                stack.enter_context(turnstile.passing(self._timeout, rank, until - came))
            except TurnstileBusy as error:
                raise DatabaseBusy(str(error)) from error
            if self._silent_at > came:
                raise DatabaseDown("it fell silent while we waited for our turn")
            yield

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with Session(engine, expire_on_commit=False) as db:
            try:
                # On SQLite this takes the write lock; on PostgreSQL it finds a living connection.
                db.connection()
            except (SQLAlchemyError, OSError) as error:
                raise self._down(error) from error
            yield db

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            if is_stuck(error):
                raise DatabaseBusy(reason(error)) from error
            if is_down(error):
                raise self._down(error) from error
            raise

    def _down(self, error: Exception) -> DatabaseDown:
        # Whoever still waits for a turn need not wait for the same silence: it would be longer than people bear.
        if is_silent(error):
            self._silent_at = monotonic()
        return DatabaseDown(reason(error))

    def _open_vault(self) -> Vault:
        if not self._opening.acquire(timeout=self._timeout):
            raise DatabaseDown("the keys of the database are still being opened")
        try:
            vault = hanging(self._engine.dialect) or self._find_vault() or self._make_vault()
            hang(vault, self._engine.dialect)
            return vault
        except SQLAlchemyError as error:
            raise DatabaseDown(f"no keyring (was the database migrated?): {reason(error)}") from error
        finally:
            self._opening.release()

    def _find_vault(self) -> Vault | None:
        with self._session(self._reading_engine) as db:
            return find_vault(db, self._secrets)

    def _make_vault(self) -> Vault:
        with self._writing() as db:
            return make_vault(db, self._secrets)
