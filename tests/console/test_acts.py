"""What a specialist does at the console: one compare-and-set for console, key and text; nothing without their word."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.specialists import accept
from storage.audit import audit_of
from storage.cases import case_by_id
from storage.events import events_of, first_broken
from storage.tables import OutboxRow, SpecialistRow
from tests.console.conftest import Visitor, a_case, the_case
from tests.house import PEOPLE, House


def joins(at: House) -> int:
    """How many calls to join were put into the outbox."""
    with at.world.database.reading() as db:
        return len(db.exec(select(OutboxRow).where(OutboxRow.purpose == "join")).all())


def test_accepting_rings_the_specialist_to_join(at: House, ana: Visitor) -> None:
    """Accept at the console takes the case, tells the patient, and rings the specialist within five seconds."""
    code = a_case(at)
    assert ana.does(code, "accept") == "page.accepted"
    at.stage.wait(5)

    phone = at.stage.phone(PEOPLE["ana"])
    assert phone.ringing
    phone.answers()
    at.stage.settle()
    assert "which you took" in phone.heard[-1].text
    assert any("has your alert" in text.body for text in at.stage.phone(PEOPLE["daughter"]).inbox)


def test_accepting_twice_rings_once(at: House, ana: Visitor) -> None:
    """A button that is pressed twice, or a form that is sent again, makes one call."""
    code = a_case(at)
    ana.does(code, "accept")
    ana.does(code, "accept")
    assert ana.does(code, "call") == "ringing_already"

    assert joins(at) == 1


def test_passing_a_reached_case_opens_it_and_pages(at: House, ana: Visitor) -> None:
    """A page from before it was reached still shows Pass: "the next person is paged now" is then true."""
    code = a_case(at)
    ana.does(code, "accept")
    ana.does(code, "reached")
    carlas = len(at.stage.phone(PEOPLE["carla"]).inbox)

    assert ana.does(code, "pass") == "page.passed"
    at.stage.wait(5)

    assert the_case(at, code).state == "open"
    assert len(at.stage.phone(PEOPLE["carla"]).inbox) == carlas + 1


def test_the_second_one_hears_who_has_it(at: House, ana: Visitor) -> None:
    """Whoever comes second is told so, and the case stays with the first."""
    code = a_case(at)
    carla = Visitor(at, "203.0.113.8").signs_in("carla.weiss")
    ana.does(code, "accept")

    assert carla.does(code, "accept") == "page.taken"
    assert "Ana Ruiz has it" in carla.opens(f"/console/{code}").text


def test_console_and_key_at_once_have_one_winner(at: House, ana: Visitor) -> None:
    """Two specialists who take a case in the same instant, one by console, one by key: exactly one has it."""
    code = a_case(at)
    case_id, now = the_case(at, code).id, at.stage.clock.now
    ana.opens(f"/console/{code}")

    def by_key() -> str:
        def work(db: Session) -> str:
            carla = next(row for row in db.exec(select(SpecialistRow)) if row.name == "Carla Weiss")
            return accept(at.world, db, case_by_id(db, case_id), carla, "key", now).key

        return at.world.database.retrying(work)

    with ThreadPoolExecutor(2) as pool:
        key = pool.submit(by_key)
        console = pool.submit(lambda: ana.sends(f"/console/{code}/accept").headers["location"].partition("said=")[2])
        outcomes = sorted([key.result(), console.result()])

    assert outcomes == ["page.accepted", "page.taken"]
    with at.world.database.reading() as db:
        assert sum(event.kind == "accepted" for event in events_of(db, case_id)) == 1
        assert first_broken(db, case_id) is None


def test_only_who_has_it_may_call(at: House, ana: Visitor) -> None:
    """The helpline rings nobody for a case that they have not taken."""
    assert ana.does(a_case(at), "call") == "not_yours"
    assert joins(at) == 0


def test_pass_pages_the_next(at: House, ana: Visitor) -> None:
    """Passing at the console pages the next tier at once."""
    code = a_case(at)
    ana.does(code, "accept")
    assert ana.does(code, "pass") == "page.passed"
    at.stage.settle()

    assert at.stage.phone(PEOPLE["carla"]).ringing
    assert the_case(at, code).state == "open"


def test_reached_and_then_an_outcome(at: House, ana: Visitor) -> None:
    """A case is closed with an outcome only after the specialist said that they spoke with the patient."""
    code = a_case(at)
    ana.does(code, "accept")
    assert ana.does(code, "resolve", outcome="went_to_er") == "page.unreached"
    assert ana.does(code, "reached") == "page.reached"
    assert ana.does(code, "reached") == "page.reached"
    assert the_case(at, code).state == "reached"
    assert ana.does(code, "resolve", outcome="nonsense") == "no_outcome"
    assert ana.does(code, "resolve", outcome="went_to_er") == "page.closed"

    row = the_case(at, code)
    assert (row.state, row.outcome, row.due_at) == ("closed", "went_to_er", None)
    assert "Went to the ER" in ana.opens(f"/console/{code}").text


def test_only_a_lead_closes_what_was_not_reached(at: House, ana: Visitor) -> None:
    """A reason of a specialist does not close an unreached case; a lead's does, and the reason is kept."""
    code = a_case(at)
    assert ana.does(code, "resolve", outcome="wrong_number", reason="it was a wrong number") == "page.unreached"
    lead = Visitor(at, "203.0.113.9").signs_in("dev.patel")
    assert lead.does(code, "resolve", outcome="wrong_number") == "page.unreached"
    assert lead.does(code, "resolve", outcome="wrong_number", reason="it was a wrong number") == "page.closed"

    with at.world.database.reading() as db:
        assert events_of(db, the_case(at, code).id)[-1].detail["reason"] == "it was a wrong number"


def test_a_note_is_for_colleagues(at: House, ana: Visitor) -> None:
    """A note is on the page of the case and in no text to the patient."""
    code = a_case(at)
    before = len(at.stage.phone(PEOPLE["daughter"]).inbox)
    assert ana.does(code, "note", note="sounds <b>post-ictal</b>") == "noted"
    assert ana.does(code, "note", note="   ") == "empty"
    at.stage.settle()

    assert "sounds &lt;b&gt;post-ictal&lt;/b&gt;" in ana.opens(f"/console/{code}").text
    assert len(at.stage.phone(PEOPLE["daughter"]).inbox) == before


@pytest.mark.parametrize("act", ["accept", "pass", "call", "note", "reached", "resolve", "link", "reveal"])
def test_a_form_of_another_page_does_nothing(at: House, ana: Visitor, act: str) -> None:
    """Without the key of this session's own forms nothing is done, whatever the cookie says."""
    code = a_case(at)
    carla = Visitor(at, "203.0.113.8").signs_in("carla.weiss")
    carla.opens(f"/console/{code}")
    before = the_case(at, code)
    for key in ("", "x", carla.form_key):
        ana.form_key = key
        assert ana.sends(f"/console/{code}/{act}", note="x", contact="x", other="x", outcome="spoke").status_code == 403

    after = the_case(at, code)
    assert (after.state, after.owner_id) == (before.state, before.owner_id)


def test_another_site_does_nothing(at: House, ana: Visitor) -> None:
    """A form that a browser says comes from another site is refused, also with the right key."""
    code = a_case(at)
    ana.opens(f"/console/{code}")
    answer = ana.client.post(
        f"/console/{code}/accept", data={"form_key": ana.form_key}, headers={"sec-fetch-site": "cross-site"}
    )

    assert answer.status_code == 403
    assert the_case(at, code).state == "open"


@pytest.mark.parametrize("act", ["accept", "pass", "call", "note", "reached", "resolve", "link", "reveal"])
def test_an_admin_does_nothing_to_a_case(at: House, act: str) -> None:
    """An admin, who is not of the roster, can do nothing to a case."""
    code = a_case(at)
    admin = Visitor(at).signs_in("root.admin")
    admin.opens("/console/account")

    assert admin.sends(f"/console/{code}/{act}", note="x", other="1234").status_code == 403
    assert the_case(at, code).state == "open"


def test_an_expired_form_leads_to_the_sign_in_and_does_nothing(at: House, ana: Visitor) -> None:
    """A form that is sent after the session is over does nothing, and leads back to its case by way of the door."""
    code = a_case(at)
    ana.opens(f"/console/{code}")
    at.stage.clock.now += timedelta(minutes=31)
    answer = ana.sends(f"/console/{code}/accept")

    assert answer.headers["location"] == f"/console/sign-in?case={code}"
    assert the_case(at, code).state == "open"


def test_every_act_is_in_the_audit(at: House, ana: Visitor) -> None:
    """Acts that worked and acts that did not are kept with how they went."""
    code = a_case(at)
    for act in ("call", "accept", "reached"):
        ana.does(code, act)
    with at.world.database.reading() as db:
        rows = audit_of(db, the_case(at, code).id)

    assert [(row.act, row.detail.get("outcome")) for row in rows if row.act != "saw_case"] == [
        ("call", "not_yours"),
        ("accept", "page.accepted"),
        ("reached", "page.reached"),
    ]


def test_a_large_form_is_refused(at: House, ana: Visitor) -> None:
    """A form of a megabyte is refused before it is read to its end."""
    code = a_case(at)
    ana.opens(f"/console/{code}")

    assert ana.sends(f"/console/{code}/note", note="x" * 1_000_000).status_code == 413
