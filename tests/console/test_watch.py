"""What open pages are told: a word when something changed, nothing of what it was, and an end when the session ends."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import TypeVar

from pytest import MonkeyPatch
from sqlmodel import Session

from bot.console.watch import Watch
from storage.database import DatabaseDown
from tests.console.conftest import Visitor, a_case, the_case
from tests.house import PEOPLE, House

Seen = TypeVar("Seen")


def ran(work: Coroutine[None, None, Seen]) -> Seen:
    """Run it in a thread of its own: in this one a browser of another test may keep a loop running."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


def look(at: House) -> tuple[str, dict[str, str], frozenset[str]]:
    """One look of a fresh watch."""
    seen = ran(Watch(at.world).look())
    assert seen is not None
    return seen.board, seen.cases, seen.living


def test_the_word_changes_with_the_case(at: House, ana: Visitor) -> None:
    """A new case, a new text, an acceptance and a delivery change the word; time alone does not."""
    empty, _, _ = look(at)
    code = a_case(at)
    words = [look(at)[1][code]]
    assert look(at)[0] != empty
    at.stage.phone(PEOPLE["daughter"]).texts("please hurry")
    at.stage.settle()
    words.append(look(at)[1][code])
    ana.does(code, "accept")
    words.append(look(at)[1][code])

    assert len(set(words)) == 3
    assert look(at)[1][code] == words[-1]


def test_a_closed_case_is_gone(at: House, ana: Visitor) -> None:
    """A case that was closed has no word any more, so that its page is fetched once again."""
    code = a_case(at)
    ana.does(code, "accept")
    ana.does(code, "reached")
    ana.does(code, "resolve", outcome="spoke")

    assert code not in look(at)[1]
    assert the_case(at, code).state == "closed"


def test_a_page_carries_the_word_of_what_it_shows(at: House, ana: Visitor) -> None:
    """The page and the stream say the same word, so that a fresh page fetches nothing."""
    code = a_case(at)

    assert f'data-version="{look(at)[1][code]}"' in ana.opens(f"/console/{code}").text
    assert f'data-version="{look(at)[0]}"' in ana.opens("/console").text


def test_a_session_that_is_over_is_not_alive(at: House) -> None:
    """A stream hears that its session is over, also one that was signed out elsewhere."""
    Visitor(at).signs_in("ana.ruiz")
    assert len(look(at)[2]) == 1
    at.stage.clock.now += timedelta(minutes=30)

    assert look(at)[2] == frozenset()


def test_many_pages_are_one_look(at: House) -> None:
    """However many pages ask within a second, the database is asked once."""
    watch = Watch(at.world)

    async def many() -> int:
        return len({id(seen) for seen in await asyncio.gather(*(watch.look() for _ in range(20)))})

    assert ran(many()) == 1


def test_without_a_database_the_page_says_what_still_works(at: House, ana: Visitor, monkeypatch: MonkeyPatch) -> None:
    """With the database down a page says so, that texts still take cases, and comes back by itself."""

    @contextmanager
    def down() -> Iterator[Session]:
        raise DatabaseDown("gone")
        yield

    monkeypatch.setattr(at.world.database, "reading", down)
    answer = ana.opens("/console")

    assert answer.status_code == 503
    assert "reply A and its code by text" in answer.text
    assert 'http-equiv="refresh"' in answer.text
