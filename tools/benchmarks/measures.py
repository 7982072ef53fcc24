"""The measurements: texts per second against the bare minimum, the first page after a danger sign, the screen."""

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import col, select

from bot.settings import DESK_SECRET
from flows.screen.lexicon import parse
from flows.screen.read import read
from main import read_content
from storage.database import Database
from storage.tables import CaseRow, ContactRow, OutboxRow
from tools.benchmarks.center import center
from tools.benchmarks.load import DANGER, ORDINARY, Order, Sent
from tools.benchmarks.numbers import percentile
from tools.benchmarks.processes import arrivals, bare, receiver, resident, send
from tools.benchmarks.rows import spoken_for
from tools.served import served

RUNS, SECONDS = 3, 5.0
RATE, FLAG_SECONDS, EVERY = 50.0, 26.0, 4
SETTLE = 6.0  # seconds after the last text, for what is still under way; three calls to one phone take three
FIRST = 0  # the priority of a case's first pages in the outbox
SCREENED = 300


@dataclass
class Turns:
    """What was sent to the product and to the bare minimum, run by run, and the product's memory in MB."""

    product: list[Sent] = field(default_factory=list)
    bare: list[Sent] = field(default_factory=list)
    before: int = 0
    after: int = 0


@dataclass
class Pages:
    """How long after each text with a danger sign its first page left us, by text and by call, in seconds.

    The texts are judged: calls wait for one another by design, since an account starts one a second.
    """

    flags: int
    texts: list[float]
    calls: list[float]
    load: Sent

    @property
    def missing(self) -> int:
        """Danger signs for which no text, or no call, ever left."""
        return 2 * self.flags - len(self.texts) - len(self.calls)

    @property
    def p99(self) -> float:
        """Of the first page by text; with a danger sign that nobody was texted or called for it counts as for ever."""
        return float("inf") if self.missing else percentile(self.texts, 0.99)


def turns(url: str, bare_url: str) -> Turns:
    """Signed texts as fast as sixteen senders go, in turn to the product and to the bare minimum."""
    found = Turns()
    with (
        tempfile.TemporaryDirectory() as folder,
        receiver() as carrier,
        bare(bare_url) as other,
        served(Path(folder), center("Bench"), _settings(url, carrier)) as helpline,
    ):
        found.before = resident(helpline.process)
        for run in range(RUNS):
            first = run * 100_000
            found.product.append(send(Order(helpline.url, SECONDS, first=first)))
            found.bare.append(send(Order(other, SECONDS, first=first)))
        found.after = resident(helpline.process)
    return found


def pages(url: str, delay: float = 0.0) -> Pages:
    """Danger signs among texts that come whether we are ready or not; `delay` = how long Twilio takes to answer."""
    with (
        tempfile.TemporaryDirectory() as folder,
        receiver(delay) as carrier,
        served(Path(folder), center("Bench"), _settings(url, carrier)) as helpline,
    ):
        load = send(Order(helpline.url, FLAG_SECONDS, rate=RATE, every=EVERY))
        time.sleep(SETTLE)
        came = {str(one["row"]): float(one["at"]) for one in reversed(arrivals(carrier))}
    return _matched(url, load, came)


def _matched(url: str, load: Sent, came: Mapping[str, float]) -> Pages:
    """Which page belongs to which text is known by our own rows: a page names no patient."""
    database = Database(url, [DESK_SECRET])
    query = (
        select(OutboxRow, ContactRow.phone)
        .join(CaseRow, col(CaseRow.id) == col(OutboxRow.case_id))
        .join(ContactRow, col(ContactRow.id) == col(CaseRow.contact_id))
        .where(OutboxRow.purpose == "page", OutboxRow.priority == FIRST)
    )
    with database.reading() as db:
        rows = db.exec(query).all()
    database.close()
    return matched(load, [(row, phone or "") for row, phone in rows], came)


def matched(load: Sent, rows: Sequence[tuple[OutboxRow, str]], came: Mapping[str, float]) -> Pages:
    """A call that speaks for several cases has one arrival and is the call of each of them."""
    phones = {row.case_id or "": phone for row, phone in rows}
    texts: dict[str, float] = {}
    calls: dict[str, float] = {}
    for row, _ in rows:
        for phone in {phones.get(case_id, "") for case_id in spoken_for(row)} & load.flags.keys():
            if row.id in came:
                first = texts if row.kind == "text" else calls
                first[phone] = min(first.get(phone, float("inf")), came[row.id] - load.flags[phone])
    return Pages(len(load.flags), list(texts.values()), list(calls.values()), load)


def screening() -> float:
    """Microseconds to screen one message, the danger sign among ordinary ones."""
    lexicon = parse(read_content())
    texts = [DANGER, *ORDINARY]
    for one in texts:
        read(one, lexicon)
    begin = time.perf_counter()
    for number in range(SCREENED):
        # A different name each time, so that nothing remembered from the last time makes it quicker.
        read(f"{texts[number % len(texts)]} {number}", lexicon)
    return (time.perf_counter() - begin) / SCREENED * 1_000_000


def _settings(url: str, carrier: str) -> dict[str, str]:
    return {"HELPLINE_DATABASE_URL": url, "HELPLINE_TWILIO_API_URL": carrier}
