"""Pages: how the carrier fared with each, told by its callbacks."""

from typing import cast

from sqlalchemy import Table, bindparam, inspect, update
from sqlmodel import Session, select

from flows.delivery import later
from storage.tables import PageRow

# Each callback asks these: built once, and no page is loaded whole for one word.
STATUS = select(PageRow.status).where(PageRow.id == bindparam("page"))
TABLE = cast(Table, inspect(PageRow).local_table)
PUT = update(TABLE).where(TABLE.c.id == bindparam("page")).values(status=bindparam("told"))


def got_further(db: Session, page_id: str, status: str) -> None:
    """Take a status if it is further than what the page has."""
    before = db.exec(STATUS, params={"page": page_id}).one()
    db.exec(PUT, params={"page": page_id, "told": later(before, status)})
