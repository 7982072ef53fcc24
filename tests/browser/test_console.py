"""The console in a real Chromium: a specialist signs in with a code, sees the case, and is rung to join the patient."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tools.served import ROOT, Served

pytestmark = pytest.mark.slow
expect.set_options(timeout=PATIENCE)

DAUGHTER, ANA = "A daughter", "Ana Ruiz, RN"
WORDS = "my dad has 102 fever and hes talking gibberish"
TRIES = 5  # a busy machine may need longer to type a code than it is valid for


def demo_code(helpline: Served, name: str) -> str:
    """The one-time code of a demo sign-in, from the command that the start names."""
    settings = {"HELPLINE_DATA_DIR": str(helpline.folder), "HELPLINE_CONFIG": str(helpline.folder / "center.toml")}
    command = [sys.executable, str(ROOT / "main.py"), "console", "code", name]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def printed(helpline: Served, what: str) -> str:
    """What the start has printed after that word."""
    found = re.search(rf"^ +{what} +(.+)$", helpline.said, re.MULTILINE)
    assert found is not None, helpline.said
    return found.group(1).strip()


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """A specialist's phone: a small browser of its own; whatever it complains about is an error."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark") as context:
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        yield opened
    # A refused sign-in is a 401, which Chromium calls an error.
    assert [line for line in complaints if "401" not in line] == []


def signs_in(console: Page, helpline: Served) -> None:
    """Type what `make run` has printed, with a code of this moment."""
    name, password = printed(helpline, "sign in as"), printed(helpline, "password")
    for _ in range(TRIES):
        console.get_by_label("Name").fill(name)
        console.get_by_label("Password").fill(password)
        console.get_by_label(re.compile("^Code")).fill(demo_code(helpline, name))
        console.get_by_role("button", name="Sign in").click()
        console.wait_for_load_state()
        if "sign-in" not in console.url:
            return
    raise AssertionError("nobody could sign in")


def phone(desk: Page, owner: str) -> Locator:
    """The card of one phone on the desk."""
    return desk.get_by_role("article", name=owner)


def texts(desk: Page, words: str) -> str:
    """The daughter texts; the link on the page that Ana gets, which ends with the code."""
    card = phone(desk, DAUGHTER)
    card.get_by_label(f"Text from {DAUGHTER}").fill(words)
    card.get_by_role("button", name="Send").click()
    paged = phone(desk, ANA).locator(".thread > li > p").first
    expect(paged).to_contain_text("/console/")
    found = re.search(r"\S+/console/\d{4}", paged.inner_text())
    assert found is not None
    return found.group(0)


def fits(console: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(console.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_the_page_to_an_outcome(page: Page, phone_page: Page, helpline: Served) -> None:
    """The page's link, sign-in, the case, accept: the phone rings to join; then a note, reached, and an outcome."""
    console = phone_page
    console.goto(texts(page, WORDS))
    expect(console.get_by_role("button", name="Sign in")).to_be_visible()
    expect(console.locator("body")).not_to_contain_text("gibberish")
    signs_in(console, helpline)
    expect(console.get_by_role("heading", level=1)).to_contain_text("EMERGENCY")
    expect(console.get_by_label("Their words")).to_contain_text(WORDS)
    assert fits(console)

    console.get_by_role("button", name="Accept, and ring me").click()
    expect(console.get_by_role("status").first).to_contain_text("Your phone rings now")
    ana = phone(page, ANA)
    expect(ana.get_by_role("button", name="Answer")).to_be_visible()
    ana.get_by_role("button", name="Answer").click()
    expect(ana.locator(".heard")).to_contain_text("which you took")

    console.get_by_label("For colleagues; patients never see it").fill("speech is clear now")
    console.get_by_role("button", name="Keep note").click()
    expect(console.get_by_text("speech is clear now")).to_be_visible()
    console.get_by_role("button", name="I spoke with them").click()
    console.get_by_label("Outcome").select_option("went_to_er")
    console.get_by_role("button", name="Resolve and close").click()
    expect(console.get_by_role("status").first).to_contain_text("The case is closed")
    expect(console.locator(".owner").first).to_contain_text("Went to the ER")
    assert fits(console)


def test_the_queue_lives(page: Page, phone_page: Page, helpline: Served) -> None:
    """A new case shows on the open queue by itself, calls out in the title, and its clock ticks; so does a new text."""
    console = phone_page
    console.goto(f"{helpline.url}/console")
    signs_in(console, helpline)
    expect(console.get_by_text("Nobody is waiting")).to_be_visible()
    texts(page, WORDS)

    card = console.locator("[data-case]")
    expect(card).to_contain_text("EMERGENCY")
    expect(console).to_have_title(re.compile("1 waiting"))
    clock = card.locator("time").first
    before = clock.inner_text()
    expect(clock).not_to_have_text(before)
    assert fits(console)
    card.get_by_role("link").click()
    console.get_by_label("For colleagues; patients never see it").fill("half a")
    card = phone(page, DAUGHTER)
    card.get_by_label(f"Text from {DAUGHTER}").fill("please hurry up")
    card.get_by_role("button", name="Send").click()
    expect(console.locator("#transcript")).to_contain_text("please hurry up")
    expect(console.get_by_label("For colleagues; patients never see it")).to_have_value("half a")


def test_it_works_without_scripts(browser: Browser, page: Page, helpline: Served) -> None:
    """Without scripts the queue, the case and its buttons work all the same."""
    link = texts(page, WORDS)
    with browser.new_context(java_script_enabled=False) as context:
        console = context.new_page()
        console.set_default_timeout(PATIENCE)
        console.goto(link)
        signs_in(console, helpline)
        console.get_by_role("button", name="Accept, and ring me").click()
        expect(console.locator(".owner").first).to_contain_text("Yours")
        console.goto(f"{helpline.url}/console")
        expect(console.locator("[data-case]")).to_contain_text("Yours")


def test_a_keyboard_is_enough(page: Page, phone_page: Page, helpline: Served) -> None:
    """Every control has a name that can be read out, and the keyboard reaches the first button of a case."""
    console = phone_page
    console.goto(texts(page, WORDS))
    signs_in(console, helpline)
    for control in console.locator("button, a, input:not([type=hidden]), select, textarea").all():
        assert control.evaluate(
            "e => (e.innerText || '').trim() || e.labels?.length || e.getAttribute('aria-label') || ''"
        ), control.evaluate("e => e.outerHTML")
    for _ in range(40):
        console.keyboard.press("Tab")
        if "Accept" in str(console.evaluate("document.activeElement.innerText")):
            break
    console.keyboard.press("Enter")

    expect(console.locator(".owner").first).to_contain_text("Yours")
