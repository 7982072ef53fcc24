"""One Chromium for all browser tests, and a running helpline for each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import ARGUMENTS, find_chromium
from tools.served import Served, served

PATIENCE = 30_000  # milliseconds: how long a loaded machine may take to show something
# On call at every hour, so that the tests are the same by day and by night.
CENTER = """
[center]
name = "Test Cancer Center"
team_phone = "+15555550100"
timezone = "America/Chicago"

[[specialist]]
name = "Ana Ruiz, RN"
phone = "+15555550111"
tier = 1
languages = ["en", "es"]

[[specialist]]
name = "Carla Weiss, MD"
phone = "+15555550121"
tier = 2
languages = ["en", "es"]
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium; where none is found, the test fails and says how to get one."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_chromium(), args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def helpline(tmp_path: Path, record: Path) -> Iterator[Served]:
    """A helpline as a process of its own; what its desk saw is kept beside the records of the other tests."""
    with served(tmp_path, CENTER) as running:
        yield running
    if running.desk_record.exists():
        shutil.copyfile(running.desk_record, record)


@pytest.fixture
def page(browser: Browser, helpline: Served) -> Iterator[Page]:
    """The page /desk, opened; whatever it complains about in the console is an error."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": 1500, "height": 1000}) as context:
        opened = context.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.goto(f"{helpline.url}/desk")
        yield opened
    assert complaints == []
