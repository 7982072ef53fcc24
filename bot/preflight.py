"""Preflight: what would lose a patient, found before one calls. Each finding says how to mend it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import httpx

from bot.finding import Finding
from bot.numbers import number_findings
from bot.start import missing_database
from bot.world import World
from flows.oncall import on_call
from storage.roster import differences, roster

DAYS = 14
STEP = timedelta(minutes=30)


def preflight(world: World) -> list[Finding]:
    """All findings, fatal ones first; empty = ready."""
    found = [*_settings(world), *_database(world), *_coverage(world), *_twilio(world)]
    return sorted(found, key=lambda one: not one.fatal)


def _settings(world: World) -> Iterator[Finding]:
    for line in world.settings.problems():
        yield Finding(line)
    if world.settings.mode == "desk":
        yield Finding("HELPLINE_MODE is desk: nobody outside this machine is reached. Set it to live", fatal=False)
    if world.shelf.unfit:
        yield Finding(f"{world.shelf.unfit}. Mend it and `rules apply` it, or `rules undo`")
    if lack := nobody_to_page(world):
        yield Finding(lack, fatal=world.settings.mode == "live")
    if world.center.admin_phone is None:
        yield Finding("[center] admin_phone is missing: nobody is told about gaps and faults", fatal=False)


def nobody_to_page(world: World) -> str:
    """What is missing where the centre's file names nobody: without a database, its people are those who are paged."""
    if world.center.specialists:
        return ""
    return f"the centre's file {world.settings.config or ''} has no [[specialist]]: nobody can be paged. Add them"


def _database(world: World) -> Iterator[Finding]:
    if missing := missing_database(world):
        yield Finding(missing)
        return
    if not world.database.ping():
        yield Finding("the database does not answer: check HELPLINE_DATABASE_URL and that it runs")
        return
    try:
        with world.database.reading() as db:
            people = roster(db, world.local(world.clock()))
            differing = differences(db, world.center.specialists)
    except Exception as error:
        yield Finding(f"the database has no tables of ours yet ({type(error).__name__}): start serve once")
        return
    if not people.specialists:
        yield Finding("no specialist is in the roster: nobody can be paged. Add [[specialist]] to HELPLINE_CONFIG")
    for line in differing:
        yield Finding(f"roster: {line}; take the file over with `roster import`", fatal=False)


def _coverage(world: World) -> Iterator[Finding]:
    """Half-hours of the next fourteen days in which nobody of the roster is on call."""
    start = world.local(world.clock()).replace(minute=0, second=0, microsecond=0)
    moments = [start + step * STEP for step in range(int(timedelta(days=DAYS) / STEP))]
    gaps = [moment for moment in moments if not _covered(world, moment)]  # the file, where there are no rows yet
    if not missing_database(world):
        with suppress(Exception), world.database.reading() as db:
            gaps = [moment for moment in moments if not roster(db, moment).on_call()]
    if gaps:
        hours = len(gaps) * STEP.total_seconds() / 3600
        yield Finding(
            f"nobody is on call for {hours:.1f} hours of the next {DAYS} days, first {gaps[0]:%a %d %b %H:%M}"
        )


def _covered(world: World, moment: datetime) -> bool:
    return any(on_call(one.windows, moment) for one in world.center.specialists)


def _twilio(world: World) -> Iterator[Finding]:
    try:
        yield from number_findings(world)
    except httpx.HTTPStatusError as error:
        yield Finding(f"Twilio refused us ({error.response.status_code}): check TWILIO_ACCOUNT_SID and _AUTH_TOKEN")
    except httpx.HTTPError:
        fatal = world.settings.mode == "live"
        yield Finding("Twilio cannot be reached from here (on the desk: it runs inside serve)", fatal=fatal)
