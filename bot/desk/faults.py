"""Faults that tests add to the desk: small rules, each used `times` times, then spent."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.desk.wire.hook import About, Answer, Hook, Loss

Then = Callable[[Answer], None] | None


@dataclass(frozen=True)
class Job:
    """A webhook about to leave, and what the desk does with its answer."""

    hook: Hook
    then: Then = None
    after: float = 0


@dataclass(kw_only=True)
class Fault(ABC):
    """The webhooks a rule is for: by what they are about and a part of their URL; empty = every one."""

    about: About | str = ""
    url: str = ""
    times: int = 1

    def takes(self, hook: Hook) -> bool:
        """This one, and not spent yet."""
        return self.times > 0 and self.about in ("", hook.about) and self.url in hook.url

    @abstractmethod
    def shape(self, job: Job) -> list[Job]:
        """What leaves in place of this webhook."""


@dataclass(kw_only=True)
class Duplicate(Fault):
    """It arrives again, `copies` times; only the first answer counts."""

    copies: int = 1
    after: float = 0

    def shape(self, job: Job) -> list[Job]:
        """The same request several times."""
        return [job, *[Job(job.hook, None, job.after + self.after)] * self.copies]


@dataclass(kw_only=True)
class Delay(Fault):
    """It arrives late."""

    seconds: float = 5

    def shape(self, job: Job) -> list[Job]:
        """The same request, later."""
        return [replace(job, after=job.after + self.seconds)]


@dataclass(kw_only=True)
class Lose(Fault):
    """The first `attempts` attempts are lost: before they arrive, or after the product has answered."""

    when: Loss = "before"
    attempts: int = 1

    def shape(self, job: Job) -> list[Job]:
        """The same request with holes in the wire."""
        return [replace(job, hook=replace(job.hook, losses=(self.when,) * self.attempts))]


@dataclass(kw_only=True)
class Drop(Fault):
    """It never arrives, whatever is tried; the fallback still may."""

    def shape(self, job: Job) -> list[Job]:
        """Lost in every attempt."""
        return [replace(job, hook=replace(job.hook, losses=("before",) * 99))]


@dataclass(kw_only=True)
class Reorder(Fault):
    """It is held back and arrives right after the next one of its kind."""

    _held: list[Job] = field(default_factory=list)

    def takes(self, hook: Hook) -> bool:
        """Also the one that lets the held one go."""
        wanted = self.times > 0 or bool(self._held)
        return wanted and self.about in ("", hook.about) and self.url in hook.url

    def shape(self, job: Job) -> list[Job]:
        """Hold the first, swap at the second."""
        if self._held:
            return [job, self._held.pop()]
        self._held.append(job)
        return []


@dataclass(kw_only=True)
class RestFault:
    """A REST request that ends badly: a status with Twilio's code, or `status=0`: no answer in time.

    `done` = Twilio did it all the same, which is what makes a timeout or a 500 ambiguous.
    """

    status: int = 503
    code: int = 20500
    done: bool = False
    method: str = "POST"
    path: str = ""
    to: str = ""
    times: int = 1

    def takes(self, method: str, path: str, to: str) -> bool:
        """This request, and not spent yet."""
        return self.times > 0 and method == self.method and self.path in path and self.to in ("", to)


@dataclass(kw_only=True)
class Undelivered:
    """Texts to a number that Twilio accepts and the carrier then does not deliver."""

    to: str
    code: int = 30003
    status: str = "undelivered"
    times: int = 1


@dataclass(kw_only=True)
class Early:
    """What follows from a REST request, its callbacks too, happens before the request is answered."""

    path: str = ""
    times: int = 1
