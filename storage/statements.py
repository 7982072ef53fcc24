"""Statements that both databases understand: insert once, lock for update."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Query = TypeVar("Query", bound=Select[Any])
Row = TypeVar("Row")


def insert_once(db: Session, table_class: type[SQLModel], values: Mapping[str, Any], unique: Sequence[str]) -> bool:
    """Insert a row unless one with the same unique columns is there; True if it was inserted.

    On PostgreSQL it waits for another transaction that is inserting the same one; after False the row can be read.
    """
    table = inspect(table_class).local_table
    insert = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    # What waits in the session may be what this row refers to.
    db.flush()
    row = _with_defaults(table_class, values)
    statement = insert(table).values(row).on_conflict_do_nothing(index_elements=list(unique))
    # PostgreSQL's driver counts an INSERT only where it is told to.
    return db.exec(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def remembered(db: Session, row: Row) -> Row:
    """Keep a row while the session lives: it forgets what nobody holds, and would ask the database again."""
    db.info.setdefault("remembered", []).append(row)
    return row


def for_update(query: Query, *, skip_locked: bool = False) -> Query:
    """Lock the rows and read them afresh; on SQLite the transaction holds the only write lock already.

    FOR NO KEY UPDATE: others may still insert rows that refer to a locked one, so a foreign key is no deadlock.
    Afresh: a row that the session has seen before it was locked may have changed since, and would be written back.
    """
    return query.with_for_update(key_share=True, skip_locked=skip_locked).execution_options(populate_existing=True)


def _with_defaults(table_class: type[SQLModel], values: Mapping[str, Any]) -> dict[str, Any]:
    row = table_class(**values)
    names = [attribute.key for attribute in inspect(table_class).column_attrs]
    return {name: getattr(row, name) for name in names if name in values or getattr(row, name) is not None}
