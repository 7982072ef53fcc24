"""The triage rules: what holds for all of them, whatever the evidence, the day or the child."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.screen.evidence import Evidence, Reading, Scope
from flows.triage import Circumstances, triage
from flows.triage.document import rule_page
from flows.triage.repeat import repeated
from flows.triage.rules import TABLE
from flows.triage.signs import SERIOUS_ORDER
from flows.words import Level

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "triage_rules.md"
SIGNS = sorted({rule.sign for rule in TABLE})
QUALITIES = sorted({quality for rule in TABLE for quality in rule.having | rule.lacking})

evidence = st.builds(
    Evidence,
    sign=st.sampled_from(SIGNS),
    words=st.sampled_from(["a", "b", "c d", "e", "a c d"]),
    scope=st.sampled_from(list(Scope)),
    qualities=st.frozensets(st.sampled_from(QUALITIES), max_size=3),
)
days = st.none() | st.integers(-30, 500)
products = st.sampled_from([None, "carvykti", "yescarta", "abecma"])


def rank(level: Level | None) -> int:
    return -1 if level is None else int(level)


@given(st.lists(evidence, max_size=5), evidence, days, products)
def test_more_evidence_never_lowers(
    known: list[Evidence], more: Evidence, day: int | None, product: str | None
) -> None:
    """Adding a piece of evidence never lowers the level."""
    about = Circumstances(day=day, product=product)
    assert rank(triage([*known, more], about).level) >= rank(triage(known, about).level)


@given(st.lists(evidence, max_size=5), st.integers(-30, 500), products)
def test_unknown_day_is_the_worst_day(known: list[Evidence], day: int, product: str | None) -> None:
    """An unknown day gives at least the level of any day."""
    unknown = triage(known, Circumstances(product=product)).level
    assert rank(unknown) >= rank(triage(known, Circumstances(day=day, product=product)).level)


@given(st.lists(evidence, max_size=5), st.integers(-30, 500), st.sampled_from(["carvykti", "yescarta"]))
def test_unknown_product_is_the_worst_product(known: list[Evidence], day: int, product: str) -> None:
    """An unknown product gives at least the level of any product."""
    unknown = triage(known, Circumstances(day=day)).level
    assert rank(unknown) >= rank(triage(known, Circumstances(day=day, product=product)).level)


@given(st.lists(evidence.map(lambda one: Evidence(one.sign, one.words, Scope.negated)), max_size=5), days)
def test_denials_never_page(denied: list[Evidence], day: int | None) -> None:
    """What is denied gives no level, and earns the safety line."""
    said = triage(denied, Circumstances(day=day))
    assert said.level is None
    assert said.mention == bool(denied)


@given(st.sampled_from(SIGNS))
def test_every_sign_says_something(sign: str) -> None:
    """Every sign of the table has a place in the order of seriousness, and gives a level or waits for another sign."""
    assert sign in SERIOUS_ORDER
    said = triage([Evidence(sign, "x")], Circumstances())
    alone = any(not rule.having and not rule.together for rule in TABLE if rule.sign == sign)
    assert (said.level is not None) == alone


def test_rule_ids_are_unique() -> None:
    """No two rules share an id."""
    assert len({rule.id for rule in TABLE}) == len(TABLE)


@pytest.mark.parametrize(
    ("evidence", "level"),
    [
        (Evidence("vital_temperature", "38.0", value=38.0, unit="C"), Level.URGENT),
        (Evidence("vital_temperature", "100.4", value=100.4, unit="F"), Level.URGENT),
        (Evidence("vital_temperature", "100.3", value=100.3, unit="F"), Level.SAME_DAY),
        (Evidence("vital_temperature", "37.5", value=37.5, unit="C"), Level.SAME_DAY),
        (Evidence("vital_temperature", "37.4", value=37.4, unit="C"), None),
        (Evidence("vital_pulse", "131", value=131, unit="per_minute"), Level.EMERGENCY),
        (Evidence("vital_pulse", "40", value=40, unit="per_minute"), Level.EMERGENCY),
        (Evidence("vital_pulse", "111", value=111, unit="per_minute"), Level.URGENT),
        (Evidence("vital_pulse", "110", value=110, unit="per_minute"), None),
        (Evidence("vital_pressure", "80", value=80, unit="mmHg"), Level.EMERGENCY),
        (Evidence("vital_pressure", "90", value=90, unit="mmHg"), Level.URGENT),
        (Evidence("vital_pressure", "100", value=100, unit="mmHg"), Level.URGENT),
        (Evidence("vital_pressure", "101", value=101, unit="mmHg"), None),
        (Evidence("vital_pressure", "219", value=219, unit="mmHg"), None),
        (Evidence("vital_pressure", "220", value=220, unit="mmHg"), Level.URGENT),
        (Evidence("vital_oxygen", "91", value=91, unit="percent"), Level.EMERGENCY),
        (Evidence("vital_oxygen", "93", value=93, unit="percent"), Level.URGENT),
        (Evidence("vital_oxygen", "96", value=96, unit="percent"), None),
        (Evidence("vital_breaths", "25", value=25, unit="per_minute"), Level.EMERGENCY),
        (Evidence("vital_breaths", "8", value=8, unit="per_minute"), Level.EMERGENCY),
        (Evidence("vital_breaths", "21", value=21, unit="per_minute"), Level.URGENT),
    ],
)
def test_vital_limits_hold_exactly(evidence: Evidence, level: Level | None) -> None:
    """Each band of reference B7 includes its bound."""
    assert triage([evidence], Circumstances()).level == level


def test_adult_limits_are_off_for_children() -> None:
    """Under 18, pulse, pressure and breaths have no adult limits; oxygen keeps its own."""
    child = Circumstances(age=4)
    assert triage([Evidence("vital_pulse", "140", value=140, unit="per_minute")], child).level is None
    assert triage([Evidence("vital_oxygen", "90", value=90, unit="percent")], child).level == Level.EMERGENCY


def test_repeat_contact_is_one_level_up() -> None:
    """The same sign again is taken one level higher, at most urgent."""
    mild = triage([Evidence("fatigue", "tired")], Circumstances(day=90))
    assert repeated(mild).level == Level.URGENT
    assert repeated(repeated(mild)).level == Level.URGENT


@pytest.mark.parametrize(("plea", "level"), [("now", Level.URGENT), ("emergency", Level.EMERGENCY), ("help", None)])
def test_pleas_page(plea: str, level: Level | None) -> None:
    """NOW pages, 911 is an emergency, and a bare HELP is asked about at once."""
    said = triage([], Circumstances(), Reading(plea=plea))
    assert said.level == level
    assert level is not None or said.ask == "plea"


def test_rule_page_is_fresh() -> None:
    """docs/triage_rules.md says what the rules say."""
    if os.environ.get("UPDATE"):
        PAGE.write_text(rule_page(), "utf-8")
    assert PAGE.read_text("utf-8") == rule_page()
