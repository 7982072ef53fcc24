"""Childhood: figures that would be an adult's emergency, in a case marked as a child's (reference C7)."""

from collections.abc import Sequence
from dataclasses import replace

from flows.screen.evidence import Evidence, Reading, Scope
from flows.triage.circumstances import Circumstances, Disposition
from flows.triage.decide import triage
from flows.triage.limits import CHILD_FREE, Limits
from flows.words import Level

FIGURE = "C7.figure"


def with_figures(
    found: Disposition, evidence: Sequence[Evidence], reading: Reading, about: Circumstances, limits: Limits
) -> Disposition:
    """The finding; where an adult's would be an emergency by a new pulse, pressure or breaths, marked with `FIGURE`.

    The level stays, since a child's normal is another: a nurse decides. Her page tells of it.
    """
    new = any(one.sign in CHILD_FREE and one.scope is Scope.present for one in reading.evidence)
    if not (about.child and new) or found.level is Level.EMERGENCY:
        return found
    adult = triage(evidence, replace(about, child=False, age=None), reading, limits)
    return replace(found, rules=(*found.rules, FIGURE)) if adult.level is Level.EMERGENCY else found
