"""A house in which people call; and what may be asked of its database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from sqlmodel import Session, col, select

from bot.desk.phone import Phone
from bot.same_patient import same_patient
from flows.library import Library
from storage.contacts import party_of
from storage.tables import CaseEventRow, CaseRow, LegRow, LinkRow, SpecialistRow
from tests.house import PEOPLE, House, center, house

T = TypeVar("T")


@dataclass
class Line:
    """A house, its phones by name, and its rows."""

    at: House

    def phone(self, name: str) -> Phone:
        """Somebody's phone."""
        return self.at.stage.phone(PEOPLE[name])

    def play(self, script: str) -> str:
        """Play lines of a phone script."""
        return self.at.player().play(script)

    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.at.stage.wait(seconds)

    def ask(self, question: Callable[[Session], T]) -> T:
        """Something about the rows."""
        with self.at.world.database.transaction() as db:
            return question(db)

    def kinds(self) -> list[str]:
        """What happened to the cases, in order."""
        query = select(CaseEventRow.kind).order_by(col(CaseEventRow.id))
        return self.ask(lambda db: list(db.exec(query)))

    def legs(self) -> list[tuple[str, str]]:
        """Every leg's side and state, oldest first."""
        rows = self.ask(lambda db: list(db.exec(select(LegRow).order_by(col(LegRow.began_at)))))
        return [(leg.side, leg.state) for leg in rows]

    def link(self, case_of: str, other: str, role: str, *, told: bool) -> str:
        """A specialist links another phone to the patient of somebody's case."""
        world = self.at.world

        def work(db: Session) -> str:
            contact = party_of(db, PEOPLE[case_of], world.clock()).contact
            row = db.exec(select(CaseRow).where(CaseRow.contact_id == contact.id)).one()
            second = party_of(db, PEOPLE[other], world.clock()).contact
            by = db.exec(select(SpecialistRow).where(SpecialistRow.id == row.owner_id)).one()
            outcome = same_patient(world, db, row.id, second.id, role, by, world.clock())
            link = db.exec(select(LinkRow).where(LinkRow.contact_id == second.id)).one()
            link.may_be_told = told
            return outcome.key

        return self.ask(work)


@pytest.fixture
def line(library: Library, sqlite_url: str, record: Path) -> Iterator[Line]:
    """A house whose phones nobody holds yet."""
    with house(library, sqlite_url, record, center()) as at:
        yield Line(at)
        # What a test has lost on purpose is no problem of the product's.
        assert [one for one in at.desk.problems if "HTTP ct" not in one.words] == []
