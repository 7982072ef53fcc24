"""The second sign-off: whoever lets more pass than was shipped needs another person's name beside their own."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Loosened = Iterable[tuple[str, Mapping[str, Any]]]


def signed_twice(table: Mapping[str, Any]) -> bool:
    """Has somebody other than the owner signed, on a day?"""
    second = str(table.get("second_by", "")).strip()
    return bool(second) and second != str(table.get("owner", "")).strip() and isinstance(table.get("second_on"), date)


def unsigned(loosened: Loosened) -> Iterator[str]:
    """What was loosened by one person alone."""
    return (line for line, table in loosened if not signed_twice(table))


def shown(loosened: Loosened) -> Iterator[str]:
    """Every loosening, with who signed it the second time."""
    for line, table in loosened:
        second = f"signed by {table['second_by']}" if signed_twice(table) else "NOT SIGNED A SECOND TIME"
        yield f"LOOSER: {line} ({second})"
