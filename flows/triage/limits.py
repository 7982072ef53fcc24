"""Limits: the vital-sign bands, day windows, soft signs and products of the rules, as `clinical.toml` gives them."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from math import isfinite
from types import MappingProxyType
from typing import Any

from flows.triage.rules import SOFT_SIGNS
from flows.triage.signed import unsigned

CHILD_FREE = MappingProxyType({"vital_pulse": True, "vital_pressure": True, "vital_breaths": True})
SIGNED = ("owner", "on", "source")
TARGETS = ("BCMA", "CD19")


@dataclass(frozen=True, slots=True)
class Limits:
    """Adult bands of reference B7 and windows of C2 and C4. Temperatures in Celsius; each band includes its bound.

    `soft`: the signs that ask before they page (C2 rule 2a). `bcma`: the products against BCMA (C3 row 10).
    """

    fever: float = 38.0
    low_grade: float = 37.5
    cold: float = 36.0
    pulse_emergency_high: float = 131
    pulse_emergency_low: float = 40
    pulse_urgent: float = 111
    pressure_emergency: float = 80
    pressure_low: float = 90
    pressure_urgent: float = 100
    pressure_drop: float = 20
    pressure_high: float = 220
    oxygen_emergency: float = 91
    oxygen_urgent: float = 93
    oxygen_watch: float = 95
    breaths_emergency_high: float = 25
    breaths_emergency_low: float = 8
    breaths_urgent: float = 21
    body_window: int = 30
    brain_window: int = 60
    headache_window: int = 90
    fog_window: int = 90
    soft: frozenset[str] = SOFT_SIGNS
    bcma: frozenset[str] = frozenset({"abecma", "carvykti"})


SHIPPED = Limits()
# No limit lies outside, in the unit of clinical.toml. Temperatures are in Celsius, windows in days.
PLAUSIBLE = MappingProxyType(
    {
        "fever": (37, 40),
        "low_grade": (36, 39),
        "cold": (33, 37),
        "pulse_emergency_high": (20, 200),
        "pulse_emergency_low": (20, 200),
        "pulse_urgent": (20, 200),
        "pressure_emergency": (50, 150),
        "pressure_low": (50, 150),
        "pressure_urgent": (50, 150),
        "pressure_drop": (5, 80),
        "pressure_high": (140, 260),
        "oxygen_emergency": (70, 99),
        "oxygen_urgent": (70, 99),
        "oxygen_watch": (70, 99),
        "breaths_emergency_high": (4, 60),
        "breaths_emergency_low": (4, 60),
        "breaths_urgent": (4, 60),
        "body_window": (1, 3650),
        "brain_window": (1, 3650),
        "headache_window": (1, 3650),
        "fog_window": (1, 3650),
    }
)
NUMBERS = tuple(field.name for field in fields(Limits) if field.name not in ("soft", "bcma"))
# Where a higher number lets more pass; for all other limits a lower one does.
LOOSER_UP = frozenset(
    "fever low_grade pulse_emergency_high pulse_urgent pressure_drop pressure_high breaths_emergency_high "
    "breaths_urgent".split()
)


def parse_limits(text: str) -> Limits:
    """The limits in a clinical TOML text; raises ValueError naming all that is missing, unknown or not signed."""
    document = tomllib.loads(text)
    faults = [*_faults(document)]
    if not faults:
        faults = [f"{one} and needs second_by and second_on" for one in unsigned(loosened(document))]
    if faults:
        raise ValueError("; ".join(faults))
    return read_limits(text)


def read_limits(text: str) -> Limits:
    """The same without asking who signed: to see what a change would do before it is signed."""
    document = tomllib.loads(text)
    if faults := list(_faults(document)):
        raise ValueError("; ".join(faults))
    numbers = {name: document["limit"][name]["value"] for name in NUMBERS}
    bcma = frozenset(name for name, product in document["product"].items() if product["target"] == "BCMA")
    return Limits(**numbers, soft=frozenset(document["soft"]["signs"]), bcma=bcma)


def loosened(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What is looser than shipped, as a line, with the table that must be signed twice for it."""
    for name in NUMBERS:
        table, floor = document["limit"][name], getattr(SHIPPED, name)
        value = table["value"]
        if value > floor if name in LOOSER_UP else value < floor:
            yield f"limit.{name} {value} is looser than the shipped {floor}", table
    for name in sorted(SHIPPED.bcma):
        product = document["product"].get(name, {})
        if product.get("target") != "BCMA":
            yield f"product.{name} is no longer a BCMA product", product


def _strange(name: str, value: object) -> Iterator[str]:
    """A limit that no vital sign or window could have: a slip of a key, or Fahrenheit where Celsius is meant."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        yield f"limit.{name} is no number"
        return
    low, high = PLAUSIBLE[name]
    if not low <= value <= high:
        yield f"limit.{name} {value} is not between {low} and {high}"


def _faults(document: Mapping[str, Any]) -> Iterator[str]:
    tables = document.get("limit", {})
    yield from (f"no limit.{name}" for name in NUMBERS if name not in tables)
    yield from (f"unknown limit.{name}" for name in tables if name not in NUMBERS)
    for name in (name for name in NUMBERS if name in tables):
        yield from (f"limit.{name} has no {key}" for key in ("value", *SIGNED) if key not in tables[name])
        yield from _strange(name, tables[name].get("value", getattr(SHIPPED, name)))
    soft = document.get("soft", {})
    yield from (f"soft has no {key}" for key in ("signs", *SIGNED) if key not in soft)
    yield from (f"{sign} has no soft cell" for sign in soft.get("signs", ()) if sign not in SOFT_SIGNS)
    for name, product in document.get("product", {}).items():
        yield from (f"product.{name} has no {key}" for key in SIGNED if key not in product)
        if product.get("target") not in TARGETS:
            yield f"product.{name}: its target is none of {', '.join(TARGETS)}"
    if not document.get("product"):
        yield "no product"
