"""A running helpline: `main.py serve` as a process of its own, in a folder of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds: a loaded machine may be slow to start, which is no fault
OURS = ("HELPLINE_", "TWILIO_", "PORT")


class NotServed(RuntimeError):
    """The process ended, or did not answer; the message has what it printed."""


@dataclass(frozen=True)
class Served:
    """One running process."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        """What it has printed so far."""
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    @property
    def desk_record(self) -> Path:
        """What its desk saw."""
        return self.folder / "desk.jsonl"


@contextmanager
def served(
    folder: Path, config: str | None = None, more: Mapping[str, str] | None = None, *, port: int = 0
) -> Iterator[Served]:
    """Start it and wait until it would answer a patient; stop it at the end. `more` = more settings."""
    port = port or free_port()
    settings = {"HELPLINE_DATA_DIR": str(folder), "PORT": str(port), **(more or {})}
    if config is not None:
        path = folder / "center.toml"
        path.write_text(config, encoding="utf-8")
        settings["HELPLINE_CONFIG"] = str(path)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with (folder / "serve.log").open("wb") as log:
        command = [sys.executable, str(ROOT / "main.py"), "serve"]
        environment = {**inherited, **settings, "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    running = Served(f"http://127.0.0.1:{port}", folder, process)
    try:
        _wait(running)
        yield running
    finally:
        stop(process)


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End it as an operator would, and by force if it does not."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(running: Served) -> None:
    give_up = time.monotonic() + PATIENCE
    with httpx.Client(base_url=running.url, trust_env=False, timeout=5.0) as client:
        while running.process.poll() is None and time.monotonic() < give_up:
            if _ready(client):
                return
            time.sleep(0.1)
    raise NotServed(f"the helpline is not ready:\n{running.said}")


def _ready(client: httpx.Client) -> bool:
    try:
        said = client.get("/readyz")
    except httpx.HTTPError:
        return False
    return said.status_code == 200 and said.json().get("database") == "up"
