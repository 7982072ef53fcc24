"""The cost guide: from four answers to the right people, in the right order. Never an income, never a name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.knowledge.directory import Directory

LONGEST_LIST = 4


class Insurance(StrEnum):
    """What plan there is."""

    medicare = "medicare"
    medicaid = "medicaid"
    private = "private"
    none = "none"
    unsure = "unsure"


class Need(StrEnum):
    """What help is wanted."""

    drug = "drug"
    travel = "travel"
    lodging = "lodging"
    food = "food"
    denial = "denial"


class Where(StrEnum):
    """Where the care is; the directory is for the United States."""

    us = "us"
    abroad = "abroad"


class Stage(StrEnum):
    """Before CAR T, in the last 12 months, or longer ago. Not "now": that word pages."""

    before = "before"
    recent = "recent"
    later = "later"


# What is asked, in this order: the menu (and message) of each question, and the answers that it takes.
QUESTIONS: dict[str, type[StrEnum]] = {
    "cost_insurance": Insurance,
    "cost_need": Need,
    "cost_where": Where,
    "cost_stage": Stage,
}
FEDERAL = frozenset({Insurance.medicare, Insurance.medicaid})
INSURED = frozenset(Insurance) - {Insurance.none}
NOT_FEDERAL = frozenset(Insurance) - FEDERAL
ANYONE = frozenset(Insurance)
ANY_STAGE = frozenset(Stage)


@dataclass(frozen=True, slots=True)
class Helper:
    """Whom an organization helps, with what, and when."""

    organization: str
    needs: frozenset[Need]
    insurance: frozenset[Insurance] = ANYONE
    stages: frozenset[Stage] = ANY_STAGE


def helper(
    organization: str,
    *needs: Need,
    insurance: frozenset[Insurance] = ANYONE,
    stages: frozenset[Stage] = ANY_STAGE,
) -> Helper:
    """One row of the table."""
    return Helper(organization, frozenset(needs), insurance, stages)


# In the order in which to call. Sources: reference F.
HELPERS = (
    helper("hospital", *Need),
    helper("medicaid", Need.drug, Need.travel, Need.denial, insurance=frozenset({Insurance.medicaid})),
    helper("medicare", Need.drug, Need.denial, insurance=frozenset({Insurance.medicare})),
    helper("paf", Need.denial),
    helper("kite", Need.denial),
    # A maker may not give co-pay help to people on federal insurance, so for the drug they are not sent there.
    helper("kite", Need.drug, insurance=NOT_FEDERAL),
    helper("pan", Need.drug, insurance=INSURED),
    helper("healthwell", Need.drug, insurance=INSURED),
    helper("paf", Need.drug, insurance=INSURED),
    helper("acs", Need.travel, Need.lodging),
    helper("bmt_infonet", Need.travel, Need.lodging, Need.food, stages=frozenset({Stage.recent})),
    helper("mercy", Need.travel),
    helper("joes_house", Need.lodging),
    helper("bcu", Need.drug, Need.travel, Need.food),
    helper("cancercare", Need.travel, Need.food),
    helper("carvykti", Need.travel, Need.lodging, Need.food, stages=frozenset({Stage.before, Stage.recent})),
    helper("nci", Need.drug, insurance=frozenset({Insurance.none})),
    helper("csc", *Need),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: the catalog's key, and whether to say that nobody answers right now."""

    key: str
    closed: bool


@dataclass(frozen=True, slots=True)
class Guidance:
    """What to say first (keys of the catalog), then whom to call, in order."""

    advice: tuple[str, ...]
    lines: tuple[Line, ...]


def next_question(answers: Mapping[str, str]) -> str | None:
    """The question to ask next, or None when all is known. Abroad, nothing more is asked."""
    if answers.get("cost_where") == Where.abroad:
        return None
    return next((question for question in QUESTIONS if question not in answers), None)


def said(answers: Mapping[str, str], directory: Directory, now: datetime) -> tuple[str, ...]:
    """The catalog's keys to say when all is known: what to know first, then whom to call, closed lines named so."""
    found = guide(
        Insurance(answers.get("cost_insurance", Insurance.unsure)),
        Need(answers.get("cost_need", Need.drug)),
        Where(answers.get("cost_where", Where.us)),
        Stage(answers.get("cost_stage", Stage.recent)),
        directory,
        now,
    )
    listed = [f"{line.key}.closed" if line.closed else line.key for line in found.lines]
    return (*found.advice, *(["cost_list_start"] if listed else []), *listed)


def guide(
    insurance: Insurance, need: Need, where: Where, stage: Stage, directory: Directory, now: datetime
) -> Guidance:
    """The people and organizations for these answers; `now` must know its time zone."""
    if where is Where.abroad:
        return Guidance(("cost.advice.abroad",), ())
    found = [row.organization for row in HELPERS if fits(row, insurance, need, stage)]
    chosen = [directory[name] for name in dict.fromkeys(found) if name in directory][:LONGEST_LIST]
    lines = tuple(Line(one.key, one.is_open(now) is False) for one in chosen)
    return Guidance(tuple(advice(insurance, need)), lines)


def fits(row: Helper, insurance: Insurance, need: Need, stage: Stage) -> bool:
    """Whether a row of the table is for this person."""
    return need in row.needs and insurance in row.insurance and stage in row.stages


def advice(insurance: Insurance, need: Need) -> Iterator[str]:
    """What to know before calling anybody."""
    if need is Need.denial:
        yield "cost.advice.denial"
    if insurance in (Insurance.medicare, Insurance.medicaid, Insurance.none):
        yield f"cost.advice.{insurance}"
    if insurance in FEDERAL and need is Need.drug:
        yield "cost.advice.federal"
