"""Texts that reached Twilio and not us are fetched, worked in once, and answered by REST."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.desk.faults import Drop, RestFault
from bot.missed import EVERY, SOON, Missed
from flows.library import Library
from tests.house import PEOPLE, House, center, house


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    with house(library, database_url, record, center()) as made:
        yield made


def heard(at: House, name: str) -> list[str]:
    """The texts that somebody's phone has got."""
    return [text.body for text in at.desk.phone(PEOPLE[name]).inbox]


def seen_once(at: House) -> Missed:
    """A helpline that has had a text before, and has looked; so that later it knows since when to ask."""
    at.player().play("stranger texts: hi")
    missed = Missed(at.world)
    missed.look()
    return missed


def unheard(at: House, name: str, text: str) -> None:
    """Somebody texts while nobody of ours answers."""
    at.desk.exchange.faults.append(Drop(url="/twilio/sms"))
    at.player().play(f"{name} texts: {text}")


def test_a_red_flag_while_everything_was_dead(at: House) -> None:
    """A danger sign that came while every process was dead is paged for at the next start, and answered by text."""
    seen_once(at)
    unheard(at, "patient", "my husband is having a seizure")
    assert at.cases() == []
    at.stage.wait(3600)

    assert Missed(at.world).look() == 1
    at.stage.wait(5)

    assert len(at.cases()) == 1
    assert "911" in heard(at, "patient")[0]
    assert any("EMERGENCY" in text for text in heard(at, "ana"))


def test_nothing_is_worked_in_twice(at: House) -> None:
    """What had reached us is left alone, and what was fetched is not fetched again, by whichever process."""
    missed = seen_once(at)
    unheard(at, "patient", "she has a fever of 102.5")
    at.stage.wait(60)

    assert [missed.look(), missed.look(), Missed(at.world).look()] == [1, 0, 0]
    at.stage.wait(5)

    assert len(at.cases()) == 1
    assert len(heard(at, "stranger")) == 1


def test_a_text_on_its_way_is_waited_for(at: House) -> None:
    """A text younger than half a minute may still be on its way: only the next look fetches it."""
    missed = seen_once(at)
    unheard(at, "patient", "she has a fever of 102.5")

    assert missed.look() == 0
    at.stage.wait(60)
    assert missed.look() == 1


def test_a_specialists_code(at: House) -> None:
    """A code that a specialist sent meanwhile takes the case, and they are told."""
    missed = seen_once(at)
    at.player().play("patient texts: she has a fever of 102.5")
    unheard(at, "ana", "A")
    at.stage.wait(60)

    assert missed.look() == 1
    at.stage.wait(5)

    assert "accepted by Ana Ruiz" in at.cases()[0]
    assert any("is yours" in text for text in heard(at, "ana"))


def test_a_code_that_reaches_us_while_we_look(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code whose webhook comes between the list of the missing and the work is answered once, not twice."""
    at.player().play("patient texts: she has a fever of 102.5")
    at.player().play("ana texts: A")
    at.stage.wait(60)
    monkeypatch.setattr("bot.missed.unclaimed", lambda _db, sids: set(sids))

    Missed(at.world).look()
    at.stage.wait(5)

    assert sum("is yours" in text for text in heard(at, "ana")) == 1


def test_a_text_of_this_moment_is_left_to_its_webhook(at: House) -> None:
    """The first look after a start fetches what came before it; what came since is being answered already."""
    missed = Missed(at.world)
    at.stage.wait(3)
    unheard(at, "patient", "she has a fever of 102.5")
    at.stage.wait(1)

    assert missed.look() == 0
    at.stage.wait(60)
    assert missed.look() == 1


def test_stop_is_honoured_late(at: House) -> None:
    """A STOP that nobody heard ends the texts all the same."""
    missed = seen_once(at)
    unheard(at, "stranger", "please stop texting me")
    at.stage.wait(60)
    missed.look()
    at.stage.wait(5)
    before = len(heard(at, "stranger"))

    at.player().play("stranger texts: thanks")

    assert len(heard(at, "stranger")) == before


def test_twilio_does_not_answer(at: House) -> None:
    """Where the list cannot be read it is asked again soon, for the same time."""
    missed = seen_once(at)
    unheard(at, "patient", "she has a fever of 102.5")
    at.stage.wait(600)
    at.desk.exchange.faults.append(RestFault(method="GET", path="/Messages.json", status=503, times=1))

    assert (missed.look(), missed.pause) == (0, SOON)
    assert (missed.look(), missed.pause) == (1, EVERY)


def test_more_than_one_page(at: House) -> None:
    """A long list is read to its end, oldest first."""
    seen_once(at)
    at.desk.exchange.faults.append(Drop(url="/twilio/sms", times=250))
    phone = at.stage.phone(PEOPLE["patient"])
    for number in range(205):
        phone.texts("she has a fever of 102.5" if number == 0 else f"word {number}")
    at.stage.wait(60)

    now = at.world.clock()
    found = at.world.carrier.received(at.world.settings.phone_number, now - timedelta(hours=1), now)

    assert [one.text for one in found][:3] == ["hi", "she has a fever of 102.5", "word 1"]
    assert len(found) == 206
