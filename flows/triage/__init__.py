"""The triage rules: from evidence to a level, with the ids of the rules that gave it (reference C2 to C7)."""

from flows.triage.circumstances import Circumstances, Disposition
from flows.triage.decide import triage
from flows.triage.limits import Limits

__all__ = ["Circumstances", "Disposition", "Limits", "triage"]
