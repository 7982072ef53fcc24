"""The door: who comes in, how, and what a wrong try tells."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from storage.accounts import account_by_name, current_code, new_recovery_codes
from storage.audit import DOOR, audit_of
from storage.sessions import IDLE, LONGEST
from storage.tables import AccountRow, SpecialistRow
from tests.console.conftest import PASSWORD, Visitor, a_case, fresh_code
from tests.house import House

SESSION = "__Host-helpline_session"
PHONE = "__Host-helpline_phone"
WRONG = "That did not work"


def account(at: House, name: str = "ana.ruiz") -> AccountRow:
    """One account as it is now."""
    with at.world.database.reading() as db:
        found = account_by_name(db, name)
    assert found is not None
    return found


def test_password_and_code_open_the_queue(visitor: Visitor) -> None:
    """Password and one-time code together sign in, and the queue is shown."""
    answer = visitor.tries("Ana.Ruiz")

    assert (answer.status_code, answer.headers["location"]) == (303, "/console")
    assert "Nobody is waiting" in visitor.opens("/console").text


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [("ana.ruiz", "wrong", ""), ("nobody.here", PASSWORD, ""), ("ana.ruiz", PASSWORD, "000000"), ("", "", "1")],
    ids=["password", "name", "code", "nothing"],
)
def test_a_wrong_try_says_the_same_whatever_was_wrong(visitor: Visitor, name: str, password: str, code: str) -> None:
    """The answer to a wrong sign-in does not say whether name, password or code was wrong."""
    answer = visitor.tries(name, password, code)

    assert answer.status_code == 401
    assert WRONG in answer.text
    assert SESSION not in visitor.client.cookies


def test_a_code_works_once(at: House) -> None:
    """A one-time code that has signed somebody in is refused, also inside its half minute."""
    code = fresh_code(at, "ana.ruiz")
    assert Visitor(at).tries("ana.ruiz", code=code).status_code == 303

    assert Visitor(at).tries("ana.ruiz", code=code).status_code == 401


def test_a_recovery_code_works_once(at: House) -> None:
    """A recovery code signs in in place of a one-time code, and never again."""
    row = account(at)
    code = at.world.database.retrying(lambda db: new_recovery_codes(db, row))[3]
    assert Visitor(at).tries("ana.ruiz", code=code.lower()).status_code == 303

    assert Visitor(at).tries("ana.ruiz", code=code).status_code == 401


def test_the_code_of_a_page_call_signs_in(at: House, visitor: Visitor) -> None:
    """The code that can be spoken on a specialist's own phone is the one that signs in."""
    person = account(at).specialist_id or ""
    with at.world.database.reading() as db:
        code = current_code(db, person, at.stage.clock.now)

    assert visitor.tries("ana.ruiz", code=code or "").status_code == 303


@pytest.mark.parametrize("name", ["ana.ruiz", "nobody.here"])
def test_five_wrong_tries_lock_a_name_for_a_quarter_of_an_hour(at: House, name: str) -> None:
    """After five wrong tries under one name the right one waits fifteen minutes, whether it exists or not."""
    for number in range(5):
        Visitor(at, f"203.0.113.{number}").tries(name, "wrong")

    locked = Visitor(at, "203.0.113.99").tries(name)
    assert (locked.status_code, WRONG in locked.text) == (401, True)
    at.stage.clock.now += timedelta(minutes=15, seconds=1)
    assert Visitor(at, "203.0.113.98").tries("ana.ruiz").status_code == 303


def test_five_wrong_tries_lock_an_address(at: House) -> None:
    """Five wrong tries from one address lock it for every name, and no other address."""
    for number in range(5):
        Visitor(at, "198.51.100.1").tries(f"somebody.{number}", "wrong")

    assert Visitor(at, "198.51.100.1").tries("ana.ruiz").status_code == 401
    assert Visitor(at, "198.51.100.2").tries("ana.ruiz").status_code == 303


def test_four_wrong_tries_are_forgotten_by_a_right_one(at: House) -> None:
    """A right sign-in begins the count anew."""
    for _ in range(2):
        for _ in range(4):
            Visitor(at).tries("ana.ruiz", "wrong")
        assert Visitor(at).tries("ana.ruiz").status_code == 303


def test_a_sign_in_makes_a_new_session(at: House, visitor: Visitor) -> None:
    """A session cookie that was planted before the sign-in opens nothing after it."""
    visitor.client.cookies.set(SESSION, "planted", domain="helpline.example.org")
    visitor.signs_in("ana.ruiz")

    assert visitor.client.cookies.get(SESSION, domain="helpline.example.org", path="/") != "planted"
    other = Visitor(at)
    other.client.cookies.set(SESSION, "planted", domain="helpline.example.org")
    assert other.opens("/console").status_code == 303


def test_a_session_ends_when_nobody_is_there(at: House, ana: Visitor) -> None:
    """Half an hour without a request of a person ends a session; what pages fetch by themselves does not count."""
    at.stage.clock.now += IDLE - timedelta(seconds=1)
    assert ana.opens("/console?live=1").status_code == 200
    at.stage.clock.now += timedelta(seconds=2)

    assert ana.opens("/console").headers["location"] == "/console/sign-in"


def test_a_session_ends_after_twelve_hours(at: House, ana: Visitor) -> None:
    """No session outlives twelve hours, however busy it is."""
    for _ in range(int(LONGEST / timedelta(minutes=25))):
        at.stage.clock.now += timedelta(minutes=25)
        assert ana.opens("/console").status_code == 200
    at.stage.clock.now += timedelta(minutes=25)

    assert ana.opens("/console").status_code == 303


def test_sign_out_ends_this_session_alone(at: House, ana: Visitor) -> None:
    """Signing out ends the session on the server, and not that of another browser."""
    other = Visitor(at).signs_in("ana.ruiz")
    kept = dict(ana.client.cookies)
    ana.opens("/console/account")
    ana.sends("/console/sign-out")

    stolen = Visitor(at)
    stolen.client.cookies.update(kept)
    assert stolen.opens("/console").status_code == 303
    assert other.opens("/console").status_code == 200


def test_sign_out_everywhere_ends_all_and_forgets_phones(at: House, ana: Visitor) -> None:
    """Signing out everywhere ends every session of the account and forgets its trusted phones."""
    phone = Visitor(at).signs_in("ana.ruiz", trust="yes")
    phone.opens("/console/phone")
    phone.sends("/console/phone", pin="402715", again="402715")
    ana.opens("/console/account")
    ana.sends("/console/sign-out-everywhere")

    assert phone.opens("/console").status_code == 303
    assert 'name="pin"' not in phone.opens("/console/sign-in").text


def test_somebody_who_left_the_roster_is_out(at: House, ana: Visitor) -> None:
    """A specialist who is taken off the roster is signed out at once, and can't sign in again."""
    person = account(at).specialist_id

    def leave(db: Session) -> None:
        row = db.get_one(SpecialistRow, person)
        row.active = False
        db.add(row)

    at.world.database.retrying(leave)

    assert ana.opens("/console").status_code == 303
    assert Visitor(at).tries("ana.ruiz").status_code == 401


def test_a_sign_in_without_our_own_form_is_refused(visitor: Visitor) -> None:
    """A sign-in that another site sends is refused: it has no cookie of our door."""
    fields = {"name": "ana.ruiz", "password": PASSWORD, "code": fresh_code(visitor.at, "ana.ruiz"), "form_key": "x"}

    assert visitor.client.post("/console/sign-in", data=fields).status_code == 403


def test_one_comes_back_to_the_case_of_the_page(at: House, visitor: Visitor) -> None:
    """The link of a page asks for the sign-in, and then shows that case."""
    code = a_case(at)
    first = visitor.opens(f"/console/{code}")
    assert first.headers["location"] == f"/console/sign-in?case={code}"

    assert visitor.tries("ana.ruiz", case=code).headers["location"] == f"/console/{code}"


@pytest.mark.parametrize("case", ["//evil.example", "4821/../..", "https://evil.example", "４８２１"])
def test_nobody_is_sent_elsewhere(visitor: Visitor, case: str) -> None:
    """After the sign-in one goes to the queue or to a case, never to an address that somebody made up."""
    assert visitor.tries("ana.ruiz", case=case).headers["location"] == "/console"


def test_what_happens_at_the_door_is_kept(at: House, visitor: Visitor) -> None:
    """Sign-ins that worked and that did not are in the audit, without what was typed."""
    visitor.tries("nobody.here", "a secret word")
    visitor.tries("ana.ruiz", "a secret word")
    visitor.signs_in("ana.ruiz")

    with at.world.database.reading() as db:
        mine = [row.act for row in audit_of(db, account(at).id)]
        unknown = [(row.act, row.detail) for row in audit_of(db, DOOR)]
    assert mine[-2:] == ["sign_in_refused", "signed_in"]
    assert unknown == [("sign_in_refused", {})]


def test_cookies_are_for_us_alone(visitor: Visitor) -> None:
    """Cookies are Secure, HttpOnly and SameSite, and no page may be framed or run a script of others."""
    answer = visitor.tries("ana.ruiz")
    given = [value for name, value in answer.headers.multi_items() if name == "set-cookie" and SESSION in value]

    assert all(word in given[0] for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"))
    headers = visitor.opens("/console").headers
    assert "script-src 'self'; style-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert "max-age" in headers["strict-transport-security"]
