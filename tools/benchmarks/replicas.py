"""Two replicas, one killed for good: how long until its cases go on at the other one?"""

import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Postgres
from tests.processes.replica import Replica
from tools.benchmarks.load import DANGER
from tools.benchmarks.processes import arrivals, receiver
from tools.served import free_port

CLOCKS = {"second_call": 3, "next_tier": 6, "everyone": 12, "tell_patient": 600, "reach_patient": 600}
CARRIER = 0.5  # seconds that Twilio takes: so long a page may be under way when its process dies
GOES_ON = 15.0  # seconds: the promise
PATIENCE = 40.0
CENTER = """
[center]
name = "Replicas"

[escalation]
{clocks}
[escalation.emergency]
{clocks}
[[specialist]]
name = "Ana Ruiz, RN"
phone = "+15555550111"
tier = 1

[[specialist]]
name = "Carla Weiss, MD"
phone = "+15555550121"
tier = 2
"""


@dataclass
class Killed:
    """Seconds from each kill to the next page of the dead one's case; what never went on."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def killed(times: int, seed: int) -> Killed:
    """Kill one of two replicas so many times, each time with a case of its own, at a moment of chance."""
    found, rng, server = Killed(), random.Random(seed), Postgres()
    try:
        for number in range(times):
            _one(found, server, rng.uniform(0.0, 5.0), number)
    finally:
        server.close()
    found.wrong += [f"a case went on after {one:.1f} s" for one in found.seconds if one > GOES_ON]
    return found


def _one(found: Killed, server: Postgres, after: float, number: int) -> None:
    with tempfile.TemporaryDirectory() as name, receiver(CARRIER) as carrier:
        living, dying = _pair(Path(name), server.url(server.new()), carrier)
        try:
            living.start()
            dying.start()
            dying.text(f"+1312555{number:04d}", DANGER, f"SM{number:032x}")
            time.sleep(after)
            dying.kill()
            _wait(found, carrier, time.monotonic())
        finally:
            living.kill()
            dying.kill()


def _wait(found: Killed, carrier: str, since: float) -> None:
    while time.monotonic() < since + PATIENCE:
        came = [float(str(one["at"])) for one in arrivals(carrier)]
        later = [at for at in came if at > since]
        if later:
            found.seconds.append(min(later) - since)
            sys.stderr.write(f"{found.seconds[-1]:.2f} s\n")
            return
        time.sleep(0.1)
    found.wrong.append("a case did not go on")


def _pair(folder: Path, url: str, carrier: str) -> tuple[Replica, Replica]:
    config = folder / "center.toml"
    config.write_text(CENTER.format(clocks="\n".join(f"{name} = {at}" for name, at in CLOCKS.items())), "utf-8")
    settings = {
        "HELPLINE_DATABASE_URL": url,
        "HELPLINE_CONFIG": str(config),
        "HELPLINE_TWILIO_API_URL": carrier,
    }
    living = Replica(folder / "living", free_port(), settings)
    return living, Replica(folder / "dying", free_port(), settings, public=living.url)
