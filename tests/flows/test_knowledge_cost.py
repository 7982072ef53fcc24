"""The cost guide: who is named, in which order, and who must not be."""

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from flows.catalog import Catalog
from flows.catalog import parse as parse_catalog
from flows.knowledge.cost_guide import FEDERAL, LONGEST_LIST, Insurance, Need, Stage, Where, guide, next_question, said
from flows.knowledge.directory import parse
from flows.words import Channel, Language

CONTENT = Path(__file__).parents[2] / "flows/content"
DOCUMENTS = {p.name: p.read_text(encoding="utf-8") for p in CONTENT.glob("*.toml")}
COST = {name: DOCUMENTS[name] for name in ("cost.toml", "directory.toml", "topics.toml")}
DIRECTORY = parse(COST)
MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ALL = list(product(Insurance, Need, Stage))


def names(insurance: Insurance, need: Need, stage: Stage = Stage.recent) -> list[str]:
    """Whom the guide names, in order."""
    found = guide(insurance, need, Where.us, stage, DIRECTORY, MONDAY_NOON)
    return [line.key.removeprefix("org.") for line in found.lines]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    """The words of the cost guide."""
    return parse_catalog(COST)


@pytest.mark.parametrize(("insurance", "need", "stage"), ALL)
def test_every_answer_leads_to_the_hospital_first_and_then_to_others(
    insurance: Insurance, need: Need, stage: Stage
) -> None:
    """Whatever the answers are, the hospital's own people come first, and a short list follows."""
    found = names(insurance, need, stage)
    assert found[0] == "hospital"
    assert 2 <= len(found) <= LONGEST_LIST
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("insurance", sorted(FEDERAL))
def test_federal_insurance_never_leads_to_a_makers_copay_help(insurance: Insurance) -> None:
    """Who has Medicare or Medicaid is not sent to a drug maker to pay for the drug, and hears why."""
    for stage in Stage:
        assert not {"kite", "carvykti"} & set(names(insurance, Need.drug, stage))
    found = guide(insurance, Need.drug, Where.us, Stage.recent, DIRECTORY, MONDAY_NOON)
    assert "cost.advice.federal" in found.advice


def test_medicaid_depends_on_the_state_and_may_cover_rides() -> None:
    """A Medicaid patient who needs a ride hears to ask Medicaid too."""
    assert names(Insurance.medicaid, Need.travel)[:2] == ["hospital", "medicaid"]
    assert guide(Insurance.medicaid, Need.travel, Where.us, Stage.recent, DIRECTORY, MONDAY_NOON).advice == (
        "cost.advice.medicaid",
    )


def test_a_denied_claim_starts_with_the_letter() -> None:
    """A denied claim leads to the letter, the team and the case workers."""
    assert "paf" in names(Insurance.private, Need.denial)[:2]
    found = guide(Insurance.private, Need.denial, Where.us, Stage.recent, DIRECTORY, MONDAY_NOON)
    assert found.advice[0] == "cost.advice.denial"


def test_no_insurance_is_not_sent_to_copay_funds() -> None:
    """Co-pay funds are for people with a plan."""
    assert not {"pan", "healthwell"} & set(names(Insurance.none, Need.drug))


def test_the_fund_for_the_first_year_is_named_in_the_first_year_only() -> None:
    """The fund for CAR T in the last 12 months is not named to others."""
    assert "bmt_infonet" in names(Insurance.private, Need.lodging, Stage.recent)
    assert "bmt_infonet" not in names(Insurance.private, Need.lodging, Stage.later)


def test_the_guide_asks_one_thing_after_another() -> None:
    """Four questions, each once; abroad ends it early; then the list, closed lines named as closed."""
    answers: dict[str, str] = {}
    for menu, answer in (
        ("cost_insurance", "private"),
        ("cost_need", "drug"),
        ("cost_where", "us"),
        ("cost_stage", "recent"),
    ):
        assert next_question(answers) == menu
        answers[menu] = answer
    assert next_question(answers) is None
    keys = said(answers, DIRECTORY, MONDAY_NIGHT)
    assert keys[:2] == ("cost_list_start", "org.hospital")
    assert "org.kite.closed" in keys
    assert next_question({"cost_insurance": "none", "cost_need": "food", "cost_where": "abroad"}) is None
    assert said({"cost_where": "abroad"}, DIRECTORY, MONDAY_NIGHT) == ("cost.advice.abroad",)


def test_care_abroad_gets_no_american_numbers() -> None:
    """Who is treated in another country is sent to their own hospital's social worker."""
    found = guide(Insurance.none, Need.travel, Where.abroad, Stage.recent, DIRECTORY, MONDAY_NOON)
    assert (found.advice, found.lines) == (("cost.advice.abroad",), ())


def test_lines_that_are_closed_now_are_named_as_closed() -> None:
    """A line outside its hours is named as closed; one whose hours we do not know is not."""
    night = guide(Insurance.private, Need.drug, Where.us, Stage.recent, DIRECTORY, MONDAY_NIGHT)
    day = guide(Insurance.private, Need.drug, Where.us, Stage.recent, DIRECTORY, MONDAY_NOON)
    assert {line.key for line in night.lines if line.closed} == {"org.kite", "org.pan"}
    assert not any(line.closed for line in day.lines)


def test_a_line_open_at_any_time_is_never_closed() -> None:
    """The line that always answers is open at night; unknown hours are unknown."""
    assert DIRECTORY["acs"].is_open(MONDAY_NIGHT) is True
    assert DIRECTORY["csc"].is_open(MONDAY_NIGHT) is None


@pytest.mark.parametrize(("insurance", "need", "stage"), ALL)
def test_all_that_the_guide_names_can_be_said(insurance: Insurance, need: Need, stage: Stage, catalog: Catalog) -> None:
    """Every key of every guidance has words in each language and channel."""
    for where in Where:
        found = guide(insurance, need, where, stage, DIRECTORY, MONDAY_NIGHT)
        closed = [f"{line.key}.closed" for line in found.lines]
        for key in (*found.advice, *(line.key for line in found.lines), *closed):
            for language, channel in product(Language, Channel):
                assert catalog.say(key, language, channel)


def test_the_questions_of_the_guide_offer_its_answers(catalog: Catalog) -> None:
    """The menus of the guide are its answers, and none asks for an income or a name."""
    for menu, answers in (
        ("cost_insurance", Insurance),
        ("cost_need", Need),
        ("cost_where", Where),
        ("cost_stage", Stage),
    ):
        assert [choice.id for choice in catalog.menus[menu].choices] == [str(one) for one in answers]
