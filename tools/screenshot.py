"""Takes the pictures in docs/images from a running helpline: `.venv/bin/python tools/screenshot.py`."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import ARGUMENTS, find_chromium
from tools.served import Served, served

ROOT = Path(__file__).parent.parent
DESK, CONSOLE = ROOT / "docs/images/desk.png", ROOT / "docs/images/console.png"
PORT = 8000  # as in `make run`; the links on the phones show it
LARGEST = 300_000  # bytes: a README should open at once
WORDS = "my dad has 102 fever and hes talking gibberish"
# The nurse is on call at every hour, so that the picture is the same by day and by night.
CENTER = """
[center]
name = "Example Cancer Center"
team_phone = "+15555550100"
timezone = "America/Chicago"

[[specialist]]
name = "Ben Okafor, RN"
phone = "+15555550112"
tier = 1

[[specialist]]
name = "Carla Weiss, MD"
phone = "+15555550121"
tier = 2
"""


def play(page: Page) -> None:
    """A daughter texts, the nurse's phone rings, key 1 takes the case, and the daughter reads that somebody has it."""
    daughter = page.get_by_role("article", name="A daughter")
    nurse = page.get_by_role("article", name="Ben Okafor, RN")
    daughter.get_by_label("Text from A daughter").fill(WORDS)
    daughter.get_by_role("button", name="Send").click()
    nurse.get_by_role("button", name="Answer").click()
    nurse.locator(".heard").get_by_text("press 1").first.wait_for()
    nurse.get_by_role("group", name="Keypad").get_by_role("button", name="1", exact=True).click()
    daughter.get_by_text("Someone on call has your alert").wait_for()
    nurse.locator(".heard").get_by_text("is yours").wait_for()
    page.get_by_text("delivered").first.wait_for()


def sign_in(page: Page, helpline: Served) -> None:
    """Sign in at the console with what the start has printed, and a code of this moment."""
    found = dict(re.findall(r"^ +(sign in as|password) +(.+)$", helpline.said, re.MULTILINE))
    command = [sys.executable, str(ROOT / "main.py"), "console", "code", found["sign in as"]]
    settings = {"HELPLINE_DATA_DIR": str(helpline.folder), "HELPLINE_CONFIG": str(helpline.folder / "center.toml")}
    code = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True).stdout
    page.get_by_label("Name").fill(found["sign in as"])
    page.get_by_label("Password").fill(found["password"])
    page.get_by_label(re.compile("^Code")).fill(code.strip())
    page.get_by_role("button", name="Sign in").click()


def desk_picture(browser: Browser, helpline: Served) -> None:
    """The first minute at the desk."""
    page = browser.new_page(viewport={"width": 1240, "height": 1020}, device_scale_factor=1, color_scheme="light")
    page.goto(f"{helpline.url}/desk")
    play(page)
    page.screenshot(path=DESK)


def console_picture(browser: Browser, helpline: Served) -> None:
    """A case that nobody has yet, after the daughter has answered two questions, as the nurse sees it."""
    desk = browser.new_page()
    desk.goto(f"{helpline.url}/desk")
    daughter = desk.get_by_role("article", name="A daughter")
    for text in (WORDS, "1", "1"):
        seen = daughter.locator(".thread > li").count()
        daughter.get_by_label("Text from A daughter").fill(text)
        daughter.get_by_role("button", name="Send").click()
        daughter.locator(".thread > li").nth(seen + 1).wait_for()
    page = browser.new_page(viewport={"width": 1240, "height": 900}, color_scheme="light")
    page.goto(f"{helpline.url}/console")
    sign_in(page, helpline)
    page.get_by_role("link", name=re.compile("^Case")).click()
    page.get_by_text("Where is the patient now").wait_for()
    page.screenshot(path=CONSOLE)


def main() -> int:
    """Write the pictures; exit 1 if one is too large."""
    DESK.parent.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=find_chromium(install=True), args=list(ARGUMENTS))
        for take in (desk_picture, console_picture):
            with tempfile.TemporaryDirectory() as folder, served(Path(folder), CENTER, port=PORT) as helpline:
                take(browser, helpline)
        browser.close()
    sizes = {path.relative_to(ROOT).as_posix(): path.stat().st_size for path in (DESK, CONSOLE)}
    sys.stdout.writelines(f"{name}: {size} bytes\n" for name, size in sizes.items())
    return 0 if max(sizes.values()) <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
