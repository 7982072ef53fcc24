"""Two phones of one patient: a specialist links them, and one open case remains, with both stories."""

from tests.console.conftest import DANGER, Visitor, a_case, case_rows, the_case
from tests.house import PEOPLE, House

FEVER = "tengo fiebre de 39 y mucho frio"


def two_cases(at: House) -> tuple[str, str]:
    """The patient texts in Spanish, and the daughter in English; the codes."""
    return a_case(at, FEVER, "patient"), a_case(at, DANGER, "daughter")


def test_two_phones_become_one_case(at: House, ana: Visitor) -> None:
    """After the link one case is open, at the higher level, and its page has what both phones wrote."""
    mine, theirs = two_cases(at)
    ana.does(mine, "accept")
    assert ana.does(mine, "link", other=theirs, role="caregiver1") == "same.linked"

    row = the_case(at, mine)
    assert (row.state, row.level) == ("accepted", 3)
    assert (the_case(at, theirs).state, the_case(at, theirs).outcome) == ("closed", "same_patient")
    page = ana.opens(f"/console/{mine}").text
    assert DANGER in page
    assert FEVER in page
    assert "Caregiver 1" in page


def test_a_number_links_like_a_code(at: House, ana: Visitor) -> None:
    """The other phone may be named by its number, as people write it."""
    mine, _ = two_cases(at)
    ana.does(mine, "accept")

    assert ana.does(mine, "link", other="(555) 555-0172", role="caregiver1") == "same.linked"


def test_nothing_one_phone_said_is_told_to_the_other(at: House, ana: Visitor) -> None:
    """No text to one phone holds a word that the other one wrote."""
    mine, theirs = two_cases(at)
    ana.does(mine, "accept")
    ana.does(mine, "link", other=theirs)
    ana.does(mine, "reached")
    at.stage.wait(600)

    told = " ".join(text.body for text in at.stage.phone(PEOPLE["patient"]).inbox)
    assert not any(word in told for word in ("dad", "gibberish", "102"))
    told = " ".join(text.body for text in at.stage.phone(PEOPLE["daughter"]).inbox)
    assert not any(word in told for word in ("fiebre", "39"))


def test_the_next_text_of_either_phone_belongs_to_the_one_case(at: House, ana: Visitor) -> None:
    """After the link a new danger sign from the other phone opens no second case."""
    mine, theirs = two_cases(at)
    ana.does(mine, "accept")
    ana.does(mine, "link", other=theirs)
    a_case(at, "now he is having a seizure", "daughter")

    assert [row.code for row in case_rows(at) if row.state != "closed"] == [mine]


def test_only_who_has_the_case_links(at: House, ana: Visitor) -> None:
    """Linking needs the case to be one's own: who links has the patient to reach."""
    mine, theirs = two_cases(at)

    assert ana.does(mine, "link", other=theirs) == "same.not_yours"
    assert len([row for row in case_rows(at) if row.state == "open"]) == 2


def test_a_reached_case_must_be_reached_again(at: House, ana: Visitor) -> None:
    """When a case that waits is taken into a reached one, the clock of reaching begins anew, and pages if it ends."""
    mine, theirs = two_cases(at)
    ana.does(mine, "accept")
    ana.does(mine, "reached")
    ana.does(mine, "link", other=theirs)
    assert the_case(at, mine).state == "accepted"
    at.stage.wait(1200)

    assert the_case(at, mine).state == "open"
    assert at.stage.phone(PEOPLE["carla"]).inbox


def test_the_other_owner_hears_of_it(at: House, ana: Visitor) -> None:
    """Whoever had the other case is told that it is closed."""
    mine, theirs = two_cases(at)
    carla = Visitor(at, "203.0.113.8").signs_in("carla.weiss")
    carla.does(theirs, "accept")
    ana.does(mine, "accept")
    ana.does(mine, "link", other=theirs)
    at.stage.settle()

    assert any("is closed" in text.body and theirs in text.body for text in at.stage.phone(PEOPLE["carla"]).inbox)


def test_who_never_wrote_is_not_linked(at: House, ana: Visitor) -> None:
    """A code or number that nobody has does nothing, and says so."""
    mine, _ = two_cases(at)
    ana.does(mine, "accept")

    assert ana.does(mine, "link", other="+15555550199") == "same.nobody"
    assert ana.does(mine, "link", other="rubbish") == "same.nobody"
    assert ana.does(mine, "link", other=mine) == "same.already"
