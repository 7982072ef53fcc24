"""Runs schedules: one after the other on fresh theatres, catching what the product logs, shrinking what fails."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.center import Center, read_center
from tests.chaos.draw import schedule
from tests.chaos.ledger import Ledger, Violation
from tests.chaos.play import Play
from tests.chaos.playhouse import Playhouse
from tests.chaos.step import Step
from tests.chaos.tail import quiet_end
from tests.chaos.theatre import theatre
from tests.house import CENTER, SPECIALISTS

# One in so many schedules ends with a whole round of the ladder in which nobody answers; not in step with the rosters.
ROUNDS = 7
ROSTERS = (
    SPECIALISTS.format(ben=""),
    SPECIALISTS.format(ben='on_call = ["Mon 07:00-07:01"]'),
    # Hand-over twenty minutes after the beginning.
    SPECIALISTS.replace(
        'languages = ["en", "es"]', 'languages = ["en", "es"]\non_call = ["Fri 19:00-Sat 02:30"]', 1
    ).format(ben='on_call = ["Sat 02:30-Sat 19:00"]'),
    # Nobody is on call.
    SPECIALISTS.replace("tier =", 'on_call = ["Mon 07:00-07:01"]\ntier =').format(ben=""),
)


@dataclass(frozen=True)
class Failure:
    """A schedule that broke a law."""

    seed: int
    law: str
    why: str
    steps: tuple[Step, ...]


class Complaints(logging.Handler):
    """What the product logs as an error is broken too, unless a fault was there to be logged."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(logging.ERROR)
        self._ledger = ledger

    def emit(self, record: logging.LogRecord) -> None:
        """One line of the log."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None or type(error).__name__ in ("DatabaseDown", "TurnstileBusy"):
            return
        self._ledger.breaks("a bug", f"{record.getMessage()}: {type(error).__name__}: {error}")


def roster_of(seed: int) -> Center:
    """The roster of a schedule."""
    return read_center(CENTER + ROSTERS[seed % len(ROSTERS)])


def run(house: Playhouse, seed: int, steps: Sequence[Step]) -> Failure | None:
    """Play one schedule to its quiet end; how it failed, or None."""
    with theatre(house, roster_of(seed), seed) as stage:
        log, complaints = logging.getLogger(), Complaints(stage.ledger)
        log.addHandler(complaints)
        play = Play(stage)
        try:
            play.all(steps)
            quiet_end(play, patient=seed % ROUNDS == 0)
        except Violation as broken:
            return Failure(seed, broken.law, str(broken), tuple(steps))
        finally:
            log.removeHandler(complaints)
    return None


def seed_in(script: str) -> int:
    """The seed that stands in a script's comment: it draws the roster, and who is asked when."""
    return next((int(line.split()[-1]) for line in script.splitlines() if line.startswith("# seed ")), 0)


def run_seed(house: Playhouse, seed: int) -> Failure | None:
    """The schedule of a seed."""
    return run(house, seed, schedule(seed))


def shrunk(failure: Failure, fails: Callable[[Sequence[Step]], Failure | None]) -> Failure:
    """Leave out steps, first many at a time, for as long as the same law is broken."""
    best, size = failure, max(1, len(failure.steps) // 2)
    while size:
        at, smaller = 0, False
        while at < len(best.steps):
            found = fails((*best.steps[:at], *best.steps[at + size :]))
            if found is not None and found.law == best.law:
                best, smaller = found, True
            else:
                at += size
        size = size if smaller and size == 1 else size // 2
    return best
