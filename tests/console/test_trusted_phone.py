"""A trusted phone: for thirty days a PIN is enough on it, and five wrong ones are the end of that."""

from datetime import timedelta

import pytest

from storage.passwords import unfit_pin
from storage.sessions import TRUSTED_FOR
from tests.console.conftest import Visitor
from tests.house import House

PIN = "402715"
SESSION = "__Host-helpline_session"


@pytest.fixture
def phone(at: House) -> Visitor:
    """Ana's phone, trusted, and signed out."""
    visitor = Visitor(at).signs_in("ana.ruiz", trust="yes")
    visitor.opens("/console/phone")
    assert visitor.sends("/console/phone", pin=PIN, again=PIN).status_code == 303
    visitor.opens("/console/account")
    visitor.sends("/console/sign-out")
    return visitor


def by_pin(phone: Visitor, pin: str = PIN) -> int:
    """Try a PIN."""
    phone.opens("/console/sign-in")
    return phone.sends("/console/pin", pin=pin).status_code


def test_a_pin_is_enough_on_a_trusted_phone(phone: Visitor) -> None:
    """On a trusted phone the PIN signs in, without password and code."""
    assert by_pin(phone) == 303
    assert phone.opens("/console").status_code == 200


def test_a_pin_is_nothing_on_another_phone(at: House, phone: Visitor) -> None:
    """The PIN without the cookie of its phone opens nothing, right after it worked."""
    assert by_pin(phone) == 303

    assert by_pin(Visitor(at)) == 401


def test_five_wrong_pins_forget_the_phone(at: House, phone: Visitor) -> None:
    """After five wrong PINs the right one is refused too, and password and code are needed again."""
    for _ in range(5):
        assert by_pin(phone, "918273") == 401

    assert by_pin(phone) == 401
    assert 'name="pin"' not in phone.opens("/console/sign-in").text
    assert Visitor(at).tries("ana.ruiz").status_code == 303


def test_wrong_pins_are_counted_in_a_row(phone: Visitor) -> None:
    """A right PIN begins the count anew."""
    for _ in range(4):
        by_pin(phone, "918273")
    assert by_pin(phone) == 303
    for _ in range(4):
        by_pin(phone, "918273")

    assert by_pin(phone) == 303


def test_a_phone_is_trusted_for_thirty_days(at: House, phone: Visitor) -> None:
    """Thirty days after it was trusted a phone needs password and code again, however often it was used."""
    at.stage.clock.now += TRUSTED_FOR - timedelta(seconds=10)
    assert by_pin(phone) == 303
    at.stage.clock.now += timedelta(seconds=10)

    assert by_pin(phone) == 401


def test_a_pin_does_not_renew_itself(phone: Visitor) -> None:
    """Who signed in by PIN can neither trust a phone nor make recovery codes."""
    by_pin(phone)
    phone.opens("/console/account")

    assert phone.sends("/console/phone", pin="571902", again="571902").status_code == 403
    assert phone.sends("/console/recovery").status_code == 403


@pytest.mark.parametrize("pin", ["123456", "987654", "111111", "121212", "12345", "1234567", "abcdef", "٤٠٢٧١٥"])
def test_an_easy_pin_is_refused(pin: str) -> None:
    """Rows, repetitions and what is not six plain digits make no PIN."""
    assert unfit_pin(pin) is not None
