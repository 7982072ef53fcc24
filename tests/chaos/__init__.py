"""Chaos: schedules of people and faults played against the whole product, and the laws that must hold throughout."""
