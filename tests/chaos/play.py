"""Plays a schedule: each step is done by people or by fate; then everything settles, and the laws are held."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlmodel import col, select

from bot.desk.faults import Delay, Drop, Duplicate, Early, Lose, Reorder, RestFault, Undelivered
from bot.desk.wire.hook import Loss
from storage.tables import CaseRow
from tests.chaos.points import Trap
from tests.chaos.step import Step
from tests.chaos.theatre import Theatre
from tests.chaos.words import PEOPLE

Deed = Callable[..., None]


class Play:
    """One schedule on one theatre."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre

    def all(self, steps: Sequence[Step]) -> None:
        """Every step, one after the other."""
        for step in steps:
            self.step(step)

    def step(self, step: Step) -> None:
        """One step, with all that follows at once. What cannot be done now is not done."""
        try:
            DEEDS[step.verb](self, *step.args)
        except LookupError:
            return  # a phone that does not ring cannot be answered
        self.theatre.settle()
        self.theatre.ledger.look()

    def code(self, number: str) -> str:
        """The code of the nth case, oldest first; one that does not exist has a code that nobody has."""
        with self.theatre.witness.reading() as db:
            codes = db.exec(select(CaseRow.code).order_by(col(CaseRow.opened_at), col(CaseRow.id))).all()
        return codes[int(number) - 1] if int(number) <= len(codes) else "8999"

    def texts(self, who: str, body: str) -> None:
        """Somebody texts; {1} is the code of the first case."""
        self._phone(who).texts(re.sub(r"\{(\d)\}", lambda found: self.code(found[1]), body))

    def photo(self, who: str) -> None:
        """A photo without words."""
        self._phone(who).texts("", media=1)

    def does(self, who: str, what: str) -> None:
        """Somebody answers, declines, or hangs up."""
        getattr(self._phone(who), what)()

    def presses(self, who: str, keys: str) -> None:
        """Somebody presses keys on the call."""
        self._phone(who).presses(keys)

    def behaves(self, who: str, how: str) -> None:
        """From now on, who answers that phone."""
        self._phone(who).behaviour = how

    def wait(self, seconds: float) -> None:
        """Time goes by."""
        self.theatre.wait(seconds)

    def webhook(self, fault: str, about: str, times: int, number: int, when: Loss = "before") -> None:
        """A fault on the way from Twilio."""
        made: dict[str, Any] = {
            "lose": lambda: Lose(about=about, times=times, attempts=number, when=when),
            "drop": lambda: Drop(about=about, times=times),
            "repeat": lambda: Duplicate(about=about, times=times, copies=number, after=float(number)),
            "at once": lambda: Duplicate(about=about, times=times, copies=number),
            "delay": lambda: Delay(about=about, times=times, seconds=float(number)),
            "reorder": lambda: Reorder(about=about, times=times),
        }
        self.theatre.desk.add_fault(made[fault]())

    def rest(self, status: int, code: int, done: bool, path: str, times: int, method: str = "POST") -> None:
        """A fault of Twilio's REST API."""
        fault = RestFault(status=status, code=code, done=done, path=path, times=times, method=method)
        self.theatre.desk.add_fault(fault)

    def undelivered(self, who: str, code: int, times: int) -> None:
        """Texts to a phone that do not arrive."""
        self.theatre.desk.add_fault(Undelivered(to=PEOPLE[who], code=code, times=times))

    def early(self, path: str, times: int) -> None:
        """Callbacks come before the answer to the request."""
        self.theatre.desk.add_fault(Early(path=path, times=times))

    def trap(self, where: str, nth: int, what: str) -> None:
        """Something will break inside the product."""
        self.theatre.points.traps.append(Trap(where, nth, what))

    def outage(self, seconds: float) -> None:
        """The database is away for a while."""
        self.theatre.points.is_down = True
        self.theatre.wait(seconds)
        self.back()

    def away(self) -> None:
        """The database goes away."""
        self.theatre.points.is_down = True

    def back(self) -> None:
        """The database is there again."""
        self.theatre.points.is_down = False

    def restart(self, index: int) -> None:
        """A process dies, and another one starts."""
        self.theatre.restart(index)

    def _phone(self, who: str) -> Any:
        return self.theatre.desk.phone(PEOPLE[who])


DEEDS: dict[str, Deed] = {
    name: getattr(Play, name)
    for name in (
        "texts", "photo", "does", "presses", "behaves", "wait", "webhook", "rest", "undelivered", "early", "trap",
        "outage", "away", "back", "restart",
    )
}  # fmt: skip
