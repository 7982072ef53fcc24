"""`rules`: what changed content would have done, and putting it in force on this server, or taking it back."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.fitness import misread, misread_in
from bot.rulediff import diff_lines, looser_lines
from bot.settings import Settings
from bot.shelf import LOOK_EVERY, UNFIT, Documents, make_library
from bot.world import World
from flows.screen.lexicon import parse as parse_lexicon
from flows.triage.limits import read_limits
from storage.editions import SHIPPED, Editions

OWN = "lexicon_"  # a file of new phrases; all others stand in the place of a shipped one
Files = Annotated[list[Path], typer.Argument(help="Changed content files, such as a clinical.toml.")]
Words = Annotated[bool, typer.Option(help="Show the texts themselves.")]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the commands work with. `shipped`: the content that came with the program."""

    shipped: Callable[[], Documents]
    settings: Callable[[], Settings]
    make_world: Callable[[], World]

    def editions(self) -> Editions:
        """The content of this server."""
        return Editions(self.settings().own_content)

    def in_force(self) -> Documents:
        """All files that count now, name to text."""
        at = self.editions()
        return self.shipped() | at.documents(at.in_force())


def rules_commands(at: Ruling) -> typer.Typer:
    """The group of commands."""
    cli = typer.Typer(no_args_is_help=True, help="Changed words, limits and phrases: see what they do, then use them.")
    cli.command("diff")(_diff(at))
    cli.command("apply")(_apply(at))
    cli.command("undo")(_undo(at))
    cli.command("show")(_show(at))
    return cli


def _diff(at: Ruling) -> Callable[..., None]:
    def diff(files: Files, words: Words = False) -> None:
        """What changed content would have made of the stored texts."""
        given = _texts(files)
        with _plainly():
            now = at.in_force()
            new = now | given
            for line in looser_lines(new["clinical.toml"]):
                typer.echo(line)
            # What nobody has signed a second time is shown here, and refused everywhere else.
            changed = make_library(new | {"clinical.toml": now["clinical.toml"]})
            changed = replace(changed, limits=read_limits(new["clinical.toml"]))
        with at.make_world().database.reading() as db:
            for line in diff_lines(db, make_library(now), changed, words=words):
                typer.echo(line)

    return diff


def _apply(at: Ruling) -> Callable[..., None]:
    def apply(files: Files) -> None:
        """Put changed content in force on this server; a helpline that runs takes it over by itself."""
        given, shipped = _texts(files), at.shipped()
        if strange := [name for name in given if name not in shipped and not name.startswith(OWN)]:
            sys.exit(f"no content file is called so: {', '.join(strange)}. New phrases: {OWN}NAME.toml")
        with _plainly(), at.editions().changing():
            name, own = _put_in_force(at, given)
        typer.echo(f"Edition {name} is in force: {', '.join(sorted(own))}.")
        typer.echo(f"A running helpline has it in {LOOK_EVERY:.0f} to {2 * LOOK_EVERY:.0f} s. Back: rules undo")

    return apply


def _put_in_force(at: Ruling, given: Documents) -> tuple[str, Documents]:
    editions = at.editions()
    own = editions.documents(editions.in_force()) | given
    new = at.shipped() | own
    if new == at.in_force():
        sys.exit("That is in force already: nothing is changed.")
    _refuse_unfit(new, at.in_force(), at.shipped())
    for line in looser_lines(new["clinical.toml"]):
        typer.echo(line)
    return editions.put_in_force(own, datetime.now(UTC)), own


def _undo(at: Ruling) -> Callable[..., None]:
    def undo() -> None:
        """Take back the edition in force: the one before it counts again."""
        editions = at.editions()
        with _plainly(), editions.changing():
            before = editions.in_force()
            if before == SHIPPED:
                sys.exit("Only the shipped content is in force: there is nothing to take back.")
            typer.echo(f"Edition {before} is taken back; in force: {editions.undo()}")

    return undo


def _show(at: Ruling) -> Callable[..., None]:
    def show() -> None:
        """The editions of this server, the newest first, and whether the one in force is fit."""
        editions = at.editions()
        with _plainly():
            for name in reversed(editions.history()):
                typer.echo(f"{name}  {', '.join(sorted(editions.documents(name)))}")
            typer.echo(f"{SHIPPED}  what came with the program")
            _refuse_unfit(at.in_force(), at.shipped())

    return show


@contextmanager
def _plainly() -> Iterator[None]:
    """What is wrong with the files or their folder is said in words."""
    try:
        yield
    except UNFIT as error:
        sys.exit(f"The content is unfit, or cannot be read or written:\n{error}")


def _texts(files: list[Path]) -> Documents:
    if missing := [str(path) for path in files if not path.is_file()]:
        sys.exit(f"no such file: {', '.join(missing)}")
    if strange := [str(path) for path in files if path.suffix != ".toml"]:
        sys.exit(f"not a content file (NAME.toml): {', '.join(strange)}")
    return {path.name: _text(path) for path in files}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # Notepad begins its files with a mark
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{path} cannot be read: {error}")


def _refuse_unfit(documents: Documents, *before: Documents) -> None:
    """End with everything that is wrong, before anything is changed.

    Examples that the content before misread as well are no reason to refuse: they are said. `before`: the first counts
    that can be read at all.
    """
    try:
        wrong = misread_in(documents, date.today())
    except UNFIT as error:
        sys.exit(f"The content is unfit:\n{error}")
    known = _known_misread(before) if wrong else set()
    if new := [line for line in wrong if line not in known]:
        sys.exit("The lexicon does not do what its examples say:\n" + "\n".join(new))
    for line in wrong:
        typer.echo(f"WARNING: an example was misread before, and still is: {line}")


def _known_misread(before: Iterable[Documents]) -> set[str]:
    for documents in before:
        with suppress(*UNFIT):
            return set(misread(parse_lexicon(documents)))
    return set()
