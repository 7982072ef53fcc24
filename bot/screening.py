"""Screening from the command line: JSON lines in, JSON lines out, with the same screen and rules as the helpline."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, Limits, triage
from flows.triage.limits import SHIPPED
from flows.words import Level

NAMES = {Level.EMERGENCY: "emergency", Level.URGENT: "urgent", Level.SAME_DAY: "same_day"}


def screen_lines(lines: Iterable[str], lexicon: Lexicon, limits: Limits = SHIPPED) -> Iterator[str]:
    """One JSON object for every input line that isn't blank; a bad line is answered with what is wrong with it."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(line, lexicon, limits))


def _answer(line: str, lexicon: Lexicon, limits: Limits) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "not a JSON object"}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"id": asked.get("id") if isinstance(asked, dict) else None, "error": "needs a text"}
    faults = [name for name in ("day", "age") if not isinstance(asked.get(name), int | None)]
    if faults:
        return {"id": asked.get("id"), "error": f"{', '.join(faults)}: not a whole number"}
    return {"id": asked.get("id"), **_screened(asked, lexicon, limits)}


def _screened(asked: Mapping[str, Any], lexicon: Lexicon, limits: Limits) -> dict[str, Any]:
    product = asked.get("product")
    about = Circumstances(
        day=asked.get("day"), age=asked.get("age"), product=product if isinstance(product, str) else None
    )
    reading = read(asked["text"], lexicon)
    said = triage(reading.evidence, about, reading, limits)
    level = NAMES.get(said.level) if said.level is not None else None
    return {
        "level": level or ("ask" if said.ask else "none"),
        "signs": list(said.signs),
        "opt_out": reading.opt_out,
        "rules": list(said.rules),
        "ask": said.ask,
        "words": sorted({one.words for one in reading.evidence}),
    }
