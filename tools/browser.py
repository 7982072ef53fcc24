"""Finds a Chromium for the browser tests, or gets one, or says what to type: `browser.py` prints its path."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOW = """No Chromium was found for the browser tests, and none could be installed. One of these helps:
  CHROME=/path/to/chromium make test
  sudo apt-get install -y --no-install-recommends chromium
  .venv/bin/playwright install --with-deps chromium
"""


class NoBrowser(RuntimeError):
    """There is no Chromium; the message says what to type."""


def find_chromium(*, install: bool = False) -> str:
    """The path of a Chromium that runs: $CHROME, the PATH, playwright's own; with `install` it is fetched if need be.

    Raises NoBrowser.
    """
    ways: list[Callable[[], object]] = [lambda: None]
    if install:
        ways += [_from_debian, _from_playwright]
    for way in ways:
        way()
        found = next((path for path in _places() if _runs(path)), None)
        if found:
            return found
    raise NoBrowser(HOW)


def _places() -> Iterator[str]:
    named = os.environ.get("CHROME")
    if named:
        # Who names one wants that one, and wants to hear if it does not run.
        yield named
        return
    yield from (path for name in NAMES if (path := shutil.which(name)))
    home = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    yield from (str(path) for path in sorted(home.glob("chromium-*/chrome-*/chrome"), reverse=True))
    yield from (str(path) for path in home.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"))


def _runs(path: str) -> bool:
    # Some systems have a `chromium` that only tells people to install another package.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=30, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and any(char.isdigit() for char in done.stdout.decode(errors="replace"))


def _from_debian() -> None:
    if os.environ.get("CHROME") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    if not _tried(install):
        _tried(["apt-get", "update"])
        _tried(install)


def _from_playwright() -> None:
    if not os.environ.get("CHROME"):
        _tried([sys.executable, "-m", "playwright", "install", "chromium"])


def _tried(command: list[str]) -> bool:
    sys.stderr.write(f"browser: {' '.join(command)}\n")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        # What apt-get prints is no result of ours: standard output holds the path alone.
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr, timeout=600)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Print the path; exit 1 with what to type where there is none."""
    try:
        sys.stdout.write(f"Browser tests use {find_chromium(install=True)}\n")
    except NoBrowser as error:
        sys.stderr.write(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
