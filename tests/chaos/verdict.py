"""The verdict over killed processes, from the rows and from what Twilio got: what is wrong, and what a kill explains.

After a sleep only the highest rung that is due runs (`flows.ladder`): a rung may be skipped exactly when nobody lived
long enough to page it before the next one was due.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqlmodel import Session, col, select

from bot.desk.desk import Desk
from flows.case import Case, CaseState
from flows.rungs import LADDER, round_length
from flows.words import Level
from storage.cases import overdue, policy_of
from storage.database import Database
from storage.events import first_broken
from storage.tables import CaseEventRow, CaseRow, ContactRow, OutboxRow, PageRow
from storage.vault import vault_of
from tests.chaos.absences import Absences

# A process that has just answered finds what is due within this, on a machine that does much else.
LONG_ENOUGH = timedelta(seconds=5)
LATE = timedelta(seconds=10)
LEFT = timedelta(seconds=60)  # a page whose lease ran out so long ago is left by everybody
NAMES = [rung.name for rung in LADDER]


@dataclass(frozen=True)
class Told:
    """A red flag that was answered: its sign, and how long that took."""

    sign: str
    seconds: float


class Paged(NamedTuple):
    """One rung that was paged."""

    at: datetime
    rung: str


@dataclass
class Verdict:
    """`quiet` is when the last process was back."""

    database: Database
    desk: Desk
    absences: Absences
    answered: Mapping[str, Told]
    quiet: datetime
    skipped: int = field(default=0, init=False)
    climbed: int = field(default=0, init=False)
    repeated: int = field(default=0, init=False)

    def wrong(self) -> list[str]:
        """All that is wrong now."""
        self.skipped = self.climbed = self.repeated = 0
        with self.database.reading() as db:
            return [*self._lost(db), *self._stuck(db), *self._unpaged(db), *self._repeats()]

    def figures(self) -> str:
        """What was found, for a person."""
        return (
            f"{self.climbed} rungs paged, {self.skipped} skipped while nobody lived, "
            f"{self.repeated} sends repeated by a kill"
        )

    def _lost(self, db: Session) -> Iterator[str]:
        rows = db.exec(select(CaseRow, ContactRow.phone_key).join(ContactRow, col(ContactRow.id) == CaseRow.contact_id))
        cases = {key: row for row, key in rows}
        vault = vault_of(db)
        for phone, told in self.answered.items():
            row = cases.get(vault.lookup(phone))
            if row is None or told.sign not in row.signs:
                yield f"red flag lost: {told.sign} of {phone}"
            elif first_broken(db, row.id) is not None:
                yield f"the events of case {row.code} are not whole"

    def _stuck(self, db: Session) -> Iterator[str]:
        now = datetime.now(UTC)
        late = overdue(db, now, LATE)
        if late:
            yield f"{late} cases are past their due time"
        sending = select(OutboxRow.id).where(OutboxRow.status == "sending", col(OutboxRow.lease_until) < now - LEFT)
        waiting = select(OutboxRow.id).where(OutboxRow.status == "waiting", col(OutboxRow.due_at) < now - LEFT)
        for row_id in [*db.exec(sending), *db.exec(waiting)]:
            yield f"{row_id} hangs in the outbox"

    def _unpaged(self, db: Session) -> Iterator[str]:
        pages: dict[str, dict[Paged, None]] = {}
        for page in db.exec(select(PageRow).order_by(col(PageRow.at))):
            pages.setdefault(page.case_id, {})[Paged(page.at, page.rung)] = None
        for row in db.exec(select(CaseRow).where(CaseRow.level >= Level.URGENT)):
            mine = list(pages.get(row.id, {}))
            if not mine:
                yield f"case {row.code} was never paged"
            for start, end in pairwise([*_beginnings(db, row), datetime.max.replace(tzinfo=UTC)]):
                yield from self.skips(row.code, policy_of(row), start, [one for one in mine if start <= one.at < end])
            if row.state == CaseState.open.value and row.opened_at < self.quiet:
                paged = {one.rung for one in mine if one.at >= self.quiet}
                missing = [rung for rung in NAMES if rung not in paged]
                if missing:
                    yield f"case {row.code} was not paged on {missing} in a round without kills"

    def skips(self, code: str, policy: Case, start: datetime, pages: list[Paged]) -> Iterator[str]:
        """Rungs that were left out, or run twice, without a reason. Positions count them since the ladder began."""
        before = -1
        for one in pages:
            here = _position(policy, start, one)
            if here <= before:
                yield f"case {code} was paged on {one.rung} twice in one round, at {one.at:%H:%M:%S}"
            for missed in range(before + 1, here):
                self.skipped += 1
                due, over = _due(policy, start, missed), _due(policy, start, missed + 1)
                if self.absences.somebody_lived(due, over, LONG_ENOUGH):
                    yield f"case {code} skipped {NAMES[missed % len(NAMES)]}, due at {due:%H:%M:%S}"
            self.climbed += 1
            before = here

    def _repeats(self) -> Iterator[str]:
        """What Twilio got more than once for one row: only a kill between its answer and our record explains it."""
        with self.desk.exchange.lock:
            sent = [(one.callback, one.created) for one in self.desk.exchange.messages.values()]
            calls = self.desk.exchange.calls.values()
            sent += [(call.callback.url, call.created) for call in calls if call.callback]
        count = Counter(url for url, _ in sent if "/twilio/status/" in url)
        for url in [url for url, times in count.items() if times > 1]:
            times = sorted(at for one, at in sent if one == url)
            for first, second in pairwise(times):
                self.repeated += 1
                if not self.absences.killed_between(first, second):
                    yield f"{url} was sent twice, at {first:%H:%M:%S} and {second:%H:%M:%S}, and nobody was killed"


def _beginnings(db: Session, row: CaseRow) -> list[datetime]:
    """When its ladder began, and began anew because it was raised."""
    raised = select(CaseEventRow.at).where(CaseEventRow.case_id == row.id, CaseEventRow.kind == "raised")
    return sorted({row.opened_at, policy_of(row).paging_since or row.opened_at, *db.exec(raised)})


def _due(policy: Case, start: datetime, position: int) -> datetime:
    rounds, index = divmod(position, len(LADDER))
    return start + timedelta(seconds=rounds * round_length(policy) + LADDER[index].at(policy.timings))


def _position(policy: Case, start: datetime, page: Paged) -> int:
    """Which rung this page was: the latest of that name that was due by then."""
    index, length = NAMES.index(page.rung), round_length(policy)
    waited = (page.at - _due(policy, start, index)).total_seconds()
    return index + max(int(waited // length), 0) * len(LADDER)
