"""A small table of the tests' own, apart from the product's tables, and its fixture's work."""

from datetime import datetime
from typing import Any

from sqlalchemy import MetaData
from sqlmodel import Field, SQLModel

from storage.columns import Encrypted, EncryptedJson, UtcTime
from storage.database import Database


class Scratch(SQLModel):
    metadata = MetaData()


class Note(Scratch, table=True):
    __tablename__ = "note"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    body: str | None = Field(default=None, sa_type=Encrypted("note.body"))
    extra: Any = Field(default=None, sa_type=EncryptedJson("note.extra"), nullable=True)
    at: datetime | None = Field(default=None, sa_type=UtcTime)
    count: int = 0


class Line(Scratch, table=True):
    __tablename__ = "line"

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="note.id")


def make_tables(database: Database) -> Database:
    """Add the scratch tables to a migrated database."""
    with database.transaction() as db:
        Scratch.metadata.create_all(db.connection())
    return database
