"""Many danger signs at one moment: how soon is each paged by text, and how many calls does the carrier get?"""

import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import select

from bot.settings import DESK_SECRET
from storage.bundles import BURST
from storage.database import Database
from storage.tables import CaseEventRow, CaseRow, ContactRow, OutboxRow
from tools.benchmarks.center import ANA, BEN, CARLA, center
from tools.benchmarks.load import Order, Sent
from tools.benchmarks.numbers import percentile
from tools.benchmarks.outage import first_pages
from tools.benchmarks.processes import arrivals, receiver, send
from tools.benchmarks.rows import spoken_for
from tools.served import served

CROWD = 200
WATCHED = 40.0  # seconds in which the carrier is watched
CARRIER = 0.15  # seconds that Twilio takes for a request
TEXT_BY, FIRST_BY = 10.0, 1.0  # seconds: what is promised for each case's first text, and for the very first page
STRETCH = 10.0


@dataclass
class Crowd:
    """What came of it. `texts`: seconds from each danger sign to its first page; `calls`: seconds of each call."""

    name: str
    sent: Sent
    texts: list[float] = field(default_factory=list)
    calls: list[float] = field(default_factory=list)
    from_memory: int = 0
    unspoken: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def densest(self) -> int:
        """The most calls in any stretch of ten seconds."""
        return max((sum(0 <= one - begin <= STRETCH for one in self.calls) for begin in self.calls), default=0)


def crowd(name: str, url: str) -> Crowd:
    """A crowd on one database."""
    with (
        tempfile.TemporaryDirectory() as folder,
        receiver(CARRIER, callbacks=True) as carrier,
        served(
            Path(folder),
            center("Crowd", (ANA, BEN, CARLA)),
            {"HELPLINE_DATABASE_URL": url, "HELPLINE_TWILIO_API_URL": carrier},
        ) as product,
    ):
        found = Crowd(name, send(Order(product.url, 0.02, rate=CROWD / 0.02, every=1)))
        time.sleep(WATCHED)
        _look(found, url, arrivals(carrier))
    _judge(found)
    return found


def _look(found: Crowd, url: str, came: list[dict[str, object]]) -> None:
    """Which page was whose is known by our own rows; a bundled call is that of all cases that it spoke for."""
    began = min(found.sent.flags.values())
    times = {str(one["row"]): float(str(one["at"])) for one in reversed(came)}
    database = Database(url, [DESK_SECRET])
    with database.reading() as db:
        phones = {row.id: row.phone or "" for row in db.exec(select(ContactRow))}
        cases = {case.id: phones.get(case.contact_id, "") for case in db.exec(select(CaseRow))}
        rows = list(db.exec(select(OutboxRow).where(OutboxRow.purpose == "page")))
        lost = db.exec(select(CaseEventRow).where(CaseEventRow.kind == "paged_without_database")).all()
        codes = {str((event.detail or {}).get("code")): event.case_id for event in lost}
    database.close()
    first = first_pages(came, {row.id: row.case_id for row in rows}, codes)
    found.texts = [at - found.sent.flags[cases[case_id]] for case_id, at in first.items()]
    found.calls = [float(str(one["at"])) - began for one in came if one["kind"] == "call"]
    spoken = {case_id for row in rows if row.kind == "call" and row.id in times for case_id in spoken_for(row)}
    found.from_memory = len(codes)
    found.unspoken = len(set(cases) - spoken)


def _judge(found: Crowd) -> None:
    late = len(found.sent.flags) - sum(delay <= TEXT_BY for delay in found.texts)
    found.wrong += [f"not answered: {line}" for line in found.sent.failed[:5]]
    found.wrong += [f"{late} cases had no page by text within {TEXT_BY:.0f} s"] if late else []
    found.wrong += ["the very first page was late"] if percentile(found.texts, 0.0) > FIRST_BY else []
    found.wrong += [f"{found.unspoken} cases were in no call"] if found.unspoken else []
    found.wrong += [f"{found.densest} calls in ten seconds"] if found.densest > BURST + STRETCH else []
