"""The roster and the centre's file: every difference is named, and none with a number in it."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from storage.database import Database
from storage.roster import Entry, differences, replace_roster, seed
from tests.conftest import SECRET

ANA = Entry("Ana Ruiz", "+15555550111", 1, ("en", "es"), ("Mon-Fri 07:00-19:00",), "ana@example.org")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            replace(ANA, windows=("Mon-Fri 07:00-20:00",)),
            "on_call Mon-Fri 07:00-20:00 in the file",
        ),
        (replace(ANA, windows=()), "on_call none in the file"),
        (replace(ANA, tier=2), "tier 2 in the file, 1 in the roster"),
        (replace(ANA, name="Ana Ruiz Soto"), "name Ana Ruiz Soto in the file"),
        (replace(ANA, languages=("en",)), "languages en in the file, en,es in the roster"),
        (replace(ANA, email="new@example.org"), "email another in the file"),
        (replace(ANA, children=True), "children True in the file"),
        (replace(ANA, max_cases=5), "max_cases 5 in the file, 2 in the roster"),
        (replace(ANA, phone="+15555550119"), "is in the file, not in the roster"),
    ],
)
def test_every_difference_is_named(database_url: str, changed: Entry, said: str) -> None:
    """Whatever was edited in the file is named until it is taken over, without numbers and addresses."""
    database = Database(database_url, [SECRET])

    def play(db: Session) -> tuple[list[str], list[str], list[str]]:
        seed(db, [ANA])
        same, lines = differences(db, [ANA]), differences(db, [changed])
        replace_roster(db, [changed])
        return same, lines, differences(db, [changed])

    same, lines, after = database.retrying(play)
    database.close()

    assert said in " ".join(lines)
    assert (same, after) == ([], [])
    assert not any("+1555" in line or "@" in line for line in lines)
