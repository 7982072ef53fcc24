"""The spool: what came while there was no database; one encrypted file each, synced before we answer."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from storage.keyring import derive_key
from storage.vault import Sealed, seal, unseal

PURPOSE = "spool"


class SpoolError(RuntimeError):
    """The folder of the spool cannot be written: without it a message could be lost, so we do not start."""


class Spool:
    """A folder of sealed notes. Several processes may share it: a note is made only once."""

    def __init__(self, folder: Path, secrets: Sequence[str]) -> None:
        self._folder = folder
        self._secrets = tuple(secrets)

    def check(self) -> None:
        """Make the folder and write to it once. Raises SpoolError."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            probe = self._folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise SpoolError(f"{self._folder} cannot be written ({error.strerror}): mend HELPLINE_DATA_DIR") from error

    def keep(self, kind: str, name: str, note: Mapping[str, Any]) -> bool:
        """Write a note unless it is there already; True = it is ours. On return it survives a power cut."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._path(kind, name)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            return False
        with os.fdopen(handle, "wb") as file:
            file.write(self.sealed(note, kind))
            file.flush()
            os.fsync(file.fileno())
        self._sync_folder()
        return True

    def note(self, kind: str, name: str) -> dict[str, Any] | None:
        """A note, or None."""
        path = self._path(kind, name)
        return self._opened(path, kind) if path.exists() else None

    def notes(self, kind: str) -> list[dict[str, Any]]:
        """All notes of a kind, oldest first. One that no secret opens stays where it is, for a human."""
        paths = sorted(self._folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns)
        return [note for path in paths if (note := self._opened(path, kind)) is not None]

    def drop(self, kind: str, name: str) -> None:
        """The note is in the database now."""
        self._path(kind, name).unlink(missing_ok=True)

    def count(self) -> int:
        """How many messages wait for the database."""
        return sum(1 for _ in self._folder.glob("lost-*"))

    def sealed(self, note: Mapping[str, Any], kind: str) -> bytes:
        """A note as bytes that only our secrets open."""
        return seal(derive_key(self._secrets[0], PURPOSE), json.dumps(note).encode(), kind)

    def token(self, note: Mapping[str, Any], kind: str) -> str:
        """A sealed note that may stand in a URL."""
        return urlsafe_b64encode(self.sealed(note, kind)).decode().rstrip("=")

    def from_token(self, token: str, kind: str) -> dict[str, Any] | None:
        """The note of a token, or None if it is not one of ours."""
        try:
            return self._unsealed(urlsafe_b64decode(token + "=" * (-len(token) % 4)), kind)
        except (NotBase64, ValueError):
            return None

    def _opened(self, path: Path, kind: str) -> dict[str, Any] | None:
        try:
            return self._unsealed(path.read_bytes(), kind)
        except FileNotFoundError:
            return None

    def _unsealed(self, sealed: bytes, kind: str) -> dict[str, Any] | None:
        for secret in self._secrets:
            try:
                note = json.loads(unseal(derive_key(secret, PURPOSE), sealed, kind))
            except (Sealed, ValueError):
                continue
            return note if isinstance(note, dict) else None
        return None

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / f"{kind}-{sha256(name.encode()).hexdigest()[:32]}"

    def _sync_folder(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
