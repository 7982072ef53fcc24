"""`python tools/storm.py outage`: one storm on real processes. See docs/storms.md."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tools.benchmarks.numbers import milliseconds  # noqa: E402
from tools.benchmarks.outage import Outage, outage  # noqa: E402


def told(found: Outage) -> str:
    """One outage, as a person wants it."""
    lines = [
        f"{found.how}: {len(found.sent.delays)} texts, {len(found.sent.flags)} of them danger signs",
        f"reply p50 / p95 / p99 {milliseconds(found.sent.delays)}, slowest {max(found.sent.delays):.2f} s",
        f"first page by text p50 / p95 / p99 {milliseconds(found.paged)}, slowest {max(found.paged):.2f} s",
        f"{found.calls} calls; handed over {found.handed_over:.1f} s after the last text",
        *(f"WRONG {line}" for line in found.wrong),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("storm", choices=("outage",))
    parser.add_argument("--how", choices=("stop", "freeze"), default="stop")
    parser.add_argument("--seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    found = outage(arguments.how, arguments.seconds)
    sys.stdout.write(told(found))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
