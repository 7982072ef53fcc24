"""Pages: how the carrier fared with each, told by its callbacks."""

from functools import cache
from typing import cast

from sqlalchemy import Table, Update, bindparam, inspect, update
from sqlmodel import Session

from flows.delivery import ORDER, later
from storage.tables import PageRow

# Each callback does this: built once for each status, and no page is loaded for one word.
TABLE = cast(Table, inspect(PageRow).local_table)


def got_further(db: Session, page_id: str, status: str) -> None:
    """Take a status if it is further than what the page has."""
    db.exec(_further(status), params={"page": page_id, "told": status})


def taken_back(db: Session, page_id: str) -> None:
    """What was taken for its call was another's: nobody has carried it yet."""
    db.exec(update(TABLE).where(TABLE.c.id == page_id).values(status="waiting"))


@cache
def _further(status: str) -> Update:
    nearer = [one for one in ORDER if later(one, status) == status]
    return (
        update(TABLE)
        .where(TABLE.c.id == bindparam("page"), TABLE.c.status.in_(nearer))
        .values(status=bindparam("told"))
    )
