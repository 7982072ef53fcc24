"""The review pack: complete, measured, and safe to open."""

from datetime import date

import pytest

from bot.review import review_pack
from flows.catalog import Catalog, parse, sign

TODAY = date(2026, 11, 21)
FILE = """
[message.emergency]
source = ["G7"]
kind = "emergency"
en.sms = "Call {emergency} now."
en.voice = "Hang up and call {emergency} now."
es.sms = "Llame al {emergency} ahora."
es.voice = "Cuelgue y llame al {emergency} ahora."

[menu.yes_no]
yes = { digit = "1", en = ["yes"], es = ["sí"] }
"""
RULES = "# Rules\n\n| id | when |\n|---|---|\n| fever | 38.0 <script> |\n\nSaid plainly.\n"


@pytest.fixture
def catalog() -> Catalog:
    """A small signed catalog."""
    return parse({"case.toml": sign(FILE, TODAY, by="Dr. A. Example")})


def test_every_wording_stands_beside_its_translation_with_its_measures(catalog: Catalog) -> None:
    """A reviewer sees each text in both languages, its parts or seconds, and how hard it reads."""
    page = review_pack(catalog, on=TODAY)
    assert "Call {emergency} now." in page
    assert "Cuelgue y llame al {emergency} ahora." in page
    assert "1 segments · grade" in page
    assert "Dr. A. Example, 2026-11-21" in page
    assert "1, yes, si" in page


def test_rules_and_diagrams_are_shown_as_text(catalog: Catalog) -> None:
    """The rule table becomes a table and nothing in it runs."""
    page = review_pack(catalog, RULES, {"case": "stateDiagram-v2\n a --> b"})
    assert "<td>38.0 &lt;script&gt;</td>" in page
    assert "<h3>Rules</h3>" in page
    assert "<p>Said plainly.</p>" in page
    assert "a --&gt; b" in page
    assert "---" not in page.split("Triage rules")[1].split("Diagrams")[0]


def test_the_page_needs_nothing_from_outside(catalog: Catalog) -> None:
    """One file: no script, no link to another host, a line to sign for each file."""
    page = review_pack(catalog, RULES)
    assert "<script" not in page
    assert "http" not in page
    assert page.count("case.toml") >= 4
