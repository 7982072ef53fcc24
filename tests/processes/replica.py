"""One process of the product: `main.py serve` with settings of its own, that can be killed and started again."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import httpx

from bot.settings import DESK_TOKEN
from tests.bot.line import signature
from tests.conftest import SECRET
from tests.house import HELPLINE
from tests.until import until

ROOT = Path(__file__).parents[2]
OURS = ("HELPLINE_", "TWILIO_", "PORT")


def run(folder: Path, command: list[str], settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start `main.py` with nothing of our own settings but these; what it says is appended to a log."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    own = settings_of(folder, settings)
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *command],
            env={**inherited, **own},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def settings_of(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """These, with the tests' secret and a folder of its own."""
    return {**settings, "HELPLINE_SECRET_KEYS": SECRET, "HELPLINE_DATA_DIR": str(folder)}


class Running(Protocol):
    """A process that was started."""

    def kill(self) -> None:
        """SIGKILL."""

    def wait(self) -> int:
        """Until it is gone."""

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""


@dataclass
class Replica:
    """`public` is what Twilio calls, which need not be this process."""

    folder: Path
    port: int
    settings: Mapping[str, str]
    public: str = ""
    process: Running | None = field(default=None, init=False)

    @property
    def url(self) -> str:
        """Where this process listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, ready: str = "up") -> None:
        """Start it and wait until it answers, with its database `up`, or `down` if that is what a test wants."""
        self.folder.mkdir(parents=True, exist_ok=True)
        own = {**self.settings, "PORT": str(self.port), "HELPLINE_PUBLIC_URL": self.public or self.url}
        self.process = self.run(own)
        until(lambda: self.database == ready, f"the helpline answers: {self.log()}")

    def run(self, settings: Mapping[str, str]) -> Running:
        """One more process."""
        return run(self.folder, ["serve"], settings)

    def kill(self) -> None:
        """SIGKILL: it has no time to do anything more."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @property
    def database(self) -> str:
        """How it says that its database is; empty = it does not answer."""
        assert self.process is None or self.process.poll() is None, self.log()
        try:
            return str(httpx.get(f"{self.url}/readyz", timeout=5, trust_env=False).json()["database"])
        except httpx.HTTPError:
            return ""

    def text(self, sender: str, body: str, sid: str) -> str:
        """A text comes in at this process, whoever's address is public; the TwiML."""
        pairs = [("MessageSid", sid), ("From", sender), ("To", HELPLINE), ("Body", body)]
        signed = signature(f"{self.public or self.url}/twilio/sms", pairs, DESK_TOKEN)
        answer = httpx.post(
            f"{self.url}/twilio/sms",
            data=dict(pairs),
            headers={"X-Twilio-Signature": signed},
            timeout=15,
            trust_env=False,
        )
        assert answer.status_code == 200
        return answer.text

    def log(self) -> str:
        """What it has said."""
        path = self.folder / "log"
        return path.read_text("utf-8", "replace") if path.exists() else ""
