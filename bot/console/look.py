"""A look at the database: short, never changing anything, and taken once more where the connection died under it."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.world import World

T = TypeVar("T")


def look(world: World, work: Callable[[Session], T]) -> T:
    """What `work` reads. On a loaded machine a server may end a transaction that stood still for a second."""
    try:
        with world.database.reading() as db:
            return work(db)
    except DBAPIError:
        with world.database.reading() as db:
            return work(db)
