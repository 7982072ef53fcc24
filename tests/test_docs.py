"""Documents that fail when they lie: the diagrams are drawn from the tables, the map names files that are there."""

import re
from pathlib import Path

from bot.diagrams import diagrams
from bot.settings import Settings

ROOT = Path(__file__).parent.parent


def test_the_diagrams_are_those_of_the_tables() -> None:
    """A table that was changed has its picture drawn anew (`python main.py docs`)."""
    for name, text in diagrams().items():
        assert text == (ROOT / "docs/flows" / name).read_text(encoding="utf-8"), name


def test_the_map_names_only_what_is_there() -> None:
    """Every file that the map and the README name exists."""
    for page in ("docs/map.md", "README.md"):
        text = (ROOT / page).read_text(encoding="utf-8")
        for path in re.findall(r"`((?:bot|flows|storage|tests|tools|docs)/[\w./]+)`", text):
            assert (ROOT / path).exists(), f"{page}: {path}"
        for path in re.findall(r"\]\((?!http)([\w./-]+)\)", text):
            assert ((ROOT / page).parent / path).exists(), f"{page}: {path}"


def test_every_setting_stands_in_the_readme() -> None:
    """The README's table has every setting that the program reads, and none that it does not."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.MULTILINE)

    read = [str(field.validation_alias) for field in Settings.model_fields.values()]
    assert sorted(table) == sorted([*read, "FORWARDED_ALLOW_IPS"])
