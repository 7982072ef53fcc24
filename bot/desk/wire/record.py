"""The desk's diary: every REST request and every TwiML document as one JSON line, to be checked from outside."""

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO


class Record:
    """Appends JSON lines to a file and flushes each; without a path it keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        """The file is made at the first line."""
        self._path = path
        self._file: TextIO | None = None
        self._lock = threading.Lock()

    def write(self, line: Mapping[str, object]) -> None:
        """Add one line."""
        if self._path is None:
            return
        with self._lock:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()

    def close(self) -> None:
        """Let go of the file; a later line opens it again."""
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
