"""Measured vital signs as evidence of signs: 38.4 C is a fever, a pulse of 140 is a heart sign (reference B7, C7)."""

from dataclasses import replace

from flows.screen.evidence import Evidence
from flows.triage.limits import CHILD_FREE, Limits


def as_signs(evidence: Evidence, limits: Limits, child: bool) -> Evidence | None:
    """Other evidence as it is; a vital sign as the sign that it shows, or None when it shows none."""
    if not evidence.sign.startswith("vital_"):
        return evidence
    if evidence.value is None or (child and evidence.sign in CHILD_FREE):
        return None
    sign, quality = _shown(evidence, limits)
    if quality is None:
        return None
    return replace(evidence, sign=sign, qualities=evidence.qualities | {quality})


def celsius(value: float, unit: str | None) -> float:
    """A temperature in Celsius, to the tenth that thermometers show."""
    return round((value - 32) / 1.8, 1) if unit == "F" else value


def _shown(evidence: Evidence, limits: Limits) -> tuple[str, str | None]:
    value = evidence.value or 0.0
    if evidence.sign == "vital_temperature":
        return "fever", _temperature(value, evidence.unit, limits)
    if evidence.sign == "vital_pulse":
        return "heart", _pulse(value, limits)
    if evidence.sign == "vital_pressure":
        below = "below_usual" in evidence.qualities
        return "dizzy_bp", _drop(value, limits) if below else _pressure(value, limits)
    if evidence.sign == "vital_oxygen":
        return "breath", _oxygen(value, limits)
    return "breath", _breaths(value, limits)


def _temperature(value: float, unit: str | None, limits: Limits) -> str | None:
    if unit == "unclear":
        return "unclear"
    degrees = celsius(value, unit)
    if degrees >= limits.fever:
        return "measured"
    if degrees >= limits.low_grade:
        return "low_grade"
    return "cold" if degrees < limits.cold else None


def _pulse(value: float, limits: Limits) -> str | None:
    if value >= limits.pulse_emergency_high or value <= limits.pulse_emergency_low:
        return "vital_emergency"
    return "vital_urgent" if value >= limits.pulse_urgent else None


def _pressure(value: float, limits: Limits) -> str | None:
    if value <= limits.pressure_emergency:
        return "vital_emergency"
    if value <= limits.pressure_low:
        return "pressure_low"
    if value >= limits.pressure_high:
        return "pressure_high"
    return "vital_urgent" if value <= limits.pressure_urgent else None


def _drop(value: float, limits: Limits) -> str | None:
    """How far the pressure is below what is usual for this person."""
    return "vital_urgent" if value >= limits.pressure_drop else None


def _oxygen(value: float, limits: Limits) -> str | None:
    if value <= limits.oxygen_emergency:
        return "vital_emergency"
    if value <= limits.oxygen_urgent:
        return "vital_urgent"
    return "oxygen_watch" if value <= limits.oxygen_watch else None


def _breaths(value: float, limits: Limits) -> str | None:
    if value >= limits.breaths_emergency_high or value <= limits.breaths_emergency_low:
        return "vital_emergency"
    return "vital_urgent" if value >= limits.breaths_urgent else None
