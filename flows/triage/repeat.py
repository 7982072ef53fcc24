"""Repeat contact: the same sign again within three days is taken one level higher (reference C2 rule 2b)."""

from dataclasses import replace

from flows.triage.circumstances import Disposition
from flows.words import Level


def repeated(said: Disposition) -> Disposition:
    """The disposition of a new contact about the same sign: one level up, at most urgent."""
    if said.level is None or said.level >= Level.URGENT:
        return said
    return replace(said, level=Level(said.level + 1), soft=False, rules=("C2.2b.repeat", *said.rules))
