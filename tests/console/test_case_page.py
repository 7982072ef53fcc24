"""The queue and the page of a case: what they show, to whom, and what never leaves the house."""

import re

import pytest

from storage.audit import audit_of, broken_audits
from storage.tables import AuditRow
from tests.console.conftest import DANGER, Visitor, a_case, the_case
from tests.house import PEOPLE, House

PRIVATE = ("gibberish", "my dad", "5550172", "0172", "confusion")


def acts_on(at: House, code: str) -> list[str]:
    """What the audit says about a case."""
    with at.world.database.reading() as db:
        return [row.act for row in audit_of(db, the_case(at, code).id)]


@pytest.mark.parametrize(
    "path", ["/console", "/console/{code}", "/console/events", "/console/account", "/console/audit"]
)
def test_nothing_of_a_patient_is_shown_before_the_sign_in(at: House, visitor: Visitor, path: str) -> None:
    """Without a session every page leads to the sign-in, and nothing of any case is on the way."""
    answer = visitor.opens(path.format(code=a_case(at)))
    followed = visitor.opens(answer.headers["location"])

    assert (answer.status_code, followed.status_code) == (303, 200)
    assert not any(word in answer.text + followed.text for word in PRIVATE)


def test_the_queue_is_by_level_and_then_by_waiting_time(at: House, ana: Visitor) -> None:
    """The highest level comes first; within a level, whoever has waited longest."""
    urgent = a_case(at, "fever 101.5", "patient")
    at.stage.wait(30)
    later = a_case(at, "fever 102", "stranger")
    emergency = a_case(at)
    page = ana.opens("/console").text

    assert re.findall(r'data-case="(\d+)"', page) == [emergency, urgent, later]
    assert "Ana Ruiz" in page.partition("On call now")[2]


def test_the_queue_has_no_word_of_a_patient(at: House, ana: Visitor) -> None:
    """The queue shows level, code and clocks; words, names and numbers are on the page of the case alone."""
    a_case(at)

    assert not any(word in ana.opens("/console").text for word in PRIVATE)


def test_the_first_screen_says_what_is_needed_in_its_order(at: House, ana: Visitor) -> None:
    """Level and why, the patient, where, alone or not, told 911, called 911, waiting, phones: in that order."""
    code = a_case(at)
    for text in ("2", "2"):
        at.stage.phone(PEOPLE["daughter"]).texts(text)
        at.stage.settle()
    page = ana.opens(f"/console/{code}").text
    wanted = [
        "EMERGENCY</span>",
        DANGER,
        "C3.1.danger",
        "<dt>Patient",
        "<dt>Age",
        "<dt>Where",
        "ALONE",
        "Told to call 911",
        "NO, could not call",
        "<dt>Waiting",
        "••• ••• 0172",
        "What was said",
    ]
    places = [page.find(word) for word in wanted]

    assert [word for word, place in zip(wanted, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_what_was_not_asked_is_named(at: House, ana: Visitor) -> None:
    """A gap is a finding: what nobody has asked is listed, and not left out."""
    page = ana.opens(f"/console/{a_case(at)}").text

    assert "Day of the infusion: not asked" in page
    assert "Name and birth date: not asked" in page


def test_what_was_not_delivered_is_named(at: House, ana: Visitor) -> None:
    """A page call that nobody answered says that it was one, and to whom by name."""
    code = a_case(at)
    at.stage.wait(300)
    page = ana.opens(f"/console/{code}").text

    assert "<strong>Not delivered</strong>: page call to Ana Ruiz (no answer)" in page
    assert "<strong>Not delivered</strong></span>" not in page


def test_a_script_in_a_text_stays_text(at: House, ana: Visitor) -> None:
    """Whatever a patient types is shown as they typed it, and never becomes part of the page."""
    code = a_case(at, 'fever 104 and confused <script>alert(1)</script> "><img src=x onerror=alert(2)>')
    page = ana.opens(f"/console/{code}").text

    assert "<script>alert" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_number_is_masked_until_somebody_asks(at: House, ana: Visitor) -> None:
    """A phone number is shown only when it is asked for, and the audit says who asked."""
    code = a_case(at)
    page = ana.opens(f"/console/{code}").text
    assert PEOPLE["daughter"] not in page
    contact = re.search(r'name="contact" value="([^"]+)"', page)
    assert contact is not None

    assert PEOPLE["daughter"] in ana.sends(f"/console/{code}/reveal", contact=contact.group(1)).text
    assert PEOPLE["daughter"] not in ana.opens(f"/console/{code}").text
    assert acts_on(at, code) == ["saw_case", "saw_number", "saw_case", "saw_case"]


def test_every_look_is_kept(at: House, ana: Visitor) -> None:
    """Who opened a case is in the audit before they see it; what the page fetches by itself is told apart."""
    code = a_case(at)
    ana.opens(f"/console/{code}")
    ana.opens(f"/console/{code}?live=1")

    assert acts_on(at, code) == ["saw_case", "refreshed"]


def test_a_changed_audit_shows(at: House, ana: Visitor) -> None:
    """A row of the audit that is changed, or cut off at the end, breaks the chain of its subject."""
    case_id = the_case(at, code := a_case(at)).id
    for _ in range(3):
        ana.opens(f"/console/{code}")

    def tamper(change: str) -> None:
        with at.world.database.transaction() as db:
            last = audit_of(db, case_id)[-1]
            if change == "cut":
                db.delete(last)
            else:
                last.act = "saw_queue"
                db.add(last)

    with at.world.database.reading() as db:
        assert broken_audits(db) == []
    tamper("cut")
    with at.world.database.reading() as db:
        assert broken_audits(db) == [case_id]
    assert "chains were changed or cut" in Visitor(at).signs_in("dev.patel").opens("/console/audit").text


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("root.admin", "/console/{code}", 403),
        ("root.admin", "/console", 200),
        ("root.admin", "/console/audit", 200),
        ("dev.patel", "/console/audit", 200),
        ("dev.patel", "/console/{code}", 200),
        ("ana.ruiz", "/console/audit", 403),
    ],
)
def test_a_role_sees_what_it_needs(at: House, name: str, path: str, status: int) -> None:
    """An admin sees no patient, a specialist no audit, a lead both."""
    answer = Visitor(at).signs_in(name).opens(path.format(code=a_case(at)))

    assert answer.status_code == status
    assert status == 200 or "gibberish" not in answer.text


@pytest.mark.parametrize("path", ["/console/0000", "/console/abcd", "/console/１２３４", "/console/files/console.py"])
def test_what_is_not_there_is_said_so(ana: Visitor, path: str) -> None:
    """An unknown code or file is a plain page, and nothing breaks."""
    assert ana.opens(path).status_code == 404


def test_pages_name_no_patient_in_titles_and_addresses(at: House, ana: Visitor) -> None:
    """Titles, addresses and links hold a code at most."""
    page = ana.opens(f"/console/{a_case(at)}").text
    title = re.search(r"<title>(.*?)</title>", page)
    addresses = re.findall(r'(?:href|action|src|data-[a-z-]+)="([^"]*)"', page)

    assert title is not None
    assert re.fullmatch(r"Case \d{4} · Helpline console", title.group(1))
    assert not any(word in address for address in addresses for word in PRIVATE)


def test_the_audit_has_no_plain_words(at: House, ana: Visitor) -> None:
    """What the audit keeps beside times and acts is encrypted."""
    code = a_case(at)
    ana.does(code, "accept")
    with at.world.database.reading() as db:
        raw = db.connection().exec_driver_sql(f"SELECT * FROM {AuditRow.__tablename__}").all()

    assert raw
    assert not any("page.accepted" in str(value) for row in raw for value in row)
