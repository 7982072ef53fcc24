"""Puts the rooms together: settings, content, database, carrier, app. The only file that reads the environment."""

import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from typing import Annotated, Literal

import httpx
import typer
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.address import as_served, leave_address
from bot.app import create_app
from bot.asking import ask_lines
from bot.carrier import Carrier
from bot.center import Center, CenterError, open_center
from bot.console.commands import console_commands, opening_lines
from bot.desk.lay import lay_desk, rehearse
from bot.desk.stage import MovedClock
from bot.desk.talk import talk as talk_with
from bot.editing import Editor, add_commands
from bot.engine import Engine
from bot.lifeline.lifeline import Lifeline
from bot.listing import LISTS, Listing
from bot.preflight import nobody_to_page
from bot.preflight import preflight as find_problems
from bot.ruling import Ruling, rules_commands
from bot.screening import screen_lines
from bot.senders import SEATS
from bot.server import PortTaken, listen, run
from bot.settings import Settings, SettingsError, complaints
from bot.shelf import Shelf, clocked, make_library
from bot.start import Preparing, missing_database, prepare, roster_lines
from bot.world import World
from flows.catalog import CatalogError
from flows.clocks import STANDARD, Clocks
from flows.library import Library
from storage.database import Database, DatabaseDown
from storage.editions import Editions
from storage.engines.lockfile import AlreadyServed, one_process
from storage.keyring import BrokenKeyring, WrongSecret
from storage.spool import Spool, SpoolError

ROOT = Path(__file__).parent
EXAMPLE = ROOT / "helpline.example.toml"
PORTS = 65535
TWILIO = "https://api.twilio.com"
TIMEOUT = httpx.Timeout(5.0, connect=2.0)
cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


def now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


def read_content() -> dict[str, str]:
    """The content files, name to text."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "flows/content").glob("*.toml"))}


def read_settings() -> Settings:
    """The settings from the environment; ends the program with one clear line for each that is wrong."""
    try:
        settings = Settings()
        if problems := settings.problems():
            raise SettingsError("\n".join(problems))
    except ValidationError as error:
        sys.exit(f"The settings are not right:\n{complaints(error)}")
    except SettingsError as error:
        sys.exit(f"The settings are not right:\n{error}")
    return settings


def read_config(settings: Settings, standard: Clocks = STANDARD) -> Center:
    """The centre's file, or the example's, on top of the standard clocks."""
    return open_center(settings.config or EXAMPLE, standard)


def make_shelf(settings: Settings) -> Shelf:
    """The content in force, with the centre's clocks on top of its own."""

    def make(own: dict[str, str]) -> Library:
        library = make_library(read_content() | own)
        return clocked(library, read_config(settings, library.clocks))

    try:
        return Shelf.filled(Editions(settings.own_content), make)
    except (CatalogError, ValueError) as error:
        sys.exit(f"The content is unfit:\n{error}")


def make_world(settings: Settings) -> World:
    """Everything that the application needs; nothing here connects anywhere yet."""
    base = settings.twilio_api_url or (TWILIO if settings.mode == "live" else f"http://127.0.0.1:{settings.port}")
    limits = httpx.Limits(max_connections=2 * SEATS)
    client = httpx.Client(base_url=base, timeout=TIMEOUT, limits=limits, trust_env=settings.mode == "live")
    token = settings.tokens[0] if settings.tokens else ""
    shelf = make_shelf(settings)
    database = Database(settings.database, settings.secrets)
    carrier = Carrier(client, settings.account_sid, token)
    center = read_config(settings, shelf.library.clocks)
    lifeline = Lifeline(Spool(settings.data_dir / "spool", settings.secrets), now, center.on_call)
    return World(settings, center, shelf, database, carrier, now, lifeline)


def stored_world() -> World:
    """The world of a command that only looks at what is stored: it makes no database where there is none."""
    world = make_world(as_served(read_settings()))
    if missing := missing_database(world):
        sys.exit(missing)
    return world


def make_app(world: World, *, migrate: bool) -> FastAPI:
    """The application with its engine; in desk mode with the desk beside it, on the same port."""
    app = create_app(world, Engine(world))
    if world.settings.mode == "desk" and world.settings.twilio_api_url is None:
        desk = lay_desk(world.settings, world.center, now)
        app.mount("/", desk.app)
        app.state.console.watch.at_end.append(desk.let_go)
        desk.start()
    Preparing(world, migrate=migrate).start()
    return app


@cli.command()
def serve(
    port: Annotated[int, typer.Option(help="Port; default $PORT or 8000.", min=0, max=PORTS)] = 0,
    migrate: Annotated[bool, typer.Option(help="Bring the database up to date first.")] = True,
) -> None:
    """Run the helpline."""
    settings = read_settings()
    settings = settings.model_copy(update={"port": port}) if port else settings
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with listen(settings.host, settings.port) as at:
        serve_at(at, settings, migrate=migrate)


def serve_at(at: socket, settings: Settings, *, migrate: bool) -> None:
    """Put everything together, say where it is, and serve until a signal comes."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.exit(f"HELPLINE_DATA_DIR {settings.data_dir} cannot be a folder: {error.strerror}")
    world = make_world(settings)
    if lack := nobody_to_page(world) if settings.mode == "live" else "":
        sys.exit(lack)
    try:
        world.lifeline.spool.check()
    except SpoolError as error:
        sys.exit(str(error))
    world.lifeline.remember()
    with one_process(settings.database):
        leave_address(settings)
        app = make_app(world, migrate=migrate)
        typer.echo("\n".join([*opening_lines(world), *world.shelf.lines()]))
        run(app, at, app.state.let_go)


@cli.command("desk")
def serve_desk(port: Annotated[int, typer.Option(min=1, max=PORTS)], product: Annotated[str, typer.Option()]) -> None:
    """Run the simulated Twilio alone; the product at that address has ours in HELPLINE_TWILIO_API_URL."""
    settings = read_settings().model_copy(update={"public_url": product})
    alone = lay_desk(settings, read_config(settings), now)
    alone.start()
    with listen(settings.host, port) as at:
        run(alone.app, at, alone.let_go)


@cli.command()
def screen() -> None:
    """Screen JSON lines from stdin for danger signs."""
    library = make_shelf(read_settings()).library
    for line in screen_lines(sys.stdin, library.lexicon, library.limits):
        typer.echo(line)


@cli.command()
def ask() -> None:
    """Answer JSON lines of questions from stdin."""
    for line in ask_lines(sys.stdin, make_shelf(read_settings()).library):
        typer.echo(line)


def add_list(name: str, listing: Listing) -> None:
    """A command that prints lines about what is stored."""

    @cli.command(name, help=listing.help)
    def show() -> None:
        world = stored_world()
        with world.database.reading() as db:
            for line in listing.lines(world, db):
                typer.echo(line)


for one_name, one_listing in LISTS.items():
    add_list(one_name, one_listing)


@cli.command()
def roster(act: Annotated[Literal["show", "import"], typer.Argument()] = "show") -> None:
    """How the roster differs from the centre's file; `import` takes the file over."""
    for line in roster_lines(stored_world(), take_over=act == "import"):
        typer.echo(line)


@cli.command()
def preflight() -> None:
    """Check settings, database, roster and Twilio; non-zero exit if anything would lose a patient."""
    found = find_problems(make_world(read_settings()))
    for one in found:
        typer.echo(("FATAL  " if one.fatal else "note   ") + one.text)
    typer.echo("Ready." if not found else f"{sum(one.fatal for one in found)} fatal, {len(found)} in all.")
    raise typer.Exit(1 if any(one.fatal for one in found) else 0)


@cli.command()
def talk(voice: Annotated[bool, typer.Option(help="Call instead of texting.")] = False) -> None:
    """Talk with the helpline in the terminal; prints the conversation as a phone script at the end."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), public_url="https://helpline.example.org", mode="desk")
        world = make_world(settings)
        prepare(world, migrate=True)
        typer.echo("\n" + talk_with(rehearse(world, MovedClock(now())), sys.stdin, typer.echo, voice=voice))


add_commands(cli, Editor(ROOT, read_content))
cli.add_typer(rules_commands(Ruling(read_content, read_settings, stored_world)), name="rules")
cli.add_typer(console_commands(stored_world), name="console")


def main() -> None:
    """Run the command; what is wrong outside of it is said in one line."""
    try:
        cli()
    except (AlreadyServed, CenterError, DatabaseDown, PortTaken, WrongSecret, BrokenKeyring) as error:
        sys.exit(str(error))
    except SQLAlchemyError as error:
        sys.exit(f"HELPLINE_DATABASE_URL does not work: {type(error).__name__}")


if __name__ == "__main__":
    main()
