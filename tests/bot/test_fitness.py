"""Content is judged alike by whoever writes it and by whoever puts it in force on a server."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.editing import Editor, add_commands
from bot.ruling import Ruling, rules_commands
from bot.settings import Settings
from main import ROOT, read_content, stored_world
from tests.bot.test_shelf import PHRASE, clinical

MISREAD = "must not find dizzy_bp: my elbows are humming"
BROKEN = PHRASE.replace("my elbows are blue", "my elbows are humming")
STRICTER = 37.9


@pytest.fixture
def misread() -> dict[str, str]:
    """The shipped content with one example that the lexicon misreads."""
    return read_content() | {"lexicon_theirs.toml": BROKEN}


def ruled(shipped: dict[str, str], folder: Path, *words: str) -> Result:
    """A rules command of a program that ships this content."""
    at = Ruling(lambda: shipped, lambda: Settings(data_dir=folder), stored_world)
    return CliRunner().invoke(rules_commands(at), words)


def written(documents: dict[str, str], *words: str) -> Result:
    """A command of those who write words, on this content."""
    cli = typer.Typer()
    add_commands(cli, Editor(ROOT, lambda: documents))
    return CliRunner().invoke(cli, words)


def test_content_names_an_example_that_is_misread(misread: dict[str, str]) -> None:
    """`content` calls unfit what `rules apply` would refuse: an example that the lexicon misreads."""
    found = written(misread, "content")

    assert found.exit_code == 1
    assert MISREAD in str(found.exception)
    assert "is fit" not in found.output


def test_a_misread_example_of_the_shipped_content_stops_no_limit(tmp_path: Path, misread: dict[str, str]) -> None:
    """A stricter limit is put in force although a shipped example is misread, which is said; `show` says it too."""
    done = ruled(misread, tmp_path, "apply", clinical(tmp_path, STRICTER))
    shown = ruled(misread, tmp_path, "show")

    assert (done.exit_code, shown.exit_code) == (0, 0), (done, shown)
    for one in (done, shown):
        assert f"WARNING: an example was misread before, and still is: {MISREAD}" in one.output


def test_beside_a_misread_example_a_new_one_is_refused_alone(tmp_path: Path, misread: dict[str, str]) -> None:
    """What the new content misreads and the old did not is refused by name; the old one is not blamed on it."""
    (tmp_path / "lexicon_ours.toml").write_text(BROKEN.replace("elbows", "knuckles"), "utf-8")
    refused = ruled(misread, tmp_path, "apply", str(tmp_path / "lexicon_ours.toml"))

    assert refused.exit_code == 1
    assert MISREAD.replace("elbows", "knuckles") in str(refused.exception)
    assert MISREAD not in str(refused.exception)


@pytest.mark.parametrize("by", [[], ["--by", " "]])
def test_nobody_renews_no_review(tmp_path: Path, by: list[str]) -> None:
    """`--sign` without a name is refused, and the file stays as it is: a review is somebody's."""
    file = tmp_path / "clinical.toml"
    clinical(tmp_path, STRICTER)
    before = file.read_bytes()
    refused = written(read_content(), "content", "--sign", str(file), *by)

    assert refused.exit_code == 1
    assert "--sign needs --by" in str(refused.exception)
    assert file.read_bytes() == before
