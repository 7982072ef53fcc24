"""What Alembic runs for each upgrade: our connection, our tables, our column types as plain ones."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import AutoString, SQLModel

import storage.keyring
import storage.tables  # noqa: F401  (for their tables)
from storage.columns import Encrypted, EncryptedJson, UtcTime


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Write what the database sees: a migration must still run when our types have changed."""
    if kind != "type":
        return False
    if isinstance(item, Encrypted | EncryptedJson):
        return "sa.LargeBinary()"
    if isinstance(item, UtcTime):
        return "sa.DateTime()"
    if isinstance(item, AutoString):
        return "sa.String()" if item.length is None else f"sa.String(length={item.length})"
    return False


def run(connection: sa.Connection) -> None:
    """Run the migrations inside the transaction that the connection has begun."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
