"""The telephone exchange: everything on the desk that changes, behind one lock, and the way out to the product."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.desk.config import DeskConfig, Kind
from bot.desk.faults import Early, Fault, Job, RestFault, Then, Undelivered
from bot.desk.handset import Handset
from bot.desk.texts.text import Message
from bot.desk.time.agenda import Action, Agenda, Entry, Errand, Finish
from bot.desk.transport import Post
from bot.desk.voice.call import Call
from bot.desk.voice.room import Room
from bot.desk.wire.hook import Answer, Hook, deliver
from bot.desk.wire.problem import Problem
from bot.desk.wire.record import Record
from bot.desk.wire.sids import Sids

TWIML_TYPES = ("text/xml", "application/xml", "text/html")


class Exchange:
    """The state of the desk. The lock is never held while the product is asked."""

    def __init__(self, config: DeskConfig, clock: Callable[[], datetime], post: Post) -> None:
        """`clock` gives aware times; `post` reaches the product."""
        self.config, self.clock, self.post = config, clock, post
        self.lock = threading.RLock()
        self.stirred = threading.Condition(self.lock)
        self.agenda, self.sids, self.record = Agenda(), Sids(config.seed), Record(config.record)
        self.handsets = {p.number: Handset(p.number, p.label, p.kind, p.hint) for p in config.phones}
        self.messages: dict[str, Message] = {}
        self.calls: dict[str, Call] = {}
        self.rooms: dict[str, Room] = {}
        self.problems: list[Problem] = []
        self.faults: list[Fault | RestFault | Undelivered | Early] = []
        self.version = 0
        self.closing = False
        self.next_dial = clock()
        self.moment: datetime | None = None

    def now(self) -> datetime:
        """The time of what is happening: its own due time while the desk catches up, else the clock's."""
        return self.moment or self.clock()

    def handset(self, number: str, kind: Kind = "patient") -> Handset:
        """The phone with this number; a number never seen is a new phone."""
        if number not in self.handsets:
            self.handsets[number] = Handset(number, number, kind)
        return self.handsets[number]

    def later(self, seconds: float, action: Callable[[], None]) -> Entry:
        """Plan something on the desk itself."""
        return self._put(self.now() + timedelta(seconds=seconds), action)

    def _put(self, due: datetime, action: Action) -> Entry:
        with self.stirred:
            entry = self.agenda.put(due, action)
            self.changed()
            self.stirred.notify_all()
            return entry

    def changed(self) -> None:
        """The page has something new to show."""
        self.version += 1

    def problem(self, code: int, words: str, url: str = "") -> None:
        """Write down what Twilio's console would show."""
        self.problems.append(Problem(code, words, url, self.now()))
        self.changed()

    def ask(self, hook: Hook, then: Then = None) -> None:
        """Send a webhook, through the faults that tests have set; `then` gets the answer, under the lock."""
        jobs = [Job(hook, then)]
        for fault in self.faults:
            if isinstance(fault, Fault) and fault.takes(hook):
                fault.times -= 1
                jobs = [shaped for job in jobs for shaped in fault.shape(job)]
        for job in jobs:
            self._put(self.now() + timedelta(seconds=job.after), partial(self._errand, job))

    def _errand(self, job: Job) -> Errand:
        token = self.sids.draw("")

        def errand() -> Finish:
            answer = deliver(self.post, self.config.auth_token, job.hook, token)
            return partial(self._answered, job, answer)

        return errand

    def _answered(self, job: Job, answer: Answer) -> None:
        if not answer.good:
            said = answer.text[:200]
            self.problem(11200, f"HTTP {answer.failure or answer.status} for a webhook: {said}", answer.url)
        elif job.hook.about == "callback":
            self._check_callback(answer)
        else:
            self._keep(job.hook, answer)
        if job.then is not None:
            job.then(answer)
        self.changed()

    def _check_callback(self, answer: Answer) -> None:
        if answer.status != 204 and answer.content_type not in TWIML_TYPES:
            self.problem(12300, f"a callback answered with {answer.content_type or 'no type'}", answer.url)

    def _keep(self, hook: Hook, answer: Answer) -> None:
        if answer.content_type not in TWIML_TYPES:
            return
        kind = "voice" if hook.about == "voice" else "messaging"
        line = {"kind": "twiml", "for": kind, "url": answer.url, "body": answer.text}
        self.record.write({**line, "at": self.now().isoformat()})
