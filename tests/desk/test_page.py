"""The page `/desk` and the thread behind it: what is shown, what a click does, and real time."""

import asyncio
import json
from collections.abc import Callable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig, PhoneCard
from bot.desk.desk import Desk
from bot.desk.time.clock import utc_now
from bot.desk.transport import AsgiTransport, asgi_post
from tests.desk.conftest import Table
from tests.desk.product import ACCOUNT, ANN, BASE, HELPLINE, PAT, TOKEN, Product

PATIENCE = 10.0


@pytest.fixture
def browser(table: Table) -> Iterator[httpx.Client]:
    with httpx.Client(transport=AsgiTransport(table.desk.app), base_url="http://desk") as client:
        yield client


def click(browser: httpx.Client, number: str, deed: str, **said: str) -> httpx.Response:
    return browser.post(f"/desk/phones/{number}/{deed}", json=said)


def test_files(browser: httpx.Client) -> None:
    """The page and its files are served under a policy that allows nothing inline."""
    page = browser.get("/desk")
    assert page.status_code == 200 and "script-src 'self'" in page.headers["content-security-policy"]
    for name in ("desk.js", "card.js", "desk.css", "icon.svg"):
        assert f'/desk/files/{name}"' in page.text + browser.get("/desk/files/desk.js").text
        assert browser.get(f"/desk/files/{name}").status_code == 200
    assert "<style" not in page.text and "onclick" not in page.text
    assert browser.get("/desk/files/view.py").status_code == 404


def test_a_case_on_the_page(table: Table, browser: httpx.Client) -> None:
    """What is clicked happens, and what happens is shown: a text, a ring, a key, two people joined."""
    table.product.says("/sms", "<Message>Call 911.</Message>")
    table.product.says("/page", '<Gather numDigits="1" action="/key"><Say>Press 1.</Say></Gather>')
    table.product.says("/key", f"<Dial><Number>{PAT}</Number></Dial>")
    assert click(browser, PAT, "text", text="hi").status_code == 204
    table.create("Calls", To=ANN, From=HELPLINE, Url=f"{BASE}/page")
    phones = {phone["number"]: phone for phone in browser.get("/desk/state").json()["phones"]}
    assert [text["body"] for text in phones[PAT]["thread"]] == ["hi", "Call 911."]
    assert phones[ANN]["ringing"] == [HELPLINE]
    click(browser, ANN, "answer")
    click(browser, ANN, "keys", keys="1")
    click(browser, PAT, "answer")
    click(browser, PAT, "speech", words="Hello")
    phones = {phone["number"]: phone for phone in browser.get("/desk/state").json()["phones"]}
    assert phones[ANN]["call"]["with"] == ["Pat"]
    assert [(line["by"], line["text"]) for line in phones[ANN]["lines"]] == [
        ("", "Press 1."),
        ("Ann", "[1]"),
        ("Pat", "Hello"),
    ]
    click(browser, PAT, "hangup")
    assert table.desk.phone(ANN).call is None


def test_lost_texts_are_shown(table: Table, browser: httpx.Client) -> None:
    """A text that did not arrive is shown as such."""
    click(browser, PAT, "behaviour", behaviour="off")
    table.create("Messages", To=PAT, From=HELPLINE, Body="Hello")
    table.pass_time(5)
    phone = next(p for p in browser.get("/desk/state").json()["phones"] if p["number"] == PAT)
    assert [text["status"] for text in phone["thread"]] == ["undelivered (30003)"]


@pytest.mark.parametrize(
    ("deed", "said", "status"),
    [
        ("answer", {}, 409),
        ("hangup", {}, 409),
        ("text", {}, 409),
        ("behaviour", {"behaviour": "flying"}, 409),
        ("explode", {}, 404),
    ],
)
def test_clicks_that_come_too_late(browser: httpx.Client, deed: str, said: dict[str, str], status: int) -> None:
    """A click on what is no longer there changes nothing, and is no fault of the server."""
    assert click(browser, PAT, deed, **said).status_code == status


def test_other_sites_cannot_click(browser: httpx.Client) -> None:
    """A form on another site is not listened to."""
    assert browser.post(f"/desk/phones/{PAT}/text", data={"text": "hi"}).status_code == 404


def until(desk: Desk, true: Callable[[], bool]) -> None:
    """Wait for something that the desk's own thread will do."""
    with desk.exchange.stirred:
        assert desk.exchange.stirred.wait_for(true, PATIENCE)


def test_real_time() -> None:
    """With its thread the desk does by itself what is due, and stops when told to."""
    product = Product()
    product.says("/sms", '<Message action="/reply">One</Message>')
    config = DeskConfig(ACCOUNT, TOKEN, HELPLINE, f"{BASE}/sms", f"{BASE}/voice", phones=(PhoneCard(PAT, "Pat"),))
    desk = create_desk(config, utc_now, asgi_post(product.app))
    desk.start()
    try:
        desk.phone(PAT).texts("hi")
        until(desk, lambda: len(product.forms("/reply")) == 2)
        assert [text.body for text in desk.phone(PAT).inbox] == ["One"]
    finally:
        desk.stop()
    desk.phone(PAT).texts("hi")
    assert len(desk.phone(PAT).inbox) == 2


def test_live_view(table: Table) -> None:
    """The stream of events begins with the whole desk, and ends when the browser goes."""

    async def watch() -> list[str]:
        received: list[str] = []
        gone = asyncio.Event()
        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def send(event: MutableMapping[str, Any]) -> None:
            received.extend(part for part in event.get("body", b"").decode().split("\n\n") if "data: " in part)
            if received:
                gone.set()

        async def receive() -> MutableMapping[str, Any]:
            if asked:
                return asked.pop()
            await gone.wait()
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "path": "/desk/events", "headers": [], "query_string": b""}
        await table.desk.app(scope, receive, send)
        return received

    with ThreadPoolExecutor(1) as aside:
        received = aside.submit(lambda: asyncio.run(watch())).result()
    assert json.loads(received[0].removeprefix("data: "))["helpline"] == HELPLINE
