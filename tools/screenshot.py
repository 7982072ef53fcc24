"""Takes docs/images/desk.png from a running helpline: `.venv/bin/python tools/screenshot.py` plays the first minute."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright

from tools.browser import ARGUMENTS, find_chromium
from tools.served import served

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs/images/desk.png"
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


def main() -> int:
    """Write the picture; exit 1 if it is too large."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder), CENTER, port=PORT) as helpline,
        sync_playwright() as tool,
    ):
        browser = tool.chromium.launch(executable_path=find_chromium(install=True), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1240, "height": 1020}, device_scale_factor=1, color_scheme="light")
        page.goto(f"{helpline.url}/desk")
        play(page)
        page.screenshot(path=PICTURE)
        browser.close()
    size = PICTURE.stat().st_size
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}: {size} bytes\n")
    return 0 if size <= LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
