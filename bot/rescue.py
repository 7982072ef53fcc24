"""When the way of a message breaks: the person still gets words that help, and a human still hears of them.

First a bug: the case is opened as "the helpline failed for this person". Then a database that is down: see `lifeline`.
"""

import logging

from bot import twiml
from bot.effects import Applying, escalate
from bot.lifeline.degraded import KEY, degraded, document, spoken
from bot.speech import Line, word
from bot.world import World
from flows.model import Conversation, Escalate, Inbound, Turn
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Channel, Language, Level
from storage.claims import answered, claim
from storage.contacts import party_of

log = logging.getLogger(__name__)


def rescued(world: World, inbound: Inbound) -> str:
    """The TwiML for a text whose turn failed: in all languages, never "try again later"."""
    log.exception("message %s: the turn failed", inbound.sid)
    level = level_of(world, inbound.text)
    try:
        return _with_a_case(world, inbound, level or Level.URGENT, document(world, KEY[level]))
    except Exception:
        log.exception("message %s: no case could be opened either", inbound.sid)
        return degraded(world, inbound, level)


def level_of(world: World, text: str) -> Level | None:
    """The level of a text by itself; a screen that fails makes it urgent."""
    try:
        reading = read(text, world.library.lexicon)
        found = triage(reading.evidence, Circumstances(), reading)
    except Exception:
        log.exception("the screen failed as well")
        return Level.URGENT
    return Level.URGENT if found.level is None and found.ask else found.level


def failed_call(world: World, inbound: Inbound) -> str:
    """The TwiML for a step of a call whose turn failed: what to do in all languages, and a case if possible."""
    log.exception("call step %s: the turn failed", inbound.sid)
    lines = [
        Line(word(world, "fault", language, Channel.voice), language, "fault") for language in world.center.languages
    ]
    said = twiml.spoken(lines, repeat=2)
    try:
        return _with_a_case(world, inbound, level_of(world, inbound.text) or Level.URGENT, said)
    except Exception:
        log.exception("call step %s: no case could be opened either", inbound.sid)
        return spoken(world, inbound, level_of(world, inbound.text))


def _with_a_case(world: World, inbound: Inbound, level: Level, said: str) -> str:
    """Open an urgent case for the person, in a transaction of its own, so that a human finds out what was wrong."""
    now = world.clock()
    found = Escalate(max(level, Level.URGENT), (), ("helpline.failed",), (inbound.text,))
    with world.database.transaction() as db:
        before = claim(db, inbound.sid, now)
        if before is not None and before.reply:
            return before.reply
        party = party_of(db, inbound.sender, now, reachable=inbound.sender.startswith("+"))
        turn = Turn(Conversation(channel=inbound.channel, language=Language.en), (), (found,))
        escalate(Applying(world, db, party, turn, now), found)
        answered(db, inbound.sid, said)
    world.wake.set()
    return said
