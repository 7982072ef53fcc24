"""The page with the questions that no approved answer fitted."""

import pytest

from tests.console.conftest import Visitor
from tests.house import PEOPLE, House

WORDS = "who won the <b>game</b> last night"


@pytest.fixture
def asked(at: House) -> House:
    """A house in which somebody asked what nobody can answer."""
    at.player().play(f"patient texts: {WORDS}")
    return at


@pytest.mark.parametrize(("name", "status"), [("root.admin", 403), ("dev.patel", 200), ("ana.ruiz", 403)])
def test_leads_read_what_was_not_answered(asked: House, name: str, status: int) -> None:
    """The words are shown as text, without the number; a specialist is refused."""
    page = Visitor(asked).signs_in(name).opens("/console/unanswered")

    assert page.status_code == status
    assert ("who won the &lt;b&gt;game&lt;/b&gt; last night" in page.text) == (status == 200)
    assert PEOPLE["patient"][-7:] not in page.text


def test_who_read_it_is_in_the_audit(asked: House) -> None:
    """The words are patients' own, so that somebody looked is kept."""
    lead = Visitor(asked).signs_in("dev.patel")
    lead.opens("/console/unanswered")

    assert "saw unanswered" in lead.opens("/console/audit").text


def test_nothing_unanswered_is_said_so(at: House) -> None:
    """An empty list is a sentence, not an empty table."""
    page = Visitor(at).signs_in("dev.patel").opens("/console/unanswered").text

    assert "None yet" in page
    assert "<table>" not in page
