"""The commands of those who write words and rules: check, sign, review, draw, and see what a change would do."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.diagrams import diagrams
from bot.review import review_pack
from bot.rulediff import diff_lines, looser_lines
from bot.world import World
from flows.catalog import CatalogError, sign
from flows.catalog import parse as parse_catalog
from flows.library import Library
from flows.triage.limits import read_limits


@dataclass(frozen=True, slots=True)
class Editor:
    """What an editor works with: the folder of the project, its content, and the running world."""

    root: Path
    read_content: Callable[[], dict[str, str]]
    make_library: Callable[[dict[str, str]], Library]
    make_world: Callable[[], World]


def add_commands(cli: typer.Typer, at: Editor) -> None:
    """Add the commands to the program."""
    cli.command()(_content(at))
    cli.command()(_review(at))
    cli.command()(_docs(at))
    cli.command("rules")(_rules(at))


def _content(at: Editor) -> Callable[..., None]:
    def content(
        sign_file: Annotated[str, typer.Option("--sign", help="Renew the review of this content file.")] = "",
        by: Annotated[str, typer.Option(help="Who reviewed it.")] = "",
    ) -> None:
        """Check the content; name everything that is unfit."""
        if sign_file:
            path = at.root / "flows/content" / Path(sign_file).name
            if not path.is_file():
                sys.exit(f"{path}: no such content file")
            path.write_text(sign(path.read_text(encoding="utf-8"), date.today(), by or None), encoding="utf-8")
        try:
            parse_catalog(at.read_content(), today=date.today())
            at.make_library(at.read_content())
        except (CatalogError, ValueError) as error:
            sys.exit(f"The content is unfit:\n{error}")
        typer.echo("The content is fit.")

    return content


def _review(at: Editor) -> Callable[..., None]:
    def review(to: Annotated[Path, typer.Option(help="The file to write.")] = Path("build/review.html")) -> None:
        """Write the clinician's review pack: every word, the rules, the diagrams, in one page."""
        rules = (at.root / "docs/triage_rules.md").read_text(encoding="utf-8")
        to.parent.mkdir(parents=True, exist_ok=True)
        catalog = at.make_library(at.read_content()).catalog
        to.write_text(review_pack(catalog, rules, diagrams(), date.today()), encoding="utf-8")
        typer.echo(f"The review pack is {to}.")

    return review


def _docs(at: Editor) -> Callable[..., None]:
    def docs() -> None:
        """Write the generated documents anew: the state diagrams."""
        for name, text in diagrams().items():
            (at.root / "docs/flows" / name).write_text(text, encoding="utf-8")

    return docs


def _rules(at: Editor) -> Callable[..., None]:
    def rules(
        files: Annotated[list[Path], typer.Argument(help="Changed content files, such as a clinical.toml.")],
        words: Annotated[bool, typer.Option(help="Show the texts themselves.")] = False,
    ) -> None:
        """What changed content would have made of the stored texts: `rules diff FILE …`."""
        named = [path for path in files if path != Path("diff")]
        if missing := [str(path) for path in named if not path.is_file()]:
            sys.exit(f"no such file: {', '.join(missing)}")
        now = at.read_content()
        new = now | {path.name: path.read_text(encoding="utf-8") for path in named}
        for line in looser_lines(new["clinical.toml"]):
            typer.echo(line)
        old = at.make_library(now)
        # What nobody has signed a second time is shown here, and refused everywhere else.
        changed = at.make_library(new | {"clinical.toml": now["clinical.toml"]})
        changed = replace(changed, limits=read_limits(new["clinical.toml"]))
        with at.make_world().database.reading() as db:
            for line in diff_lines(db, old, changed, words=words):
                typer.echo(line)

    return rules
