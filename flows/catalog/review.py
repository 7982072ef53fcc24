"""The fingerprint of a file's words: a changed text without a new review must not pass unseen."""

import hashlib
import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

FINGERPRINT_LENGTH = 12
REVIEW_TABLE = re.compile(r"^\[review\]\n(?:(?!\[).*\n)*", re.M)


def fingerprint(tables: Mapping[str, Any]) -> str:
    """The first 12 hex digits over everything in a file but its review."""
    words = {name: table for name, table in tables.items() if name != "review"}
    canonical = json.dumps(words, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:FINGERPRINT_LENGTH]


def sign(text: str, on: date, by: str | None = None, es: str | None = None) -> str:
    """The same file with its review renewed: who (unchanged if not given), when, and over which words."""
    tables = tomllib.loads(text)
    review = tables.get("review", {})
    lines = [
        "[review]",
        f"by = {json.dumps(by or review.get('by', 'awaiting clinician review'), ensure_ascii=False)}",
        f"on = {on.isoformat()}",
        f"es = {json.dumps(es or review.get('es', 'awaiting qualified translator'), ensure_ascii=False)}",
        f'words = "{fingerprint(tables)}"',
    ]
    table = "\n".join(lines) + "\n\n"
    rest = REVIEW_TABLE.sub("", text, count=1)
    first = re.search(r"^\[", rest, re.M)
    place = first.start() if first else len(rest)
    return rest[:place] + table + rest[place:]
