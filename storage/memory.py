"""What a conversation remembers, as JSON and back."""

from typing import Any

from flows.screen.evidence import About, Evidence, Scope


def packed(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    """Evidence as JSON."""
    return [
        {
            "sign": one.sign,
            "words": one.words,
            "scope": one.scope.value,
            "about": one.about.value,
            "qualities": sorted(one.qualities),
            "value": one.value,
            "unit": one.unit,
        }
        for one in evidence
    ]


def unpacked(stored: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    """Evidence from JSON; a row of an older version without a field gets its default."""
    return tuple(
        Evidence(
            sign=one["sign"],
            words=one["words"],
            scope=Scope(one.get("scope", "present")),
            about=About(one.get("about", "unknown")),
            qualities=frozenset(one.get("qualities", ())),
            value=one.get("value"),
            unit=one.get("unit"),
        )
        for one in stored
    )
