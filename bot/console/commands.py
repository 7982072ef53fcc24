"""Commands for accounts: `main.py console invite NAME`, `console code NAME` (desk only), `console audit`."""

from collections.abc import Callable
from typing import Annotated

import typer
from sqlmodel import Session, col, select

from bot.console.demo import demo_sign_in
from bot.world import World
from storage.accounts import ROLES, invite, make_account, sign_in_name
from storage.audit import audited, broken_audits
from storage.database import DatabaseDown
from storage.tables import SpecialistRow


def console_commands(make: Callable[[], World]) -> typer.Typer:
    """The commands; `make` gives the world when one of them runs."""
    commands = typer.Typer(no_args_is_help=True, help="Sign-ins of the console.")

    @commands.command("invite")
    def invite_one(
        name: Annotated[str, typer.Argument(help="A specialist's name as in the roster; for an admin, any name.")],
        role: Annotated[str, typer.Option(help="specialist, lead or admin.")] = "specialist",
    ) -> None:
        """Print a one-time link with which somebody sets up their sign-in, or sets it up anew."""
        world = make()
        try:
            token = world.database.retrying(lambda db: invited(world, db, name, role))
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
        typer.echo(f"Works once, for 24 hours; give it to {name} alone:\n{world.url(f'/console/invited/{token}')}")

    @commands.command()
    def code(name: Annotated[str, typer.Argument(help="The name of a demo sign-in.")]) -> None:
        """Print the code of a demo sign-in at this moment (desk mode only)."""
        found = demo_sign_in(make(), name)
        typer.echo(found.code if found else "No demo sign-in has that name; a real one has its code on its own phone.")
        raise typer.Exit(0 if found else 1)

    @commands.command()
    def audit() -> None:
        """Check that no line of the audit was changed or cut."""
        with make().database.reading() as db:
            broken = broken_audits(db)
        typer.echo("\n".join(f"broken: {one}" for one in broken) or "The audit is whole.")
        raise typer.Exit(1 if broken else 0)

    return commands


def opening_lines(world: World) -> list[str]:
    """What a start prints: where to look, and at the desk also how to sign in."""
    if world.settings.mode != "desk":
        return [f"The helpline is at {world.settings.base_url}"]
    elsewhere = world.settings.twilio_api_url
    phones = f"it sends to {elsewhere}" if elsewhere else f"its phones are at {world.url('/desk')}"
    lines = [f"The helpline is at {world.settings.base_url}; {phones}"]
    try:
        found = demo_sign_in(world)
    except DatabaseDown:
        found = None
    if found is None:
        return lines
    again = f"the next one: .venv/bin/python main.py console code {found.name}"
    return [
        *lines,
        f"The console is at {world.url('/console')}",
        f"    sign in as   {found.name}",
        f"    password     {found.password}",
        f"    code now     {found.code}   ({again})",
    ]


def invited(world: World, db: Session, name: str, role: str) -> str:
    """The token for somebody; raises ValueError with what is wrong."""
    if role not in ROLES:
        raise ValueError(f"a role is one of {', '.join(ROLES)}")
    if not sign_in_name(name):
        raise ValueError("that name has no letters")
    people = db.exec(select(SpecialistRow).where(col(SpecialistRow.active))).all()
    found = [one for one in people if sign_in_name(one.name or "") == sign_in_name(name)]
    if role != "admin" and len(found) != 1:
        raise ValueError(f"{len(found)} active specialists of the roster sign in as {sign_in_name(name)}, needs one")
    now = world.clock()
    row = make_account(db, name, role, found[0].id if found else None, now)
    # An invitation makes a demo sign-in a real one, with secrets of its own.
    row.demo, row.password, row.totp = False, None if row.demo else row.password, None if row.demo else row.totp
    audited(db, row.id, "invited", now, None, role=role)
    return invite(db, row, now)
