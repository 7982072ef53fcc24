"""Draws a schedule from a seed: who does what, what breaks, how much time goes by."""

import random
from collections.abc import Callable

from tests.chaos import words
from tests.chaos.points import WHAT, WHERE
from tests.chaos.step import Step

Draw = Callable[[random.Random], Step]
WAITS = {
    1: 12,
    3: 12,
    5: 12,
    20: 12,
    31: 12,
    65: 12,
    70: 12,
    130: 12,
    190: 12,
    250: 8,
    430: 5,
    910: 2,
    1900: 0.5,
    7300: 0.1,
}


def schedule(seed: int) -> list[Step]:
    """The steps of one schedule; in most of them somebody is in danger early."""
    rng = random.Random(seed)
    steps = [draw(rng) for draw in rng.choices(*zip(*WEIGHTS, strict=True), k=rng.randint(6, 18))]
    steps.insert(rng.randint(0, min(3, len(steps))), flag(rng))
    return steps


def flag(rng: random.Random) -> Step:
    """A danger sign."""
    return Step("texts", (_patient(rng), rng.choice(list(words.FLAGS))))


def _patient(rng: random.Random) -> str:
    return "patient" if rng.random() < 0.8 else "daughter"


def _staff(rng: random.Random) -> str:
    return rng.choices(list(words.STAFF), (6, 2, 2, 1))[0]


def _says(pool: tuple[str, ...]) -> Draw:
    return lambda rng: Step("texts", (_patient(rng), rng.choice(pool)))


def _command(rng: random.Random) -> Step:
    return Step("texts", (_staff(rng), rng.choices(words.COMMANDS, (8, 2, 4, 4, 2, 6, 3, 1, 2, 2, 1, 1, 1))[0]))


def _staff_stop(rng: random.Random) -> Step:
    return Step("texts", (_staff(rng), rng.choice(words.STAFF_STOPS)))


def _does(rng: random.Random) -> Step:
    return Step("does", (_staff(rng), rng.choice(("answers", "answers", "declines", "hangs_up"))))


def _patient_does(rng: random.Random) -> Step:
    return Step("does", (_patient(rng), rng.choice(("answers", "answers", "declines", "hangs_up"))))


def _presses(rng: random.Random) -> Step:
    return Step("presses", (_staff(rng), rng.choice("1111239")))


def _patient_presses(rng: random.Random) -> Step:
    return Step("presses", (_patient(rng), rng.choice("1190")))


def _behaves(rng: random.Random) -> Step:
    who = rng.choice((*words.STAFF, "patient"))
    return Step("behaves", (who, rng.choice(("person", "person", "voicemail", "silent", "busy", "off"))))


def _wait(rng: random.Random) -> Step:
    return Step("wait", (rng.choices(list(WAITS), list(WAITS.values()))[0],))


def _webhook(rng: random.Random) -> Step:
    fault = rng.choice(("lose", "lose", "drop", "repeat", "at once", "delay", "reorder"))
    about = rng.choice(("sms", "sms", "voice", "callback", "callback", ""))
    return Step(
        "webhook", (fault, about, rng.randint(1, 3), rng.choice((1, 1, 2, 3, 30)), rng.choice(("before", "after")))
    )


def _rest(rng: random.Random) -> Step:
    path = rng.choice(("Messages", "Calls", ""))
    status, code = rng.choice(
        ((429, 20429), (503, 20500), (500, 20500), (0, 0), (400, 21610), (400, 21211), (401, 20003))
    )
    done = status in (0, 500, 503) and rng.random() < 0.5
    method = "GET" if status in (0, 429, 503) and rng.random() < 0.15 else "POST"
    return Step("rest", (status, code, done and method == "POST", path, rng.choice((1, 1, 2, 4, 9)), method))


def _undelivered(rng: random.Random) -> Step:
    return Step(
        "undelivered", (rng.choice(("ana", "carla", "patient")), rng.choice((30003, 30004, 30008)), rng.randint(1, 3))
    )


def _early(rng: random.Random) -> Step:
    return Step("early", (rng.choice(("Messages", "Calls")), rng.randint(1, 3)))


def _trap(rng: random.Random) -> Step:
    return Step("trap", (rng.choice(WHERE), rng.choice((1, 1, 1, 2, 3, 5, 8)), rng.choice((*WHAT, "kill", "other"))))


def _outage(rng: random.Random) -> Step:
    return Step("outage", (rng.choice((1, 5, 60, 130, 400)),))


PEOPLE: list[tuple[Draw, int]] = [
    (flag, 10),
    (_says(words.SOFT), 4),
    (_says(words.ANSWERS), 7),
    (_says(words.ORDINARY), 4),
    (_says(words.STOPS), 2),
    (_says(words.ODD), 2),
    (lambda rng: Step("photo", (_patient(rng),)), 1),
    (_command, 12),
    (_staff_stop, 1),
    (_does, 8),
    (_presses, 8),
    (_patient_does, 3),
    (_patient_presses, 2),
    (_behaves, 4),
    (_wait, 20),
]
FATE: list[tuple[Draw, int]] = [
    (_webhook, 9),
    (_rest, 8),
    (_undelivered, 2),
    (_early, 2),
    (_trap, 12),
    (_outage, 2),
    (lambda _: Step("away"), 2),
    (lambda _: Step("back"), 3),
    (lambda rng: Step("restart", (rng.randint(0, 1),)), 3),
]
WEIGHTS = [*PEOPLE, *FATE]
