"""Two replicas, one killed for good: how long until its cases go on at the other one?"""

import random
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Postgres
from tests.processes.replica import Replica
from tools.benchmarks.center import ANA, center
from tools.benchmarks.load import DANGER
from tools.benchmarks.processes import arrivals, receiver
from tools.served import free_port

CLOCKS = {"second_call": 3, "next_tier": 6, "everyone": 12, "tell_patient": 600, "reach_patient": 600}
CARRIER = 0.5  # seconds that Twilio takes: so long a page may be under way when its process dies
GOES_ON = 15.0  # seconds: the promise
PATIENCE = 40.0
SETTLED = 3.0  # seconds in which what was under way for a taken case has left


@dataclass
class Killed:
    """Seconds from each kill to the next page of the dead one's case; what never went on."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def killed(times: int, seed: int) -> Killed:
    """Kill one of two replicas so many times, each time with a case of its own, at a moment of chance."""
    found, rng, server = Killed(), random.Random(seed), Postgres()
    try:
        with tempfile.TemporaryDirectory() as folder, receiver(CARRIER) as carrier:
            living, dying = _pair(Path(folder), server.url(server.new()), carrier)
            living.start()
            for number in range(times):
                _one(found, (living, dying), carrier, rng.uniform(0.0, 5.0), number)
            living.kill()
    finally:
        server.close()
    found.wrong += [f"a case went on after {one:.1f} s" for one in found.seconds if one > GOES_ON]
    return found


def _one(found: Killed, pair: tuple[Replica, Replica], carrier: str, after: float, number: int) -> None:
    living, dying = pair
    dying.start()
    dying.text(f"+1312555{number:04d}", DANGER, f"SM{number:032x}")
    time.sleep(after)
    dying.kill()
    code = _went_on(found, carrier, time.monotonic())
    # Somebody takes it, so that the next case is the only one that pages.
    living.text(ANA, f"A {code}" if code else "A", f"SMa{number:031x}")
    time.sleep(SETTLED)


def _went_on(found: Killed, carrier: str, since: float) -> str:
    """Wait for the next page; the newest code that anybody was texted."""
    while time.monotonic() < since + PATIENCE:
        came = arrivals(carrier)
        later = [float(str(one["at"])) for one in came if _is_page(one) and float(str(one["at"])) > since]
        if later:
            found.seconds.append(min(later) - since)
            sys.stderr.write(f"{found.seconds[-1]:.2f} s\n")
            codes = [str(one["Body"]).partition("Reply A ")[2][:4] for one in came]
            return next((code for code in reversed(codes) if code), "")
        time.sleep(0.1)
    found.wrong.append("a case did not go on")
    return ""


def _is_page(one: Mapping[str, object]) -> bool:
    return "Reply A " in str(one["Body"]) or "/twilio/page/" in str(one["Url"])


def _pair(folder: Path, url: str, carrier: str) -> tuple[Replica, Replica]:
    config = folder / "center.toml"
    clocks = "\n".join(f"{name} = {at}" for name, at in CLOCKS.items())
    ladders = f"\n[escalation]\n{clocks}\n[escalation.emergency]\n{clocks}\n"
    config.write_text(center("Replicas", more=ladders), "utf-8")
    settings = {
        "HELPLINE_DATABASE_URL": url,
        "HELPLINE_CONFIG": str(config),
        "HELPLINE_TWILIO_API_URL": carrier,
    }
    living = Replica(folder / "living", free_port(), settings)
    return living, Replica(folder / "dying", free_port(), settings, public=living.url)
