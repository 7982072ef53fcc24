"""The ledger: all that was promised to patients in one run, written down from outside, and the laws over it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlmodel import Session, col, select

from bot.desk.desk import Desk
from bot.lifeline.lifeline import Lifeline
from bot.lifeline.lost import KIND, code_of
from flows.case import CaseState
from flows.telling import tell_at
from flows.words import Level
from storage.cases import OPEN, overdue, policy_of
from storage.database import Database
from storage.events import first_broken
from storage.tables import CaseEventRow, CaseRow, ContactRow, OutboxRow, PageRow
from storage.vault import vault_of
from tests.chaos.points import Points
from tests.chaos.words import FLAGS, PATIENTS, PRIVATE, STAFF

SLACK = timedelta(seconds=30)
PAGE = re.compile(r"\bA \d{4}\b")
OURS = ("11200",)  # a webhook without an answer: the fault was put there


class Violation(AssertionError):
    """A law was broken. `law` names it."""

    def __init__(self, law: str, why: str) -> None:
        super().__init__(f"{law}: {why}")
        self.law = law


@dataclass
class Story:
    """What has become of one case so far, told by its events."""

    code: str
    level: int
    phase: str = "open"
    owner: str | None = None
    seen: int = 0


@dataclass
class Flag:
    """One red flag that was answered: whose, when, which sign.

    `at_risk`: neither database nor disk took it, so that it is in memory alone; how many processes had died by then.
    """

    sid: str
    phone: str
    at: datetime
    sign: str
    at_risk: int | None = None


@dataclass
class Ledger:
    """`broken` collects what is wrong as it is seen, also where the product would swallow an exception.

    `unkept` is the only answer that may be given to what neither the database nor the disk has taken.
    """

    witness: Database
    desk: Desk
    clock: Callable[[], datetime]
    points: Points
    unkept: str
    broken: list[Violation] = field(default_factory=list)
    flags: dict[str, Flag] = field(default_factory=dict)
    replies: dict[str, tuple[str, bool]] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    # How often the database had failed the product when it last answered.
    refused: int = 0

    def breaks(self, law: str, why: str) -> None:
        """A law is broken."""
        self.broken.append(Violation(law, f"{why} (at {self.clock():%H:%M:%S})"))

    def judge(self) -> None:
        """End the run at the first broken law."""
        if self.broken:
            raise self.broken[0]

    # What leaves the product

    def sends(self, request: httpx.Request) -> str:
        """A REST request is about to leave; the id of its outbox row."""
        if request.method != "POST":
            return ""
        form = {name: values[0] for name, values in parse_qs(request.read().decode(), keep_blank_values=True).items()}
        row = form.get("StatusCallback", "").rpartition("/")[2]
        urls = " ".join(form.get(name, "") for name in ("Url", "StatusCallback"))
        self._private(urls + str(request.url), form)
        if row == "lost":
            self._once(form, None)
        elif row:
            with self.witness.reading() as db:
                self._page(db, row, form)
        return row

    def _private(self, urls: str, form: Mapping[str, str]) -> None:
        to_staff = form.get("To") in STAFF.values()
        text = (urls + (form.get("Body", "") if to_staff else "")).casefold()
        said = [one for one in (*PRIVATE, *(phone[2:] for phone in PATIENTS.values())) if one in text]
        # A token is opaque letters: a short word may stand in it by chance.
        if said and (to_staff or "/lost/" not in urls) and not ("/lost/" in urls and len(said[0]) < 7):
            self.breaks("privacy", f"{said} in {form.get('Body') or urls}")

    def _page(self, db: Session, row_id: str, form: Mapping[str, str]) -> None:
        row = db.get(OutboxRow, row_id)
        if row is None or row.purpose != "page" or row.case_id is None:
            return
        case = db.get_one(CaseRow, row.case_id)
        if case.state != CaseState.open.value and not self.points.within:
            self.breaks("paged for nothing", f"{row.kind} for case {case.code}, which is {case.state}")
        if row.kind == "text":
            self._once(form, case.code)
        elif self.desk.phone(form["To"]).joined_with:
            self.breaks("busy", f"a page call to {form['To']}, who talks with a patient")

    def _once(self, form: Mapping[str, str], code: str | None) -> None:
        body = form.get("Body")
        found = PAGE.findall(body or "")
        if body is not None and (len(found) != 1 or (code is not None and found != [f"A {code}"])):
            self.breaks("page text", f"{body!r} should have one A {code or '9xxx'}")

    # What the product answers

    def answered(
        self, url: str, form: Mapping[str, str], status: int, body: str, lifelines: Sequence[Lifeline]
    ) -> None:
        """A webhook was answered."""
        path = urlsplit(url).path
        if status != 200 or path != "/twilio/sms":
            if status >= 500:
                self.breaks("never a 5xx", f"{status} for {path}")
            return
        sid, text = form["MessageSid"], form["Body"]
        with self.witness.reading() as db:
            kept = lifelines[0].spool.note(KIND, sid) is not None
            self._same(sid, body, kept)
            if text in FLAGS and form["From"] in PATIENTS.values():
                self.flags[sid] = Flag(sid, form["From"], self.clock(), FLAGS[text])
                self._kept(db, self.flags[sid], body, kept, lifelines)
                if "<Message" not in body:
                    self.breaks("answered", f"a red flag got {body!r}")

    def _same(self, sid: str, body: str, kept: bool) -> None:
        before = self.replies.get(sid)
        kept = kept or self.points.is_down or self.points.refused != self.refused
        self.refused = self.points.refused
        # Without the database nobody can know what was said before: such an answer may be another one.
        if before is not None and before[0] != body and not before[1] and not kept:
            self.breaks("same reply", f"{before[0][-300:]!r} and then {body[-300:]!r}")
        if before is not None and not body.strip():
            self.breaks("same reply", "nothing at all for a repeat")
        self.replies[sid] = (body, kept)

    def _kept(self, db: Session, flag: Flag, body: str, kept: bool, lifelines: Sequence[Lifeline]) -> None:
        row = self.case_of(db, flag.phone)
        if row is not None and row.level >= Level.URGENT and flag.sign in row.signs:
            self._with_page(db, row, flag)
            return
        code = code_of(flag.sid)
        paging = any(code in one.open_codes() or one.taken_by(code) for one in lifelines)
        flag.at_risk = self.points.deaths if not kept else None
        if not paging or not (kept or body == self.unkept):
            signs = row.signs if row else None
            self.breaks("red flag lost", f"{flag.sign} is not in the case ({signs}), kept: {kept}, paging: {paging}")

    def _with_page(self, db: Session, row: CaseRow, flag: Flag) -> None:
        policy = policy_of(row)
        if row.state != CaseState.open.value:
            return
        since = policy.paging_since or policy.since
        query = select(PageRow.id).where(PageRow.case_id == row.id, col(PageRow.at) >= since)
        if db.exec(query.limit(1)).first() is None:
            self.breaks("page with the reply", f"case {row.code} was answered for {flag.sign} without a page")

    def case_of(self, db: Session, phone: str) -> CaseRow | None:
        """The newest case of a phone; of two at one moment, the one that is open."""
        key = vault_of(db).lookup(phone)
        order = (col(CaseRow.opened_at).desc(), col(CaseRow.closed_at).is_not(None))
        query = select(CaseRow).join(ContactRow, col(ContactRow.id) == CaseRow.contact_id)
        return db.exec(query.where(ContactRow.phone_key == key).order_by(*order)).first()

    # What the rows say

    def look(self) -> None:
        """Hold all laws against the rows as they are; call it when nothing is due."""
        if not self.points.is_down:
            with self.witness.reading() as db:
                for row in db.exec(select(CaseRow)):
                    self._read(db, row)
                    self._due(row)
                    self._told(db, row)
                if overdue(db, self.clock(), timedelta(seconds=10)):
                    self.breaks("overdue", "a case is past its due time")
        self._problems()
        self.judge()

    def _due(self, row: CaseRow) -> None:
        if row.state in OPEN and (row.due_at is None or row.due_at < self.clock() - timedelta(seconds=10)):
            self.breaks("due time", f"case {row.code} is {row.state} and due at {row.due_at}")

    def _read(self, db: Session, row: CaseRow) -> None:
        story = self.stories.setdefault(row.id, Story(row.code, row.level))
        if row.level < story.level:
            self.breaks("level", f"case {row.code} fell from {story.level} to {row.level}")
        story.level = row.level
        query = select(CaseEventRow).where(CaseEventRow.case_id == row.id, col(CaseEventRow.id) > story.seen)
        for event in db.exec(query.order_by(col(CaseEventRow.id))):
            story.seen = event.id or 0
            self._event(story, event)

    def _event(self, story: Story, event: CaseEventRow) -> None:
        kind, key = event.kind, (event.detail or {}).get("key")
        if kind == "paged" and story.phase != "open":
            self.breaks("paged for nothing", f"case {story.code} was paged while it was {story.phase}")
        rules = (event.detail or {}).get("rules", [])
        if kind == "danger" and story.phase == "reached" and any(one.startswith("silence") for one in rules):
            self.breaks("reached is reached", f"silence opened case {story.code} again: {rules}")
        if kind == "accepted":
            if story.owner not in (None, event.actor):
                self.breaks("one owner", f"case {story.code} was accepted by two")
            story.owner, story.phase = event.actor, "accepted"
        elif kind in ("raised", "danger") or (kind == "told" and key == "not_reached"):
            # Whether a danger opens it again is the policy's business; a page without one is not.
            story.owner, story.phase = None, "open" if story.phase != "closed" else "closed"
        elif kind == "passed" and story.phase != "reached":
            story.owner, story.phase = None, "open"
        elif kind in ("reached", "closed"):
            story.phase = kind

    def _told(self, db: Session, row: CaseRow) -> None:
        policy = policy_of(row)
        if policy.state is not CaseState.open or policy.level < Level.URGENT or policy.slowed:
            return
        since = policy.paging_since or policy.since
        tells = 1 if policy.level is Level.URGENT else 0
        after, key = tell_at(policy.level, policy.timings, tells)
        if key != "nobody" or self.clock() < since + timedelta(seconds=after) + SLACK:
            return
        query = select(CaseEventRow).where(CaseEventRow.case_id == row.id, CaseEventRow.kind == "told")
        events = db.exec(query.where(col(CaseEventRow.at) >= since)).all()
        if not any(one.detail.get("key") == "nobody" for one in events):
            self.breaks(
                "told", f"nobody has taken case {row.code} since {since:%H:%M:%S}, and the patient was not told"
            )

    def _problems(self) -> None:
        for problem in self.desk.problems:
            if str(problem.code) not in OURS or not any(one in problem.words for one in ("HTTP ct", "HTTP rt")):
                self.breaks("Twilio", str(problem))

    # At the end

    def close(self) -> None:
        """The laws about a whole run."""
        with self.witness.reading() as db:
            for row in db.exec(select(CaseRow)):
                if first_broken(db, row.id) is not None:
                    self.breaks("chain", f"the events of case {row.code} were changed")
            for flag in self.flags.values():
                died_with_it = flag.at_risk is not None and flag.at_risk < self.points.deaths
                if self.case_of(db, flag.phone) is None and not died_with_it:
                    self.breaks("red flag lost", f"{flag.sign} of {flag.at:%H:%M:%S} is in no case")
        self._repeats()
        self.judge()

    def _repeats(self) -> None:
        callbacks = [one.callback for one in self.desk.exchange.messages.values() if one.direction == "outbound-api"]
        callbacks += [call.callback.url for call in self.desk.exchange.calls.values() if call.callback]
        for url, count in Counter(callbacks).items():
            row = url.rpartition("/")[2]
            if "/twilio/status/" in url and row != "lost" and count > 1 and row not in self.points.ambiguous:
                self.breaks("repeats", f"{count} times {url} without a reason")
