"""A newcomer's first minute: a danger sign typed on one phone of the page becomes a case taken on another."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE

pytestmark = pytest.mark.slow
expect.set_options(timeout=PATIENCE)

DAUGHTER, PATIENT = "A daughter", "Un paciente"
ANA, CARLA = "Ana Ruiz, RN", "Carla Weiss, MD"
ENGLISH = "my dad has 102 fever and hes talking gibberish"
SPANISH = "mi esposo tiene fiebre de 39 y esta hablando incoherencias"
# Neither words nor numbers of a patient may stand on a locked screen.
PRIVATE = re.compile(
    r"dad|esposo|fever|fiebre|\b102\b|\b39\b|gibberish|incoheren|confus|talk|5550171|5550172|daughter|paciente", re.I
)
CODE = re.compile(r"\bA (\d{4})\b")


def phone(page: Page, owner: str) -> Locator:
    """The card of one phone."""
    return page.get_by_role("article", name=owner)


def thread(page: Page, owner: str) -> Locator:
    """The texts on one phone, in their order."""
    return phone(page, owner).locator(".thread > li > p")


def write(page: Page, owner: str, text: str) -> None:
    """Type a text and send it."""
    phone(page, owner).get_by_label(f"Text from {owner}").fill(text)
    phone(page, owner).get_by_role("button", name="Send").click()


def page_text(page: Page, owner: str) -> str:
    """The page that came to a specialist's phone by text."""
    first = thread(page, owner).first
    expect(first).to_contain_text("to take it")
    return first.inner_text()


@pytest.mark.parametrize(
    ("owner", "words", "told", "accepted"),
    [
        (DAUGHTER, ENGLISH, "Call 911 now", "Someone on call has your alert and is calling you"),
        (PATIENT, SPANISH, "Llame al 911 ahora", "Alguien de guardia tiene su alerta y le va a llamar"),
    ],
    ids=["english", "spanish"],
)
def test_one_key_on_the_ringing_phone_takes_the_case(
    page: Page, owner: str, words: str, told: str, accepted: str
) -> None:
    """A danger sign gets the 911 line and a ringing phone without PHI; key 1 takes it, and the patient is told."""
    write(page, owner, words)
    expect(thread(page, owner).nth(1)).to_contain_text(told)

    ana = phone(page, ANA)
    assert not PRIVATE.search(page_text(page, ANA))
    ana.get_by_role("button", name="Answer").click()
    heard = ana.locator(".heard")
    expect(heard).to_contain_text("press 1")
    assert not PRIVATE.search(heard.inner_text())

    ana.get_by_role("group", name="Keypad").get_by_role("button", name="1", exact=True).click()
    expect(heard).to_contain_text("is yours")
    expect(thread(page, owner).filter(has_text=accepted)).to_have_count(1)


def test_a_reply_with_the_code_takes_the_case(page: Page) -> None:
    """Who cannot talk replies with the code: the ringing ends, they are told it is theirs, and so is the patient."""
    write(page, DAUGHTER, ENGLISH)
    code = CODE.search(page_text(page, ANA))
    assert code is not None
    phone(page, ANA).get_by_role("button", name="Decline").click()
    write(page, ANA, code[0])

    expect(thread(page, ANA).filter(has_text=f"Case {code[1]} is yours")).to_have_count(1)
    told = thread(page, DAUGHTER).filter(has_text="Someone on call has your alert")
    expect(told).to_have_count(1)
    assert phone(page, CARLA).locator(".thread > li").count() == 0


def test_a_question_rings_nobody(page: Page) -> None:
    """Only danger pages: after one phone asked for the menu and another told a sign, there is one page, not two."""
    write(page, DAUGHTER, "MENU")
    expect(thread(page, DAUGHTER)).not_to_have_count(1)
    write(page, PATIENT, SPANISH)
    page_text(page, ANA)
    expect(phone(page, ANA).get_by_role("button", name="Answer")).to_be_visible()

    assert thread(page, ANA).count() == 1


def test_the_page_offers_what_to_try(page: Page) -> None:
    """A newcomer needs no manual: each patient's phone offers a text to send, and its button puts it in place."""
    phone(page, DAUGHTER).get_by_role("button", name=ENGLISH).click()

    expect(phone(page, DAUGHTER).get_by_label(f"Text from {DAUGHTER}")).to_have_value(ENGLISH)


def test_nothing_sticks_out_on_a_small_screen(page: Page) -> None:
    """The page fits a telephone's width: nobody scrolls sideways to find the ringing phone."""
    page.set_viewport_size({"width": 390, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
