"""What specialists text: the words behind a command belong to the case, whatever becomes of the command."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from flows.library import Library
from storage.events import events_of
from storage.tables import CaseRow
from tests.house import PEOPLE, House, center, house

WORDS = "spoke with her husband, she is on her way"


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    with house(library, database_url, record, center()) as made:
        yield made


@pytest.mark.parametrize("letter", ["A", "P", "D"])
@pytest.mark.parametrize("taken", [True, False], ids=["taken", "untaken"])
def test_words_behind_a_command_are_kept(at: House, letter: str, taken: bool) -> None:
    """A note in a specialist's text is in the case, under their name, also where the command can't be done."""
    player = at.player()
    player.play("patient texts: she has a fever of 102.5")
    code = re.findall(r"\bA (\d{4})\b", at.desk.phone(PEOPLE["ana"]).inbox[0].body)[0]
    if taken:
        player.play(f"ana texts: A {code}")

    at.stage.phone(PEOPLE["ana"]).texts(f"{letter} {code} {WORDS}")

    with at.world.database.reading() as db:
        events = events_of(db, db.exec(select(CaseRow)).one().id)
    assert [(event.detail or {}).get("words") for event in events if event.kind == "note"] == [WORDS]
