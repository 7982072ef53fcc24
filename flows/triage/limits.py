"""Limits: the vital-sign bands and day windows of the rules, as shipped; `clinical.toml` may replace them."""

import tomllib
from dataclasses import dataclass, fields
from types import MappingProxyType

BCMA = frozenset({"carvykti", "abecma"})


@dataclass(frozen=True, slots=True)
class Limits:
    """Adult bands of reference B7 and windows of C2 and C4. Temperatures in Celsius; each band includes its bound."""

    fever: float = 38.0
    low_grade: float = 37.5
    cold: float = 36.0
    pulse_emergency_high: float = 131
    pulse_emergency_low: float = 40
    pulse_urgent: float = 111
    pressure_emergency: float = 80
    pressure_low: float = 90
    pressure_urgent: float = 100
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


SHIPPED = Limits()
CHILD_FREE = MappingProxyType({"vital_pulse": True, "vital_pressure": True, "vital_breaths": True})


def parse_limits(text: str) -> Limits:
    """The limits in the `[limit.*]` tables of a clinical TOML text; raises ValueError naming what is missing."""
    tables = tomllib.loads(text).get("limit", {})
    names = {field.name for field in fields(Limits)}
    faults = [f"no limit.{name}" for name in sorted(names - tables.keys())]
    faults += [f"unknown limit.{name}" for name in sorted(tables.keys() - names)]
    for name in sorted(names & tables.keys()):
        faults += [
            f"limit.{name} has no {key}" for key in ("value", "owner", "on", "source") if key not in tables[name]
        ]
    if faults:
        raise ValueError("; ".join(faults))
    return Limits(**{name: tables[name]["value"] for name in names})
