"""The page `/desk` alone, before a tiny product: two people joined, the keyboard, narrow screens, faults shown."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig, PhoneCard
from bot.desk.desk import Desk
from bot.desk.transport import asgi_post
from tests.desk.product import ACCOUNT, ANN, BASE, BEN, HELPLINE, PAT, TOKEN, Product

pytestmark = pytest.mark.slow
PHONES = (
    PhoneCard(PAT, "Pat", hint="He has a fever"),
    PhoneCard(ANN, "Ann", "specialist"),
    PhoneCard(BEN, "Ben", "specialist"),
)


@dataclass
class Room:
    """A desk on a real port, and the product behind it."""

    desk: Desk
    product: Product
    url: str

    def page(self, number: str) -> None:
        """Call a phone, as the product would."""
        base = f"{self.url}/2010-04-01/Accounts/{ACCOUNT}"
        form = {"To": number, "From": HELPLINE, "Url": f"{BASE}/page"}
        assert httpx.post(f"{base}/Calls.json", data=form, auth=(ACCOUNT, TOKEN)).status_code == 201


@pytest.fixture
def room() -> Iterator[Room]:
    product = Product()
    config = DeskConfig(ACCOUNT, TOKEN, HELPLINE, f"{BASE}/sms", f"{BASE}/voice", phones=PHONES, call_spacing=0)
    desk = create_desk(config, post=asgi_post(product.app))
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(desk.app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        desk.start()
        yield Room(desk, product, f"http://127.0.0.1:{door.getsockname()[1]}")
        desk.stop()
        server.should_exit = True
        thread.join()


@pytest.fixture
def screen(room: Room, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(f"{room.url}/desk")
    expect(page.locator("#link")).to_have_text("live")
    yield page
    page.close()
    assert faults == []


def test_the_first_minute(room: Room, screen: Page) -> None:
    """A text is answered, a phone rings, a key takes the case, and two phones show each other."""
    room.product.says("/sms", "<Message>Call 911.</Message>")
    room.product.says("/page", '<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>')
    room.product.says("/key", f"<Dial><Number>{PAT}</Number></Dial>")
    pat, ann = (screen.get_by_role("article", name=name) for name in ("Pat", "Ann"))
    pat.get_by_role("button", name="He has a fever").click()
    pat.get_by_role("button", name="Send").click()
    expect(pat.locator(".bubble.mine p")).to_have_text("He has a fever")
    expect(pat.locator(".bubble.theirs p")).to_have_text("Call 911.")
    room.page(ANN)
    expect(ann.get_by_role("alert")).to_contain_text("Helpline is calling")
    ann.get_by_role("button", name="Answer").click()
    expect(ann.locator(".heard")).to_contain_text("Press 1.")
    ann.get_by_role("button", name="1", exact=True).click()
    pat.get_by_role("button", name="Answer").click()
    expect(ann.locator(".partner")).to_have_text("Talking with Pat")
    expect(pat.locator(".partner")).to_have_text("Talking with Ann")
    ann.get_by_label("What Ann says").fill("How is he?")
    ann.get_by_role("button", name="Say").click()
    expect(pat.locator(".heard")).to_contain_text("Ann: How is he?")
    pat.get_by_role("button", name="Hang up").click()
    expect(ann.locator(".call")).to_be_hidden()


def test_by_keyboard_alone(room: Room, screen: Page) -> None:
    """A text is written, a call answered, and a digit pressed without a mouse."""
    room.product.says("/page", '<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>')
    room.product.says("/key", "<Hangup/>")
    ann = screen.get_by_role("article", name="Ann")
    ann.get_by_label("Text from Ann").focus()
    screen.keyboard.type("A 4821")
    screen.keyboard.press("Enter")
    expect(ann.locator(".bubble.mine p")).to_have_text("A 4821")
    room.page(ANN)
    answer = ann.get_by_role("button", name="Answer")
    answer.focus()
    screen.keyboard.press("Enter")
    ann.get_by_role("button", name="Hang up").focus()
    screen.keyboard.press("1")
    expect(ann.locator(".last")).to_have_text("Call ended")
    assert room.product.forms("/key")[0]["Digits"] == "1"


def test_what_a_phone_is_set_to(room: Room, screen: Page) -> None:
    """A phone that is switched off on the page does not get its text, and shows so."""
    pat = screen.get_by_role("article", name="Pat")
    pat.get_by_label("This phone").select_option("off")
    expect(pat.get_by_label("This phone")).to_have_value("off")
    room.product.says("/sms", "<Message>Hello.</Message>")
    pat.get_by_label("Text from Pat").fill("hi")
    pat.get_by_role("button", name="Send").click()
    expect(pat.locator(".bubble.lost small")).to_contain_text("not delivered: undelivered (30003)")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_narrow_screens(screen: Page, width: int) -> None:
    """On a phone's own screen nothing runs out of the page."""
    screen.set_viewport_size({"width": width, "height": 800})
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_faults_are_shown(room: Room, screen: Page) -> None:
    """What Twilio would complain about is on the page."""
    room.product.says("/sms", "<Shout>Hello</Shout>")
    room.desk.phone(PAT).texts("hi")
    expect(screen.locator("#problems summary")).to_have_text("Twilio would complain (1)")
