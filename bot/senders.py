"""The senders: so many texts and calls leave at a time; one that hangs holds its own seat and keeps nobody waiting."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

log = logging.getLogger(__name__)

# Thirty pages a second through a Twilio that takes a second for each.
SEATS = 32


class Senders:
    """A pool that says how many seats are free, so that nothing is claimed before somebody can send it.

    What is claimed early would be taken for left by a dead process before its turn came, and be sent twice.
    """

    def __init__(self, when_free: Callable[[], None], seats: int = SEATS) -> None:
        self._pool = ThreadPoolExecutor(seats, thread_name_prefix="sender")
        self._when_free = when_free
        self._guard = Lock()
        self._free = seats

    @property
    def free(self) -> int:
        """How many could begin at once."""
        with self._guard:
            return self._free

    def begin(self, send: Callable[[], object]) -> None:
        """Send in a thread of its own."""
        with self._guard:
            self._free -= 1
        self._pool.submit(self._carry_out, send)

    def close(self) -> None:
        """Finish what has begun."""
        self._pool.shutdown(wait=True)

    def _carry_out(self, send: Callable[[], object]) -> None:
        try:
            send()
        except Exception:
            # Its lease runs out, and then it is looked up.
            log.exception("a send was not recorded")
        finally:
            with self._guard:
                self._free += 1
                was_full = self._free == 1
            if was_full:
                self._when_free()
