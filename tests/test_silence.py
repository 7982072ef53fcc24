"""Silence after a sign, in the whole product: people who name a sign and are not heard of again.

All of them: `ALL=1 pytest tests/test_silence.py`; else each sign takes turns through the ways.
"""

import os
from itertools import cycle, product
from pathlib import Path

from sqlmodel import col, select

from flows.library import Library
from storage.tables import CaseRow, PageRow
from tests.dangers import DANGERS, DOUBTS
from tests.house import House, house

# What they did before they named it: nothing, or a walk through the menus. A text, or a key on a call.
BEFORE = ((), ("1",), ("2",), ("2", "1"), ("3",), ("4",), ("9", "1"))
NAMED = tuple(text for one in (*DOUBTS, *DANGERS) for text in (one.en, one.es))
SAMPLE = 14
MOST_SECONDS = 240


def texting(at: House, number: str, before: tuple[str, ...], words: str) -> None:
    """They text their way there and name it."""
    for text in before:
        at.desk.phone(number).texts(text)
    at.desk.phone(number).texts(words)


def calling(at: House, number: str, before: tuple[str, ...], words: str) -> None:
    """They call, press their way there, name it, and hang up."""
    phone = at.desk.phone(number)
    phone.calls()
    for key in before:
        phone.presses(key)
    phone.speaks(words)
    phone.hangs_up()


def test_who_goes_silent_after_a_sign_is_paged_for(library: Library, sqlite_url: str, record: Path) -> None:
    """Whatever they did before, and by text or call: within four minutes a page has left for each of them."""
    everyone = product(NAMED, BEFORE, (texting, calling))
    ways = cycle(product(BEFORE, (texting, calling)))
    people = list(everyone) if os.environ.get("ALL") else [(text, *next(ways)) for text in NAMED[:SAMPLE]]
    with house(library, sqlite_url, record) as at:
        for place, (words, before, act) in enumerate(people):
            act(at, f"+1555556{place:04}", before, words)
        at.stage.wait(MOST_SECONDS)
        with at.world.database.reading() as db:
            paged = set(db.exec(select(PageRow.case_id).where(col(PageRow.rung) != "task")))
            cases = set(db.exec(select(CaseRow.id)))
    assert len(cases) == len(people)
    assert cases <= paged


def test_a_sign_after_a_call_back_was_promised_is_paged_for(library: Library, sqlite_url: str, record: Path) -> None:
    """A call-back on the next working day is no answer to a sign that is named later: it asks, and then pages."""
    with house(library, sqlite_url, record) as at:
        patient = at.desk.phone("+15555550171")
        for text in ("hi", "4", "2"):
            patient.texts(text)
        before = at.cases()
        patient.texts("i threw up twice")
        at.stage.wait(10)
        asked = at.cases()
        at.stage.wait(120)  # the clock of the deciding answer, before that of silence
        after = at.cases()
    assert [" ".join(one[0].split()[2:4]) for one in (before, asked, after)] == [
        "routine open",
        "same_day open",
        "urgent open",
    ]
