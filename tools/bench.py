"""`make bench`: SQLite and PostgreSQL in one run, as ratios to a bare minimum; writes docs/bench.md.

Exit 1 if a first page left later than a second after its danger sign (99th percentile), or not at all.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.postgres import Postgres
from tools.benchmarks.measures import EVERY, FLAG_SECONDS, RATE, RUNS, Pages, Turns, pages, screening, turns
from tools.benchmarks.numbers import middle, milliseconds, spread
from tools.benchmarks.stored import fill
from tools.served import ROOT

REPORT = ROOT / "docs/bench.md"
LATEST = 1.0  # seconds: the promise for a first page
SLOW = 0.3  # seconds that a slow Twilio takes to answer
HEAD = """# Benchmarks

What `make bench` measured on {when}, on {machine}. Every number of a table was measured in the same run; other
machines give other numbers, so compare the ratios. Product, sender, bare minimum and the Twilio that takes the pages
are processes of their own, over real sockets; every text is signed. PostgreSQL writes to disk as it ships (fsync on).

*Bare minimum* = FastAPI, the signature, one read-modify-write transaction on the same database, a constant reply: no
screen, no conversation, no case, no encryption (`tools/benchmarks/bare.py`).

"""


class Row:
    """The results on one database."""

    def __init__(self, name: str, turned: Turns, paged: Pages, slow: Pages) -> None:
        self.name, self.turned, self.paged, self.slow = name, turned, paged, slow

    @property
    def fit(self) -> bool:
        """Every text was answered, and every first page left in time."""
        failed = [line for sent in (*self.turned.product, self.paged.load, self.slow.load) for line in sent.failed]
        sys.stderr.writelines(f"{self.name}: {line}\n" for line in failed[:5])
        return not failed and max(self.paged.p99, self.slow.p99) <= LATEST

    def cells(self) -> list[str]:
        """The cells of its column."""
        product = [len(sent.delays) / sent.seconds for sent in self.turned.product]
        bare = [len(sent.delays) / sent.seconds for sent in self.turned.bare]
        delays = [delay for sent in self.turned.product for delay in sent.delays]
        plain = [delay for sent in self.turned.bare for delay in sent.delays]
        return [
            self.name,
            spread(product),
            spread(bare),
            f"**{middle(product) / middle(bare):.2f}**",
            milliseconds(delays),
            milliseconds(plain),
            milliseconds(self.paged.load.delays),
            *_page_cells(self.paged),
            *_page_cells(self.slow),
            f"{self.turned.before} → {self.turned.after} MB",
        ]


NAMES = (
    "",
    f"texts/s, 16 senders, median of {RUNS} (lowest–highest)",
    "the bare minimum's texts/s",
    "ratio",
    "reply p50 / p95 / p99, 16 senders",
    "the bare minimum's",
    f"reply p50 / p95 / p99 at {RATE:.0f} texts/s",
    "danger signs, first pages that never left",
    "danger sign → page by text p50 / p95 / p99",
    "danger sign → page by call p50 / p95 / p99",
    f"the same with a Twilio that takes {SLOW * 1000:.0f} ms: danger signs, never left",
    "by text",
    "by call",
    f"memory before → after the {RUNS} runs",
)


def _page_cells(paged: Pages) -> list[str]:
    return [f"{paged.flags}, {paged.missing}", milliseconds(paged.texts), milliseconds(paged.calls)]


def measured(name: str, urls: Iterator[str]) -> Row:
    """All measurements on one database; each gets an empty one."""
    sys.stdout.write(f"{name}: texts per second …\n")
    sys.stdout.flush()
    turned = turns(next(urls), next(urls))
    sys.stdout.write(f"{name}: first pages, {FLAG_SECONDS:.0f} s at {RATE:.0f} texts/s, twice …\n")
    sys.stdout.flush()
    return Row(name, turned, pages(next(urls)), pages(next(urls), SLOW))


@contextmanager
def sqlite_urls() -> Iterator[Iterator[str]]:
    """Files, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        yield (f"sqlite:///{folder}/{number}.db" for number in range(100))


@contextmanager
def postgres_urls() -> Iterator[Iterator[str]]:
    """Databases of one server, one after the other."""
    server = Postgres(settings=())
    try:
        yield (server.url(server.new()) for _ in range(100))
    finally:
        server.close()


def table(rows: list[Row], screened: float) -> str:
    """The report."""
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}"
    columns = list(zip(NAMES, *(row.cells() for row in rows), strict=True))
    lines = ["| " + " | ".join(cells) + " |" for cells in columns]
    lines.insert(1, "|---" * len(columns[0]) + "|")
    flags = f"One text in {EVERY} is a danger sign from a phone of its own; its page goes to one specialist."
    screen = f"Screening one message takes {screened:.0f} µs."
    head = HEAD.format(when=datetime.now(UTC).date(), machine=machine)
    return head + "\n".join(lines) + f"\n\n{flags} {screen}\n"


def stored(count: int) -> int:
    """First pages on a database with so many stored messages, beside an empty one of the same kind; printed only."""
    for name, opened in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        with opened() as urls:
            for messages in (0, count):
                url = next(urls)
                fill(url, messages)
                found = pages(url)
                sys.stdout.write(f"{name}, {messages} stored messages: reply {milliseconds(found.load.delays)}, ")
                sys.stdout.write(f"first page by text {milliseconds(found.texts)}, {found.missing} never left\n")
                sys.stdout.flush()
    return 0


def main() -> int:
    """Measure, print, write the report."""
    if "--million" in sys.argv:
        return stored(1_000_000)
    rows = []
    for name, opened in (("SQLite", sqlite_urls), ("PostgreSQL", postgres_urls)):
        with opened() as urls:
            rows.append(measured(name, urls))
    text = table(rows, screening())
    REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 1 if [row for row in rows if not row.fit] else 0


if __name__ == "__main__":
    sys.exit(main())
