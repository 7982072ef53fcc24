"""Editions: the centre's own content on this server, laid over the shipped one; one of them is in force.

Each is a folder of TOML files, written once and never changed. `in_force` names them oldest first, the last one counts,
and it is replaced in one step, so that a reader sees the old edition or the new one and nothing in between.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

SHIPPED = "shipped"  # nothing of the centre's own
NAME = re.compile(r"\d{8}T\d{12}Z")


class EditionsError(ValueError):
    """What counts cannot be told; the message says how to mend it."""


class Editions:
    """A folder of editions. Several processes may read it; one person at a time changes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._list = folder / "in_force"

    def history(self) -> list[str]:
        """The editions that count, oldest first; empty = only the shipped content. Raises OSError, EditionsError."""
        try:
            names = self._list.read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []
        except UnicodeDecodeError:
            names = ["?"]
        if strange := [name for name in names if not NAME.fullmatch(name)]:
            raise EditionsError(f"{self._list} names no edition with {strange[0]!r}: mend it, or remove it to go back")
        return names

    def in_force(self) -> str:
        """The name of the edition that counts. Raises OSError, EditionsError."""
        return (self.history() or [SHIPPED])[-1]

    def lost(self) -> bool:
        """Whether nobody has said what counts: true on a new server, and where the folder has been taken away."""
        return not self._list.exists()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Nobody else changes what counts meanwhile; whoever comes second waits, and sees what the first one did."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            flock(lock, LOCK_EX)
            yield

    def documents(self, name: str) -> dict[str, str]:
        """The files of an edition, name to text. Raises OSError, UnicodeDecodeError."""
        if name == SHIPPED:
            return {}
        return {path.name: path.read_text(encoding="utf-8") for path in sorted((self._folder / name).iterdir())}

    def put_in_force(self, documents: Mapping[str, str], now: datetime) -> str:
        """Write an edition of these files and let it count; its name. On return it survives a power cut."""
        name = f"{now:%Y%m%dT%H%M%S%f}Z"
        draft = self._folder / f".{name}"
        draft.mkdir(parents=True)  # readable to all: whoever applies need not be the user who serves
        for file, text in documents.items():
            _write(draft / file, text)
        _keep(draft)
        draft.rename(self._folder / name)
        self._count([*self.history(), name])
        return name

    def undo(self) -> str:
        """Let the edition before count again; its name. The one that is taken back stays on the disk."""
        self._count(self.history()[:-1])
        return self.in_force()

    def _count(self, names: list[str]) -> None:
        draft = self._list.with_suffix(".new")
        _write(draft, "\n".join(names) + "\n")
        draft.replace(self._list)
        _keep(self._folder)


def _keep(folder: Path) -> None:
    """What stands in a folder is on the disk only when the folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
