"""The engine's threads: they call `work` a few times a second and at once after each commit, until told to stop."""

import logging
from datetime import timedelta
from threading import Event, Thread

import httpx

from bot import work
from bot.missed import Missed
from bot.senders import Senders
from bot.shelf import LOOK_EVERY
from bot.world import World
from storage.cases import overdue
from storage.database import DatabaseDown

log = logging.getLogger(__name__)

BEAT = 0.2  # seconds
HEARTBEAT = 60.0
FIRST_LOOK = 1.0
LIFELINE_SEATS = 16
GRACE = timedelta(seconds=10)


class Engine:
    """Runs the work of one replica. Threads: a slow carrier stops no case, a silent database no page from memory."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stop = Event()
        self._senders = Senders(world.wake.set)
        # Of their own: those above may all be waiting for a database that does not answer.
        self._lifeline_senders = Senders(world.wake.set, LIFELINE_SEATS)
        self._heart = httpx.Client(timeout=5.0) if world.settings.heartbeat_url else None
        self._threads = [
            Thread(target=self._beating, name="heart", daemon=True),
            Thread(target=self._keeping_alive, name="lifeline", daemon=True),
            Thread(target=self._handing_over, name="replay", daemon=True),
            Thread(target=self._catching_up, name="missed", daemon=True),
            Thread(target=self._reading, name="shelf", daemon=True),
            Thread(target=self._climbing, name="climb", daemon=True),
            Thread(target=self._delivering, name="deliver", daemon=True),
        ]

    def start(self) -> None:
        """Begin; what was left over by a process that died is found at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is being sent, and end. What is still due is done by whoever starts next."""
        self._stop.set()
        self._world.wake.set()
        for thread in self._threads:
            thread.join(timeout=10)
        self._senders.close()
        self._lifeline_senders.close()

    def _keeping_alive(self) -> None:
        """Pages from memory; asks the database for nothing, so that nothing can hold it up."""
        while not self._stop.is_set():
            self._safely(lambda: work.page_from_memory(self._world, self._lifeline_senders.begin))
            self._stop.wait(BEAT)

    def _handing_over(self) -> None:
        while not self._stop.is_set():
            self._safely(lambda: work.hand_over(self._world), first=False)
            self._stop.wait(BEAT)

    def _catching_up(self) -> None:
        """What reached Twilio and not us. A moment after the start: at the desk Twilio runs in this process."""
        missed = Missed(self._world)
        while not self._stop.wait(missed.pause if missed.looked else FIRST_LOOK):
            self._safely(missed.look, first=False)

    def _reading(self) -> None:
        """Content that a clinician has changed on this server; asks the database for nothing."""
        while not self._stop.wait(LOOK_EVERY):
            self._world.shelf.look()

    def _climbing(self) -> None:
        while not self._stop.is_set():
            self._safely(lambda: work.climb(self._world) + work.notice_silence(self._world))
            self._safely(lambda: work.follow_up(self._world))
            self._stop.wait(BEAT)

    def _delivering(self) -> None:
        while not self._stop.is_set():
            self._world.wake.clear()
            if not self._safely(lambda: work.deliver(self._world, self._senders)):
                self._world.wake.wait(BEAT)

    def _beating(self) -> None:
        """Tell an outside monitor, each minute, that no case is overdue; its alarm is our silence."""
        url = self._world.settings.heartbeat_url
        while self._heart and url and not self._stop.wait(HEARTBEAT):
            try:
                if overdue_cases(self._world) == 0:
                    self._heart.get(url.get_secret_value())
            except Exception as error:
                log.warning("no heartbeat: %s", type(error).__name__)

    def _safely(self, do: work.Doing, *, first: bool = True) -> int:
        try:
            with self._world.database.first(first):
                return do()
        except DatabaseDown:
            log.warning("the engine waits: no database")
        except Exception:
            log.exception("the engine stumbled and goes on")
        self._stop.wait(1)
        return 0


def overdue_cases(world: World) -> int:
    """How many open cases are past their due time by more than ten seconds, or have none. Must stay 0."""
    with world.database.reading() as db:
        return overdue(db, world.clock(), GRACE)
