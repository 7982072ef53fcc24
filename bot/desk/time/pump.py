"""Makes things happen when they are due: step by step for tests, by a thread in real time for people."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from bot.desk.exchange import Exchange
from bot.desk.time.agenda import Action, Entry, Errand

# Nothing on the desk may turn for ever within one moment.
MAX_AT_ONCE = 100_000
POSTS_AT_ONCE = 8


class Runner:
    """Runs the agenda of an exchange."""

    def __init__(self, exchange: Exchange) -> None:
        """Stands still until `run_due` or `start`."""
        self.exchange = exchange
        self._thread: threading.Thread | None = None
        self._stopping = False
        self._posts: ThreadPoolExecutor | None = None

    @contextlib.contextmanager
    def act(self) -> Iterator[None]:
        """Do something with the desk; what follows at once happens before this ends, unless the thread does it."""
        with self.exchange.lock:
            yield
            self.exchange.changed()
        if self._thread is None:
            self.run_due()

    def next_due(self) -> datetime | None:
        """When something happens next."""
        with self.exchange.lock:
            return self.exchange.agenda.next_due()

    def run_due(self) -> int:
        """Do all that is due, in its order, each at its own time; how many things that were."""
        for count in range(MAX_AT_ONCE):
            with self.exchange.lock:
                entry = self.exchange.agenda.take(self.exchange.clock())
            if entry is None:
                return count
            self._perform(entry)
        raise RuntimeError("the desk does not come to rest")

    def _perform(self, entry: Entry) -> None:
        with self._at(entry.due):
            errand = entry.action()
        if errand is not None:
            finish = errand()
            with self._at(entry.due):
                finish()

    @contextlib.contextmanager
    def _at(self, moment: datetime) -> Iterator[None]:
        with self.exchange.lock:
            before, self.exchange.moment = self.exchange.moment, moment
            try:
                yield
            finally:
                self.exchange.moment = before

    def start(self) -> None:
        """From now on a thread does what is due, as time goes by."""
        if self._thread is None:
            self._stopping = False
            self._posts = ThreadPoolExecutor(POSTS_AT_ONCE, thread_name_prefix="desk-post")
            self._thread = threading.Thread(target=self._pump, name="desk", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Let the thread end; what was planned stays planned."""
        thread, posts = self._thread, self._posts
        if thread is None or posts is None:
            return
        with self.exchange.stirred:
            self._stopping = True
            self.exchange.stirred.notify_all()
        thread.join()
        posts.shutdown(wait=True, cancel_futures=True)
        self._thread = self._posts = None

    def _pump(self) -> None:
        exchange = self.exchange
        with exchange.stirred:
            while not self._stopping:
                entry = exchange.agenda.take(exchange.clock())
                if entry is None:
                    exchange.stirred.wait(self._nap())
                    continue
                errand = self._guarded(entry.action)
                if errand is not None and self._posts is not None:
                    self._posts.submit(self._run_errand, errand)

    def _guarded(self, action: Action) -> Errand | None:
        """A fault of the desk itself is shown on the page, and must not stop the telephones."""
        try:
            return action()
        except Exception as fault:
            self.exchange.problem(20500, f"the desk failed: {fault!r}")
            return None

    def _nap(self) -> float | None:
        due = self.exchange.agenda.next_due()
        return None if due is None else max(0.0, (due - self.exchange.clock()).total_seconds())

    def _run_errand(self, errand: Errand) -> None:
        try:
            finish = errand()
        except Exception as fault:
            finish = partial(self.exchange.problem, 20500, f"the desk failed: {fault!r}")
        with self.exchange.stirred:
            self._guarded(finish)
            self.exchange.stirred.notify_all()
