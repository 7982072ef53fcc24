"""Starts what is measured, each as a process of its own, and asks it: sender, receiver, bare server, memory."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import httpx

from tools.benchmarks.load import Order, Sent
from tools.served import ROOT, free_port, stop

PATIENCE = 30.0


def send(order: Order) -> Sent:
    """Run the sender to its end."""
    command = [sys.executable, "-m", "tools.benchmarks.load"]
    done = subprocess.run(
        command, input=json.dumps(asdict(order)).encode(), stdout=subprocess.PIPE, cwd=ROOT, check=True
    )
    return Sent(**json.loads(done.stdout))


@contextmanager
def receiver(delay: float = 0.0, *, callbacks: bool = False) -> Iterator[str]:
    """The URL of a Twilio that takes everything, and may tell what became of it."""
    with _module("tools.benchmarks.receiver", "/", lambda port: [str(port), str(delay), f"{callbacks:d}"]) as url:
        yield url


@contextmanager
def bare(database_url: str) -> Iterator[str]:
    """The URL of the bare minimum."""
    with _module("tools.benchmarks.bare", "/readyz", lambda port: [database_url, str(port)]) as url:
        yield url


def arrivals(url: str) -> list[dict[str, Any]]:
    """What the receiver has got."""
    found = httpx.get(f"{url}/arrivals", trust_env=False).json()
    assert isinstance(found, list)
    return found


def resident(process: subprocess.Popen[bytes]) -> int:
    """The memory that a process holds now, in MB; 0 where the system does not say."""
    status = Path(f"/proc/{process.pid}/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS:")), 0)


@contextmanager
def _module(name: str, ready: str, arguments: Any) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", name, *arguments(port)], cwd=ROOT, stdin=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url + ready)
        yield url
    finally:
        stop(process)


def _wait(url: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        try:
            httpx.get(url, trust_env=False)
            return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise RuntimeError(f"{url} does not answer")
