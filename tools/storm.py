"""`python tools/storm.py outage|crowd|replica`: storms on real processes; docs/storms.md says what came of them.

Exit 1 if a promise was broken.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.postgres import Postgres
from tools.benchmarks.crowd import Crowd, crowd
from tools.benchmarks.numbers import middle, milliseconds
from tools.benchmarks.outage import Outage, outage
from tools.benchmarks.replicas import killed


def told_outage(found: Outage) -> list[str]:
    """One outage, as a person wants it."""
    return [
        f"{found.how}: {len(found.sent.delays)} texts, {len(found.sent.flags)} of them danger signs",
        f"reply p50 / p95 / p99 {milliseconds(found.sent.delays)}, slowest {max(found.sent.delays):.2f} s",
        f"first page by text p50 / p95 / p99 {milliseconds(found.paged)}, slowest {max(found.paged):.2f} s",
        f"{found.calls} calls; handed over {found.handed_over:.1f} s after the last text",
    ]


def told_crowd(found: Crowd) -> list[str]:
    """One crowd, as a person wants it."""
    return [
        f"{found.name}: {len(found.sent.flags)} danger signs at one moment",
        f"reply p50 / p95 / p99 {milliseconds(found.sent.delays)}",
        f"first page by text p50 / p95 / p99 {milliseconds(found.texts)}, the very first {min(found.texts):.2f} s, "
        f"the last {max(found.texts):.2f} s",
        f"{found.from_memory} were paged from memory first, since the line to the database was too long",
        f"{len(found.calls)} calls, the first after {min(found.calls):.2f} s, at most {found.densest} in ten seconds",
    ]


def outages(arguments: argparse.Namespace) -> list[str]:
    """PostgreSQL goes away."""
    found = outage(arguments.how, arguments.seconds)
    sys.stdout.write("\n".join(told_outage(found)) + "\n")
    return found.wrong


def crowds(_arguments: argparse.Namespace) -> list[str]:
    """Two hundred danger signs, on each database."""
    with tempfile.TemporaryDirectory() as folder:
        found = [crowd("SQLite", f"sqlite:///{folder}/crowd.db")]
    server = Postgres(settings=())
    try:
        found.append(crowd("PostgreSQL", server.url(server.new())))
    finally:
        server.close()
    sys.stdout.writelines("\n".join(told_crowd(one)) + "\n" for one in found)
    return [f"{one.name}: {line}" for one in found for line in one.wrong]


def replicas(arguments: argparse.Namespace) -> list[str]:
    """One of two replicas is killed for good, again and again."""
    found = killed(arguments.times, arguments.seed)
    line = f"{len(found.seconds)} kills: the dead one's case goes on after {middle(found.seconds):.2f} s (median), "
    sys.stdout.write(f"{line}{max(found.seconds):.2f} s at most\n")
    return found.wrong


STORMS = {"outage": outages, "crowd": crowds, "replica": replicas}


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("storm", choices=STORMS)
    parser.add_argument("--how", choices=("stop", "freeze"), default="stop", help="outage: what befalls the database")
    parser.add_argument("--seconds", type=float, default=60.0, help="outage: for how long")
    parser.add_argument("--times", type=int, default=12, help="replica: how many kills")
    parser.add_argument("--seed", type=int, default=1, help="replica: of the moments")
    arguments = parser.parse_args()
    wrong = STORMS[arguments.storm](arguments)
    sys.stdout.writelines(f"WRONG {line}\n" for line in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
