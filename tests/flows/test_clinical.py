"""The clinical file: what it says is what is used, and nobody loosens it alone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.center import read_center
from bot.rulediff import looser_lines
from bot.shelf import make_library
from flows.clocks import DANGER_QUESTIONS, STANDARD, parse_clocks
from flows.library import Library
from flows.model import Conversation, Inbound
from flows.screen.evidence import Evidence, Reading
from flows.states import AFTER_PAGE, State
from flows.step import step
from flows.triage import Circumstances, Limits, triage
from flows.triage.limits import NUMBERS, PLAUSIBLE, parse_limits
from flows.triage.rules import SOFT_SIGNS
from flows.words import Channel, Level
from main import read_content

CLINICAL = (Path(__file__).parents[2] / "flows" / "content" / "clinical.toml").read_text("utf-8")
NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
SECOND = 'second_by = "Dr. Second"\nsecond_on = 2026-11-21\n'


def changed(table: str, key: str, value: object, more: str = "") -> str:
    """The clinical file with one value changed in one table, and lines added to that table."""
    head = re.escape(f"[{table}]\n")
    text, count = re.subn(f"({head}(?:(?!\\[).*\n)*?){key} = .*\n", f"\\g<1>{key} = {value}\n{more}", CLINICAL)
    assert count == 1, table
    return text


def test_the_file_is_the_shipped_floor() -> None:
    """The shipped clinical file says the limits and clocks that a looser one is measured by."""
    assert parse_limits(CLINICAL) == Limits()
    clocks = parse_clocks(CLINICAL)
    assert (dict(clocks.timings), dict(clocks.silences)) == (dict(STANDARD.timings), dict(STANDARD.silences))


def test_the_library_is_made_of_the_file() -> None:
    """The limits and clocks that the helpline works with are those of the file, and an unsigned one is refused."""
    text = changed("limit.pulse_urgent", "value", 101).replace("seconds = 3600", "seconds = 1800")
    made = make_library(read_content() | {"clinical.toml": text})
    assert made.limits == replace(Limits(), pulse_urgent=101)
    assert made.clocks.timings[Level.SAME_DAY].same_day == 1800
    with pytest.raises(ValueError, match="second_by"):
        make_library(read_content() | {"clinical.toml": changed("limit.fever", "value", 39)})


@pytest.mark.parametrize("name", NUMBERS)
def test_every_limit_of_the_file_is_read(name: str) -> None:
    """A number that is changed in the file is the one that the rules are asked with."""
    other = getattr(Limits(), name) + 1
    assert getattr(parse_limits(changed(f"limit.{name}", "value", other, SECOND)), name) == other


def test_every_limit_has_bounds_that_the_shipped_one_keeps() -> None:
    """Each limit says what no body or window could have, and the shipped number lies within."""
    assert set(PLAUSIBLE) == set(NUMBERS)
    assert [name for name, (low, high) in PLAUSIBLE.items() if not low <= getattr(Limits(), name) <= high] == []


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "true", "-100", "100.4", '"38"'])
def test_what_no_limit_can_be_is_refused(value: str) -> None:
    """A slip of a key, or Fahrenheit for Celsius, is refused whoever signed it."""
    with pytest.raises(ValueError, match=r"limit\.fever"):
        parse_limits(changed("limit.fever", "value", value, SECOND))


@pytest.mark.parametrize("name", re.findall(r"^\[clock\.(.*)\]$", CLINICAL, re.M))
def test_every_clock_of_the_file_is_the_one_that_is_used(name: str) -> None:
    """A clock that is changed in the file is changed for every case that is opened, unless the centre sets its own."""
    shipped = getattr(STANDARD.timings[Level.URGENT], name)
    center = read_center("[center]\n", parse_clocks(changed(f"clock.{name}", "seconds", shipped - 1)))
    assert getattr(center.clocks[Level.URGENT], name) == shipped - 1


def test_the_centre_sets_its_own_clocks_on_top() -> None:
    """What the centre's file says holds for every level; its emergency table comes on top; the rest is standard."""
    center = read_center("[escalation]\nsecond_call = 50\n[escalation.emergency]\nsecond_call = 40\n")
    assert [center.clocks[level].second_call for level in Level] == [50, 50, 50, 40]
    assert center.clocks[Level.EMERGENCY].next_tier == STANDARD.timings[Level.EMERGENCY].next_tier


@pytest.mark.parametrize("state", [*STANDARD.silences, *DANGER_QUESTIONS])
def test_silence_is_counted_by_the_file(library: Library, state: State) -> None:
    """In each state where silence means something, it is counted by the clock of the library."""
    table, key = (f"silence.{state}", "seconds") if state in STANDARD.silences else ("clock.silence_danger", "seconds")
    clocks = parse_clocks(changed(table, key, 17))
    quick = replace(library, clocks=clocks)
    turn = step(Conversation(state, greeted=True), Inbound("SM1", "+1", Channel.sms, "?"), Reading(), quick, NOW)
    asked = {turn.conversation.state} & {state}
    assert not asked or turn.silent_at == NOW + timedelta(seconds=17)
    assert clocks.silent_after(state, None) == 17


def test_every_question_after_which_silence_matters_has_a_clock() -> None:
    """The danger questions, the thinking check and the first questions after a page have one; resting states none."""
    for state in (*DANGER_QUESTIONS, State.danger_words, State.thinking_year, *AFTER_PAGE[:3], State.what_is_wrong):
        assert STANDARD.silent_after(state, Level.EMERGENCY)
    assert STANDARD.silent_after(State.menu, None) is None


@pytest.mark.parametrize("sign", sorted(SOFT_SIGNS))
def test_a_sign_that_is_taken_off_the_soft_list_pages(sign: str) -> None:
    """Every sign with a soft cell stands in the file's list; without it the sign pages inside day 30, not after."""
    limits = parse_limits(CLINICAL)
    assert sign in limits.soft
    hard = replace(limits, soft=limits.soft - {sign})
    mildest = {"fever": "low_grade", "chills": "felt_cold", "rash": "itch"}.get(sign)
    evidence = [Evidence(sign, "x", qualities=frozenset({mildest} if mildest else ()))]
    levels = [triage(evidence, Circumstances(day=day), limits=hard).level for day in (None, 30, 31)]
    assert levels == [Level.URGENT, Level.URGENT, Level.SAME_DAY]
    assert triage(evidence, Circumstances(), limits=limits).soft


def test_products_against_bcma_are_those_of_the_file() -> None:
    """A product whose target is BCMA in the file has the late diarrhea rule (reference C3 row 10)."""
    late = parse_limits(changed("product.yescarta", "target", '"BCMA"'))
    evidence = [Evidence("diarrhea", "x", qualities=frozenset({"days"}))]
    about = Circumstances(day=200, product="yescarta")
    assert triage(evidence, about).level == Level.SAME_DAY
    assert triage(evidence, about, limits=late).level == Level.URGENT


def both(text: str) -> None:
    """Read all of a clinical file, as the library does."""
    parse_limits(text)
    parse_clocks(text)


LOOSER = (
    ("limit.fever", "value", 38.3),
    ("limit.cold", "value", 35.5),
    ("limit.pulse_emergency_high", "value", 140),
    ("limit.pulse_emergency_low", "value", 35),
    ("limit.pressure_low", "value", 85),
    ("limit.oxygen_urgent", "value", 92),
    ("limit.breaths_urgent", "value", 22),
    ("limit.body_window", "value", 14),
    ("product.carvykti", "target", '"CD19"'),
    ("clock.next_tier", "emergency", 180),
    ("clock.decide", "seconds", 300),
    ("silence.danger_words", "seconds", 900),
)


@pytest.mark.parametrize(("table", "key", "value"), LOOSER)
def test_nobody_loosens_alone(table: str, key: str, value: object) -> None:
    """Below the shipped floor needs another name than the owner's, with a day; else the content is refused."""
    alone = ("", 'second_by = "clinical lead"\nsecond_on = 2026-11-21\n', 'second_by = "Dr. Second"\n')
    for more in alone:
        with pytest.raises(ValueError, match=rf"{re.escape(table)}.*second_by and second_on"):
            both(changed(table, key, value, more))
    both(changed(table, key, value, SECOND))


@pytest.mark.parametrize(("table", "key", "value"), LOOSER)
def test_the_diff_names_what_is_looser(table: str, key: str, value: object) -> None:
    """`rules diff` names each loosening, and who signed it the second time."""
    (alone,) = {line.rpartition("(")[2] for line in looser_lines(changed(table, key, value)) if table in line}
    (both,) = {line.rpartition("(")[2] for line in looser_lines(changed(table, key, value, SECOND)) if table in line}
    assert (alone, both) == ("NOT SIGNED A SECOND TIME)", "signed by Dr. Second)")
    assert not list(looser_lines(CLINICAL))


def test_stricter_needs_nobody_else() -> None:
    """What lets less pass than shipped is the owner's own decision."""
    for table, key, value in (("limit.fever", "value", 37.8), ("clock.decide", "seconds", 60)):
        both(changed(table, key, value))
        assert not list(looser_lines(changed(table, key, value)))


def test_all_faults_are_named_at_once() -> None:
    """A clinical file with faults is refused with all of them."""
    text = (
        '[limit.warmth]\nvalue = 1\n[limit.fever]\nvalue = "hot"\non = "x"\nsource = "y"\n[soft]\nsigns = ["seizure"]\n'
    )
    wanted = r"no limit\.cold.*unknown limit\.warmth.*limit\.fever has no owner.*limit\.fever is no number.*"
    with pytest.raises(ValueError, match=wanted + r"soft has no owner.*seizure has no soft cell.*no product"):
        parse_limits(text)
    with pytest.raises(ValueError, match=r"no clock\.next_tier.*unknown clock\.tea.*no silence\.person"):
        parse_clocks("[clock.tea]\nseconds = 0\n[clock.everyone]\nseconds = 0\n")
