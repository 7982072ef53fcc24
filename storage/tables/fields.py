"""Short names for the fields that the tables share, so that a table reads as a list of what it keeps."""

from typing import Any

from sqlalchemy import Column, MetaData
from sqlmodel import Field

from storage.columns import Encrypted, EncryptedJson, UtcTime


def secret(label: str) -> Any:
    """An encrypted text, or None. `label` is `table.column`: a value moved elsewhere does not decrypt."""
    return Field(default=None, sa_column=Column(Encrypted(label), nullable=True))


def secret_json(label: str) -> Any:
    """An encrypted JSON value; an empty object by default."""
    return Field(default_factory=dict, sa_column=Column(EncryptedJson(label), nullable=True))


def when(*, index: bool = False) -> Any:
    """A required moment, in UTC."""
    return Field(sa_column=Column(UtcTime(), nullable=False, index=index))


def maybe_when(*, index: bool = False) -> Any:
    """A moment that may be missing, in UTC."""
    return Field(default=None, sa_column=Column(UtcTime(), nullable=True, index=index))


def checked_at_commit(metadata: MetaData) -> None:
    """Foreign keys are checked at the commit, so that rows may be written in any order, and many in one statement."""
    for table in metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            constraint.deferrable, constraint.initially = True, "DEFERRED"
