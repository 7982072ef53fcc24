"""PostgreSQL goes away in the middle of a load, stopped or frozen, and comes back: who was answered, paged, kept?"""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlmodel import col, select

from bot.settings import DESK_SECRET
from storage.database import Database
from storage.tables import CaseEventRow, CaseRow, ClaimRow, ContactRow, OutboxRow
from tests.postgres import Postgres
from tools.benchmarks.center import center
from tools.benchmarks.load import Order, Sent
from tools.benchmarks.processes import arrivals, receiver, send
from tools.served import served

RATE, EVERY = 20.0, 4
BEFORE, AFTER = 10.0, 15.0  # seconds of load with a database, on either side of the outage
ANSWERED, PAGED = 3.0, 10.0  # seconds: what is promised for each text, and what we ask of a page from memory
SETTLE = 180.0  # seconds within which all must have been handed over
CARRIER = 0.1  # seconds that Twilio takes for a request


@dataclass
class Outage:
    """What came of one outage. `paged`: seconds from each danger sign to its first page by text."""

    how: str
    sent: Sent
    paged: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    calls: int = 0
    handed_over: float = 0.0

    def judge(self) -> None:
        """Hold what came of it against the promises."""
        slow = sum(delay > ANSWERED for delay in self.sent.delays)
        late = sum(delay > PAGED for delay in self.paged)
        self.wrong += [f"not answered: {line}" for line in self.sent.failed[:5]]
        self.wrong += [f"{slow} texts were answered after more than {ANSWERED:.0f} s"] if slow else []
        self.wrong += [f"{late} danger signs were paged after more than {PAGED:.0f} s"] if late else []


def outage(how: str, seconds: float) -> Outage:
    """One outage of a database under load."""
    server = Postgres(settings=())
    url = server.url(server.new())
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            receiver(CARRIER) as carrier,
            served(
                Path(folder), center("Outage"), {"HELPLINE_DATABASE_URL": url, "HELPLINE_TWILIO_API_URL": carrier}
            ) as product,
        ):
            breaker = threading.Thread(target=_break, args=(server, how, seconds))
            breaker.start()
            total = BEFORE + seconds + AFTER
            found = Outage(how, send(Order(product.url, total, rate=RATE, every=EVERY)))
            breaker.join()
            found.handed_over = _settled(product.url)
            _look(found, url, arrivals(carrier))
    finally:
        server.close()
    found.judge()
    return found


def _break(server: Postgres, how: str, seconds: float) -> None:
    time.sleep(BEFORE)
    with _away(server, how):
        time.sleep(seconds)


@contextmanager
def _away(server: Postgres, how: str) -> Iterator[None]:
    if how == "freeze":
        with server.frozen():
            yield
        return
    server.stop()
    try:
        yield
    finally:
        server.start()


def _settled(url: str) -> float:
    """Seconds until nothing lies in the spool any more."""
    began = time.monotonic()
    while time.monotonic() < began + SETTLE:
        state = httpx.get(f"{url}/readyz", timeout=10, trust_env=False).json()
        if state == {"database": "up", "spool": 0}:
            break
        time.sleep(0.2)
    time.sleep(2.0)  # what was handed over last is still being paged
    return time.monotonic() - began - 2.0


def _look(found: Outage, url: str, came: list[dict[str, object]]) -> None:
    """What the database knows of each danger sign, and which page was whose: a page names no patient."""
    database = Database(url, [DESK_SECRET])
    with database.reading() as db:
        phones = {row.id: row.phone or "" for row in db.exec(select(ContactRow))}
        cases = list(db.exec(select(CaseRow)))
        claims = len(db.exec(select(ClaimRow.sid).where(col(ClaimRow.sid).startswith("SM"))).all())
        rows = {row.id: row.case_id for row in db.exec(select(OutboxRow).where(OutboxRow.purpose == "page"))}
        lost = db.exec(select(CaseEventRow).where(CaseEventRow.kind == "paged_without_database")).all()
        codes = {str((event.detail or {}).get("code")): event.case_id for event in lost}
    database.close()
    sender = {case.id: phones.get(case.contact_id, "") for case in cases}
    first = first_pages(came, rows, codes)
    for case_id, phone in sender.items():
        if case_id in first and phone in found.sent.flags:
            found.paged.append(first[case_id] - found.sent.flags[phone])
    found.calls = sum(one["kind"] == "call" for one in came)
    found.wrong += _accounts(found.sent, sender, first, claims)


def first_pages(came: list[dict[str, object]], rows: dict[str, str | None], codes: dict[str, str]) -> dict[str, float]:
    """When the first page by text of each case came, by a row of ours or by a code from memory."""
    first: dict[str, float] = {}
    for one in came:
        code = str(one["Body"]).partition("A 9")[2][:3]
        case_id = rows.get(str(one["row"])) or codes.get(f"9{code}")
        if one["kind"] == "text" and case_id:
            first[case_id] = min(first.get(case_id, float("inf")), float(str(one["at"])))
    return first


def _accounts(sent: Sent, sender: dict[str, str], first: dict[str, float], claims: int) -> list[str]:
    cases = Counter(sender.values())
    texts = len(sent.delays) + len(sent.failed)
    unpaged = [phone for case_id, phone in sender.items() if case_id not in first and phone in sent.flags]
    lost = [phone for phone in sent.flags if phone not in cases]
    doubled = [phone for phone in sent.flags if cases[phone] > 1]
    found = [(lost, "red flags have no case"), (unpaged, "were not paged"), (doubled, "have two cases")]
    wrong = [f"{len(phones)} {what}" for phones, what in found if phones]
    return wrong + ([] if claims == texts else [f"{texts} texts came, {claims} are in the database"])
