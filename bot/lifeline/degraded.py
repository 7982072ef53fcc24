"""The way of a message without a database: screened, kept, answered, paged for. It says only what is true."""

import logging

from bot import twiml
from bot.carrier import Accepted
from bot.lifeline.lost import Lost
from bot.speech import Line, word
from bot.world import World
from flows.commands import Command, read_command
from flows.model import Inbound
from flows.words import Channel, Language, Level
from storage.roster import Entry

VALID = 180  # seconds after which the carrier must drop a page

log = logging.getLogger(__name__)


def degraded(world: World, inbound: Inbound, level: Level | None) -> str:
    """The TwiML for a text without a database, in every language, since we cannot look up which one they read."""
    said = _from_staff(world, inbound)
    if said is not None:
        return said
    try:
        world.lifeline.keep(inbound, level)
    except OSError as error:
        log.error("a message could not be kept: %s", error.strerror)
        return document(world, "paging_failed" if level is not None else "fault")
    world.wake.set()
    return document(world, KEY[level])


# No code has been accepted by a carrier yet, but the paging has begun and does not rest.
KEY = {
    Level.EMERGENCY: "emergency",
    Level.URGENT: "urgent",
    Level.SAME_DAY: "urgent",
    Level.ROUTINE: "fault",
    None: "fault",
}


def document(world: World, key: str) -> str:
    """That message in every language of the centre, as TwiML."""
    lines = [word(world, key, language, Channel.sms) for language in world.center.languages]
    return twiml.messages((line, None) for line in lines)


def said(world: World, lost: Lost) -> str:
    """What a message that was kept has been answered with."""
    level = None if lost.level is None else Level(lost.level)
    return spoken_fault(world) if lost.channel == Channel.voice.value else document(world, KEY[level])


def spoken(world: World, inbound: Inbound, level: Level | None) -> str:
    """The same for a call: what to do, said twice, in every language; kept and paged for as well."""
    try:
        world.lifeline.keep(inbound, level or Level.URGENT)
    except OSError as error:
        log.error("a call could not be kept: %s", error.strerror)
    world.wake.set()
    return spoken_fault(world)


def spoken_fault(world: World) -> str:
    """What a caller hears when we can do nothing, as TwiML: said twice, in every language of the centre."""
    lines = [Line(word(world, "fault", one, Channel.voice), one, "fault") for one in world.center.languages]
    return twiml.spoken(lines, repeat=2)


def staff(world: World, phone: str) -> Entry | None:
    """A specialist of the centre's file, by number."""
    return next((one for one in world.center.specialists if one.phone == phone), None)


def _from_staff(world: World, inbound: Inbound) -> str | None:
    """A specialist's code works without the database too."""
    meant = read_command(inbound.text)
    if staff(world, inbound.sender) is None or meant is None:
        return None
    return twiml.messages((_told(world, one, inbound.sender), None) for one in meant.each())


def _told(world: World, meant: Command, phone: str) -> str:
    waiting = world.lifeline.open_codes()
    code = meant.code or (waiting[0] if waiting else None)
    if meant.name != "accept" or code is None or not code.startswith("9"):
        open_now = ", ".join(waiting[:5]) or "none waits"
        return word(world, "page.no_list", Language.en, Channel.sms, {"open": open_now})
    if not world.lifeline.accept(code, phone):
        return word(world, "page.lost_taken", Language.en, Channel.sms, {"code": code})
    call_to_join(world, code, phone)
    return word(world, "page.lost_accepted", Language.en, Channel.sms, {"code": code})


def call_to_join(world: World, code: str, phone: str) -> None:
    """Ring who took it by text, to join them with the patient."""
    lost = world.lifeline.find(code)
    one = staff(world, phone)
    if lost is not None and one is not None:
        send(world, lost, one, Channel.voice)


def send(world: World, lost: Lost, to: Entry, channel: Channel, waiting: int = 1) -> bool:
    """One page from memory: level and code, nothing else; the call's URL carries the rest sealed."""
    from_number, callback = world.settings.sender, world.url("/twilio/status/lost")
    if channel is Channel.sms:
        values = {"level": lost.grade, "code": lost.code, "link": world.url("/console")}
        body = word(world, "page.text", Language.en, Channel.sms, values)
        return isinstance(world.carrier.text(to.phone, from_number, body, callback, VALID), Accepted)
    token = world.lifeline.spool.token({**lost.note(), "to": to.phone, "waiting": waiting}, "page")
    url = world.url(f"/twilio/lost/{token}")
    return isinstance(world.carrier.call(to.phone, from_number, url, callback), Accepted)
