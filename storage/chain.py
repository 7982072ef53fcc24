"""The chain of events: every link is a keyed hash over the one before, so that no event changes unseen.

A link covers the keyed hash of a text (`mark`), never the text, so that purging the text leaves the chain whole.
"""

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from uuid import UUID

from storage.vault import Vault, encode


def mark(text: str | None, vault: Vault) -> bytes | None:
    """The keyed hash that stands for a text; stored beside it, and kept when the text is purged."""
    return None if text is None else vault.mac(b"text\0" + encode(text))


def link(previous: bytes | None, fields: Mapping[str, object], vault: Vault) -> bytes:
    """The link of one event, from the link before it (None for the first) and from what must not change."""
    before = previous or b""
    return vault.mac(b"link\0" + len(before).to_bytes(2, "big") + before + _canonical(fields))


def verify(rows: Iterable[tuple[Mapping[str, object], bytes]], vault: Vault, head: bytes | None = None) -> int | None:
    """The index of the first row whose link is wrong, or None.

    Rows cut off at the end show only against `head`, the last link as it is kept elsewhere (with the case).
    """
    previous: bytes | None = None
    count = 0
    for index, (fields, found) in enumerate(rows):
        if not hmac.compare_digest(link(previous, fields, vault), found):
            return index
        previous, count = found, index + 1
    return count if head is not None and head != previous else None


def _canonical(fields: Mapping[str, object]) -> bytes:
    plain = {name: _plain(value) for name, value in fields.items()}
    return encode(json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")))


def _plain(value: object) -> object:
    # The same value must give the same bytes before it is stored and after it was read from either database.
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int() | str():
            return value
        case bytes():
            return {"bytes": value.hex()}
        case UUID():
            return {"id": value.hex}
        case datetime() if value.tzinfo is not None:
            return {"time": value.astimezone(UTC).isoformat(timespec="microseconds")}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"not for the chain: {type(value).__name__}")
