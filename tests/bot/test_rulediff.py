"""What a change of limits would have done to the texts that came."""

from dataclasses import replace
from pathlib import Path

from bot.rulediff import diff_lines
from flows.library import Library
from tests.house import PEOPLE, house


def test_it_tells_which_texts_would_be_judged_otherwise(library: Library, database_url: str, record: Path) -> None:
    """A fever limit that is raised shows the text that it would no longer page for; its words only where asked for."""
    looser = replace(library, limits=replace(library.limits, fever=39.5))
    with house(library, database_url, record) as at:
        at.desk.phone(PEOPLE["patient"]).texts("his temp is 38.4 C")
        at.desk.phone(PEOPLE["daughter"]).texts("hello")
        at.stage.wait(3)
        with at.world.database.reading() as db:
            lines = list(diff_lines(db, library, looser, words=False))
            told = list(diff_lines(db, library, looser, words=True))

    assert lines[0] == "1 of 2 stored texts would be judged otherwise"
    assert lines[1].startswith("urgent -> ")
    assert not any("38.4" in line for line in lines)
    assert any("38.4" in line for line in told)
