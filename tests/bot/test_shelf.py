"""Content that a clinician changes on the server: checked, in force without a restart, and taken back in one step."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.shelf import Shelf, make_library
from flows.library import Library
from main import ROOT, cli, read_content
from storage.editions import SHIPPED, Editions
from tests.house import PEOPLE, House

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
PHRASE = """
[review]
by = "Dr. First"
on = 2026-11-21
es = "awaiting qualified translator"

[[sign]]
id = "dizzy_bp"
phrases = "my elbows are humming"
must_match = ["my elbows are humming again"]
must_not_match = ["my elbows are blue"]
"""


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "content")


def rules(folder: Path, *words: str) -> Result:
    """The command on a server with that data folder."""
    return CliRunner().invoke(cli, ["rules", *words], env={"HELPLINE_DATA_DIR": str(folder), "HELPLINE_MODE": None})


def clinical(folder: Path, fever: float, more: str = "") -> str:
    """A clinical file with another fever limit."""
    text = (ROOT / "flows" / "content" / "clinical.toml").read_text("utf-8")
    text = re.sub(r"(\[limit\.fever\]\n)value = 38\.0\n", f"\\g<1>value = {fever}\n{more}", text)
    (folder / "clinical.toml").write_text(text, "utf-8")
    return str(folder / "clinical.toml")


def test_a_new_phrase_pages_without_a_restart(at: House, library: Library, tmp_path: Path) -> None:
    """A phrase that is applied while the helpline runs pages from then on, until it is taken back."""
    editions = Editions(tmp_path / "content")
    at.world.shelf.editions, at.world.shelf.make = editions, lambda own: make_library(read_content() | own)
    (tmp_path / "lexicon_ours.toml").write_text(PHRASE, "utf-8")
    texts = at.desk.phone(PEOPLE["patient"]).texts
    texts("my elbows are humming")
    at.stage.wait(1)
    before = len(at.cases())

    done = rules(tmp_path, "apply", str(tmp_path / "lexicon_ours.toml"))
    assert done.exit_code == 0, done
    assert at.world.shelf.look()
    texts("my elbows are humming")
    at.stage.wait(1)
    assert (before, len(at.cases())) == (0, 1)

    assert rules(tmp_path, "undo").exit_code == 0
    assert at.world.shelf.look()
    assert at.world.library.version == library.version


def test_what_is_unfit_is_never_in_force(tmp_path: Path, editions: Editions) -> None:
    """A looser limit that one person signed, an example that fails and a broken file are refused; nothing changes."""
    (tmp_path / "lexicon_ours.toml").write_text(PHRASE.replace("my elbows are blue", "my elbows are humming"), "utf-8")
    (tmp_path / "lexicon_broken.toml").write_text("[[sign", "utf-8")
    (tmp_path / "clinical (1).toml").write_text("", "utf-8")
    for file, why in (
        (clinical(tmp_path, 39.5), "second_by"),
        (str(tmp_path / "lexicon_ours.toml"), "must not find dizzy_bp: my elbows are humming"),
        (str(tmp_path / "lexicon_broken.toml"), "lexicon_broken.toml"),
        (str(tmp_path / "nowhere.toml"), "no such file"),
        (str(tmp_path / "clinical (1).toml"), "no content file is called so: clinical (1).toml"),
    ):
        refused = rules(tmp_path, "apply", file)
        assert refused.exit_code != 0
        assert why in f"{refused.output}{refused.exception}"
    assert editions.in_force() == SHIPPED


def test_a_looser_limit_of_two_people_is_said_aloud(tmp_path: Path) -> None:
    """With a second signature it is in force, and what lets more pass is said; the same again changes nothing."""
    file = clinical(tmp_path, 38.3, 'second_by = "Dr. Second"\nsecond_on = 2026-11-21\n')
    done = rules(tmp_path, "apply", file)
    assert done.exit_code == 0, done
    assert "LOOSER" in done.output
    assert "in force already" in str(rules(tmp_path, "apply", file).exception)
    assert "clinical.toml" in rules(tmp_path, "show").output


@pytest.mark.parametrize("text", ["[limit]", "limit = 3", "limit = [1]", "not toml"])
def test_an_edition_that_has_become_unfit_leaves_the_shipped_content(
    editions: Editions, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    """After an upgrade an edition may not fit any more: patients are answered with what was shipped, and it is said."""
    editions.put_in_force({"clinical.toml": text}, NOW)
    shelf = Shelf.filled(editions, lambda own: make_library(read_content() | own))

    assert shelf.edition == SHIPPED
    assert "is unfit" in shelf.unfit
    assert "is unfit" in caplog.text
    assert not shelf.look()


def test_a_list_that_says_nothing_is_named_and_nothing_is_taken_from_it(tmp_path: Path, editions: Editions) -> None:
    """Names that are no editions, a path or a broken file are refused with the way out, and serve keeps what it had."""
    editions.put_in_force({}, NOW)
    shelf = Shelf.filled(editions, lambda own: make_library(read_content() | own))
    for broken in (b"\xff\xfe\x00", b"../../etc\n", b"/etc\n"):
        (tmp_path / "content" / "in_force").write_bytes(broken)
        for command in ("show", "undo"):
            assert "remove it to go back" in str(rules(tmp_path, command).exception)
        assert not shelf.look()
        assert "remove it to go back" in shelf.unfit


def test_a_folder_that_is_gone_changes_nothing(tmp_path: Path, editions: Editions) -> None:
    """A disk that is taken away while the helpline runs doesn't take a clinician's stricter limits with it."""
    name = editions.put_in_force({}, NOW)
    shelf = Shelf.filled(editions, lambda own: make_library(read_content() | own))
    (tmp_path / "content").rename(tmp_path / "away")
    assert not shelf.look()
    assert (shelf.edition, "is gone" in shelf.unfit) == (name, True)
    (tmp_path / "away").rename(tmp_path / "content")
    assert not shelf.look()
    assert shelf.unfit == ""
