"""`python tools/chaos.py --schedules 10000 --seed 1 --processes 2`: fault schedules by the thousand.

Prints the seed, the progress, and for what fails the shortest schedule that still does; see docs/chaos.md.
"""

import argparse
import gc
import logging
import multiprocessing
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.shelf import make_library
from main import read_content
from storage.database import Database
from tests.chaos.kills import killed
from tests.chaos.playhouse import FOLDER, Playhouse
from tests.chaos.run import Failure, run, run_seed, seed_in, shrunk
from tests.chaos.step import read_script, write_script
from tests.house import SECRET
from tests.postgres import Postgres

REPORT_EVERY = 15.0  # seconds
NIGHTS = 10  # between two clearings of memory


class Stall:
    """What one process needs for all of its schedules."""

    house: Playhouse
    nights = 0


def prepare(folder: Path) -> Path:
    """A migrated, empty database, to be copied."""
    path = folder / "template.db"
    database = Database(f"sqlite:///{path}", [SECRET])
    database.migrate()
    _ = database.vault
    database.close()
    return path


def begin(template: str) -> None:
    """A process begins."""
    logging.getLogger().addHandler(logging.NullHandler())
    logging.raiseExceptions = False
    # Each process plays in a folder of its own.
    folder = Path(template).parent / str(os.getpid())
    Stall.house = Playhouse(make_library(read_content()), Path(template), folder)
    # The content lives as long as the process, and what a night leaves behind is cleared after some nights: there is
    # no need to look for it again and again in the middle of one.
    gc.freeze()
    gc.disable()


def one(seed: int) -> Failure | None:
    """One schedule."""
    failure = run_seed(Stall.house, seed)
    Stall.nights += 1
    if Stall.nights % NIGHTS == 0:
        gc.collect()
    return failure


def seeds(first: int, count: int) -> list[int]:
    """The seeds of all schedules of one run."""
    rng = random.Random(first)
    return [rng.randrange(2**32) for _ in range(count)]


def every(arguments: argparse.Namespace, template: Path) -> Iterator[Failure | None]:
    """The outcome of each schedule, as they come."""
    wanted = seeds(arguments.seed, arguments.schedules)
    if arguments.processes == 1:
        begin(str(template))
        yield from map(one, wanted)
        return
    with multiprocessing.Pool(arguments.processes, begin, (str(template),)) as pool:
        yield from pool.imap_unordered(one, wanted, chunksize=4)


def many(arguments: argparse.Namespace, template: Path) -> int:
    """Run them all; the exit code."""
    print(f"{arguments.schedules} schedules, --seed {arguments.seed}, {arguments.processes} processes", flush=True)
    began = said = time.monotonic()
    laws: Counter[str] = Counter()
    first: dict[str, Failure] = {}
    done = 0
    for failure in every(arguments, template):
        done += 1
        if failure is not None:
            laws[failure.law] += 1
            if first.setdefault(failure.law, failure) is failure:
                print(f"BROKEN {failure.why} (schedule {failure.seed})", flush=True)
        if time.monotonic() - said > REPORT_EVERY:
            said = time.monotonic()
            rate = done / (said - began)
            left = (arguments.schedules - done) / rate
            print(f"{done} done, {rate:.1f}/s, {left / 60:.1f} min left, {sum(laws.values())} failed", flush=True)
        if failure is not None and arguments.stop:
            break
    seconds = time.monotonic() - began
    print(f"{done} schedules in {seconds:.0f} s ({done / seconds:.2f}/s), {sum(laws.values())} failed: {dict(laws)}")
    print(f"processor time: {spent():.0f} s, {spent() / done:.2f} s a schedule", flush=True)
    for failure in first.values():
        show(failure, template, arguments.shrink)
    return 1 if laws else 0


def spent() -> float:
    """Seconds of processor time, of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def show(failure: Failure, template: Path, shrink: bool) -> None:
    """Print the shortest schedule that fails in the same way, and keep it in a file."""
    begin(str(template))
    if shrink:
        failure = shrunk(failure, lambda steps: run(Stall.house, failure.seed, steps))
    script = write_script(failure.steps, (failure.why.splitlines()[0], f"seed {failure.seed}"))
    path = Path("build/chaos") / f"{failure.law.replace(' ', '_')}-{failure.seed}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(script, encoding="utf-8")
    print(f"\n{failure.why}\n{script}replay with: tools/chaos.py --replay {path}", flush=True)


def replay(path: Path, template: Path) -> int:
    """Play a script from a file; its seed is in its comment."""
    text = path.read_text(encoding="utf-8")
    begin(str(template))
    failure = run(Stall.house, seed_in(text), read_script(text))
    print(failure.why if failure else "no law is broken")
    return 1 if failure else 0


def kill(arguments: argparse.Namespace, folder: Path) -> int:
    """SIGKILLs on real processes: one on SQLite, two replicas on PostgreSQL."""
    print(f"{arguments.kills} kills on {arguments.database}, --seed {arguments.seed}", flush=True)
    if arguments.database == "sqlite":
        wrong = killed(folder, f"sqlite:///{folder}/helpline.db", 1, arguments.kills, arguments.seed, print)
    else:
        server = Postgres()
        try:
            url = server.url(server.new())
            wrong = killed(folder, url, 2, arguments.kills, arguments.seed, print)
        finally:
            server.close()
    for line in wrong[:20]:
        print(line)
    return 1 if wrong else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=200)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--replay", type=Path, help="play one script")
    parser.add_argument("--stop", action="store_true", help="stop at the first failure")
    parser.add_argument("--shrink", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--kills", type=int, default=0, help="kill real processes so many times instead")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite", help="for --kills")
    arguments = parser.parse_args()
    if arguments.seed is None:
        arguments.seed = random.randrange(2**32)
    with tempfile.TemporaryDirectory(prefix="chaos-", dir=FOLDER) as folder:
        if arguments.kills:
            return kill(arguments, Path(folder))
        template = prepare(Path(folder))
        return replay(arguments.replay, template) if arguments.replay else many(arguments, template)


if __name__ == "__main__":
    sys.exit(main())
