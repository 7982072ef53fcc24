"""The commands of those who write words: check, sign, review, draw."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.diagrams import diagrams
from bot.fitness import misread_in
from bot.review import review_pack
from bot.shelf import UNFIT, Documents, make_library
from flows.catalog import sign


@dataclass(frozen=True, slots=True)
class Editor:
    """What an editor works with: the folder of the project, and the content that it ships."""

    root: Path
    read_content: Callable[[], Documents]


def add_commands(cli: typer.Typer, at: Editor) -> None:
    """Add the commands to the program."""
    cli.command()(_content(at))
    cli.command()(_review(at))
    cli.command()(_docs(at))


def _content(at: Editor) -> Callable[..., None]:
    def content(
        sign_file: Annotated[str, typer.Option("--sign", help="Renew the review of this content file.")] = "",
        by: Annotated[str, typer.Option(help="Who reviewed it; --sign needs it.")] = "",
    ) -> None:
        """Check words, limits, and the lexicon by its own examples (some ten seconds); name all that is unfit."""
        if sign_file and not by.strip():
            sys.exit(f"--sign needs --by NAME: who has reviewed {sign_file} as it is now")
        if sign_file:
            given = Path(sign_file)
            path = given if given.is_file() else at.root / "flows/content" / given.name
            if not path.is_file():
                sys.exit(f"{path}: no such content file")
            path.write_text(sign(path.read_text(encoding="utf-8"), date.today(), by.strip()), encoding="utf-8")
        try:
            wrong = misread_in(at.read_content(), date.today())
        except UNFIT as error:
            sys.exit(f"The content is unfit:\n{error}")
        if wrong:
            sys.exit("The content is unfit: the lexicon does not do what its examples say:\n" + "\n".join(wrong))
        typer.echo("The content is fit.")

    return content


def _review(at: Editor) -> Callable[..., None]:
    def review(to: Annotated[Path, typer.Option(help="The file to write.")] = Path("build/review.html")) -> None:
        """Write the clinician's review pack: every word, the rules, the diagrams, in one page."""
        rules = (at.root / "docs/triage_rules.md").read_text(encoding="utf-8")
        to.parent.mkdir(parents=True, exist_ok=True)
        catalog = make_library(at.read_content()).catalog
        to.write_text(review_pack(catalog, rules, diagrams(), date.today()), encoding="utf-8")
        typer.echo(f"The review pack is {to}.")

    return review


def _docs(at: Editor) -> Callable[..., None]:
    def docs() -> None:
        """Write the generated documents anew: the state diagrams."""
        for name, text in diagrams().items():
            (at.root / "docs/flows" / name).write_text(text, encoding="utf-8")

    return docs
