"""Column types: encrypted text, encrypted JSON, and moments in UTC; and how constraints are named."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql import operators
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from storage.vault import decode, encode, vault_on

# Without names, SQLite cannot drop a constraint, and the two databases would call the same one differently.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Incomparable(TypeError):
    """A query compares an encrypted column, which can never match: every sealing is different."""


class _Sealed(TypeDecorator[Any]):
    """What the encrypted types share: bytes in the database, a label that binds them to their column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    class Comparator(TypeDecorator.Comparator[Any]):
        """Only IS NULL and IS NOT NULL make sense on an encrypted column."""

        def operate(self, op: operators.OperatorType, *other: Any, **kwargs: Any) -> Any:
            """Refuse what would silently find nothing."""
            if op not in (operators.is_, operators.is_not) and other != (None,):
                raise Incomparable("look an encrypted column up by its keyed hash (Vault.lookup)")
            return super().operate(op, *other, **kwargs)

    comparator_factory = Comparator

    def _seal(self, plain: bytes, dialect: Dialect) -> bytes:
        return vault_on(dialect).encrypt(plain, self.label)

    def _open(self, sealed: bytes, dialect: Dialect) -> bytes:
        return vault_on(dialect).decrypt(bytes(sealed), self.label)


class Encrypted(_Sealed):
    """A text that only this program can read: `Field(sa_type=Encrypted("contact.phone"))`."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Text to sealed bytes; None stays NULL."""
        return None if value is None else self._seal(encode(value), dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Sealed bytes to text."""
        return None if value is None else decode(self._open(value, dialect))


class EncryptedJson(_Sealed):
    """A JSON value that only this program can read; assign a new value, changes inside one are not seen."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """A JSON value to sealed bytes; None stays NULL."""
        if value is None:
            return None
        return self._seal(encode(json.dumps(value, ensure_ascii=False, allow_nan=False)), dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Sealed bytes to the JSON value."""
        return None if value is None else json.loads(decode(self._open(value, dialect)))


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware in Python, naive UTC with microseconds in the database; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError("a time without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Back to aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)
