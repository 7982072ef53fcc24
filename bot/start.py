"""Starting: bring the database up to date and seed the roster; if the database is away, keep trying while we answer."""

import logging
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import make_url

from bot.console.demo import make_demo_accounts
from bot.world import World
from storage.roster import differences, replace_roster, seed

log = logging.getLogger(__name__)

PAUSE = 2.0  # seconds between two tries
PATIENCE = 5.0  # seconds that a start waits for the database; longer, and patients would wait for it too


def prepare(world: World, *, migrate: bool) -> list[str]:
    """Migrate and seed; what a person should know, in lines. Raises what the database raises."""
    if migrate:
        world.database.migrate()
    entries = world.center.specialists
    with world.database.transaction() as db:
        seeded = seed(db, entries)
        differing = differences(db, entries)
    lines = [f"roster: {seeded} specialists taken from the centre's file"] if seeded else []
    return lines + [
        f"roster differs from the centre's file: {line} (roster import takes it over)" for line in differing
    ]


def missing_database(world: World) -> str:
    """What to do where the SQLite file does not exist yet; empty = it does, or it is a server."""
    url = make_url(world.settings.database)
    if not world.settings.database.startswith("sqlite") or Path(url.database or "").is_file():
        return ""
    return f"there is no database at {url.database} yet: start the helpline once, or set HELPLINE_DATABASE_URL"


def roster_lines(world: World, *, take_over: bool) -> list[str]:
    """The differences between roster and file; with `take_over` the file has replaced the roster."""
    with world.database.transaction() as db:
        if take_over:
            replace_roster(db, world.center.specialists)
        lines = differences(db, world.center.specialists)
    return lines or ["The roster is as the centre's file says."]


class Preparing:
    """Prepares in the background until it has worked once, so that the helpline answers whatever the database does."""

    def __init__(self, world: World, *, migrate: bool) -> None:
        self._world, self._migrate = world, migrate
        self._stop, self._tried = Event(), Event()
        self._thread = Thread(target=self._run, name="prepare", daemon=True)

    def start(self) -> None:
        """Go on trying in a thread; return after the first try, or when it takes too long."""
        self._thread.start()
        self._tried.wait(PATIENCE)

    def stop(self) -> None:
        """Stop trying."""
        self._stop.set()

    def _run(self) -> None:
        ready = self._once()
        self._tried.set()
        while not ready and not self._stop.wait(PAUSE):
            ready = self._once()

    def _once(self) -> bool:
        try:
            for line in prepare(self._world, migrate=self._migrate):
                log.warning("%s", line)
            make_demo_accounts(self._world)
        except Exception as error:
            log.error("the database is not ready (%s); answering without it, and trying again", type(error).__name__)
            return False
        self._world.wake.set()
        return True
