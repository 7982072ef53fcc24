"""Replicas for many kills: forked from a process that has read the content already, so that a start takes no seconds.

What is forked is the product's own `serve`, in a process of its own, and SIGKILL is SIGKILL.
"""

import multiprocessing
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import main
from bot.shelf import make_library
from tests.processes.replica import OURS, Replica, settings_of

LIBRARY = make_library(main.read_content())


@dataclass
class Forked:
    """A process of the nursery, held like a child of our own."""

    process: ForkServerProcess

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()

    def wait(self) -> int:
        """Until it is gone."""
        self.process.join()
        return self.process.exitcode or 0

    def poll(self) -> int | None:
        """Its exit code, or None while it lives."""
        return self.process.exitcode


@dataclass
class WarmReplica(Replica):
    """A replica that starts from the nursery."""

    nursery: ForkServerContext = field(default_factory=lambda: nursery())

    def run(self, settings: Mapping[str, str]) -> Forked:
        """One more process."""
        own = settings_of(self.folder, settings)
        made = self.nursery.Process(target=serve, args=(self.folder / "log", own), daemon=True)
        made.start()
        return Forked(made)


def nursery() -> ForkServerContext:
    """Where they are forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "tests.chaos.kills"])
    return context


def serve(log: Path, settings: Mapping[str, str]) -> None:
    """The whole product, until it is killed."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.update(settings)
    with patch.object(main, "make_library", known):
        main.cli(["serve"])


def known(_documents: Any) -> Any:
    """The library that was made before the fork."""
    return LIBRARY
