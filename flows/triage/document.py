"""The rule table as a page for people: generated from the rules, so that it can't say anything else."""

from collections.abc import Iterable

from flows.triage.above import ABOVE
from flows.triage.rule import Rule
from flows.triage.rules import TABLE
from flows.triage.signs import PAIRING

HEAD = """# Triage rules

Generated from `flows/triage` (`UPDATE=1 pytest tests/flows/test_triage.py`). Awaiting clinician review.

A rule is one cell of the sign table: the sign, when it holds, and its level. Every piece of evidence is asked by itself
and the highest level wins, so a rule can only add. The ids are stored with each case. Limits and windows:
`flows/content/clinical.toml`.
"""


def rule_page() -> str:
    """The whole page, in Markdown."""
    lines = [HEAD, "## Above the table", "", "| id | rule | source |", "|---|---|---|"]
    lines += [f"| `{rule.id}` | {rule.says} | {rule.source} |" for rule in ABOVE]
    lines += ["", f"Pairing signs: {_listed(PAIRING)}.", "", "## The table", ""]
    lines += ["| id | sign | level | when | holds with | source |", "|---|---|---|---|---|---|"]
    lines += [_row(rule) for rule in TABLE]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    level = rule.level.name.replace("_", "-") + (" (soft)" if rule.soft else "")
    return f"| `{rule.id}` | {rule.sign} | {level} | {rule.because} | {_holds_with(rule) or 'always'} | {rule.source} |"


def _holds_with(rule: Rule) -> str:
    parts = [
        f"one of {_listed(rule.having)}" if rule.having else "",
        f"none of {_listed(rule.lacking)}" if rule.lacking else "",
        f"beside {_listed(rule.together)}" if rule.together else "",
        f"inside the {rule.within.removesuffix('_window')} window" if rule.within else "",
        "BCMA or unknown product, after the body window" if rule.bcma else "",
    ]
    return "; ".join(part for part in parts if part)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
