"""The product as one value for a stage: its application, its work, its next due time. No threads, no ports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.app import create_app
from bot.work import work
from bot.world import World
from storage.agenda import next_due


@dataclass(frozen=True)
class Product:
    """One process of the product, single-threaded, on whatever clock its world has."""

    world: World
    app: Any

    @classmethod
    def over(cls, world: World) -> "Product":
        """The product over a world."""
        return cls(world, create_app(world))

    def work(self) -> int:
        """Do what is due now; how much that was."""
        return work(self.world)

    def next_due(self) -> datetime | None:
        """When something is due next."""
        with self.world.database.reading() as db:
            times = (next_due(db), self.world.lifeline.next_due())
        return min((time for time in times if time is not None), default=None)
