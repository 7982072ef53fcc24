"""Texts from specialists' phones: commands about cases, claimed like every webhook, answered inline."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot import twiml
from bot.moves import case_word
from bot.specialists import (
    Outcome,
    accept,
    choose_case,
    done,
    open_codes,
    own_codes,
    own_open_codes,
    pass_on,
    ring_to_join,
    waiting_codes,
)
from bot.speech import word
from bot.world import World
from flows.case import CaseState
from flows.commands import Command, read_command
from flows.model import Inbound
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Channel, Language
from storage import outbox
from storage.cases import case_by_code
from storage.claims import answered, claim
from storage.events import happened
from storage.roster import specialist_by_phone
from storage.tables import CaseRow, SpecialistRow

MEANT = {
    "accept": (CaseState.open,),
    "pass": (CaseState.accepted, CaseState.open),
    "done": (CaseState.accepted, CaseState.reached),
}


Tell = Callable[[Session, SpecialistRow, str], str]


def in_reply(_db: Session, _to: SpecialistRow, text: str) -> str:
    """The usual way to tell them how it went: in the answer to their text."""
    return twiml.messages([(text, None)])


def command(world: World, inbound: Inbound, tell: Tell = in_reply) -> str | None:
    """The TwiML reply to a specialist's command; None if this is no specialist, or no command but words of a patient.

    A specialist may be a patient too: a danger sign from their phone is answered like anybody's. `tell` is asked once,
    in the transaction that does what was commanded; what it gives is the reply, for whoever asks again as well.
    """
    now = world.clock()
    meant = read_command(inbound.text)

    def turn(db: Session) -> str | None:
        by = specialist_by_phone(db, inbound.sender)
        if by is None or (meant is None and _in_danger(world, inbound.text)):
            return None
        before = claim(db, inbound.sid, now)
        if before is not None:
            return before.reply or twiml.EMPTY
        reply = tell(db, by, _reply(world, db, by, meant, now))
        answered(db, inbound.sid, reply)
        return reply

    document = world.database.retrying(turn)
    if document is not None:
        world.wake.set()
    return document


def _in_danger(world: World, text: str) -> bool:
    reading = read(text, world.library.lexicon)
    found = triage(reading.evidence, Circumstances(), reading)
    return found.level is not None or found.ask is not None


def _reply(world: World, db: Session, by: SpecialistRow, meant: Command | None, now: datetime) -> str:
    if meant is None or meant.name == "list":
        return _with_theirs(world, db, by, "page.help")
    if meant.name in ("stop", "start"):
        return _texts(world, db, by, meant.name == "stop", now)
    return "\n".join(_of_case(world, db, by, one, now) for one in meant.each())


def _of_case(world: World, db: Session, by: SpecialistRow, meant: Command, now: datetime) -> str:
    codes = own_codes(db, by, MEANT[meant.name]) if meant.name != "accept" and not meant.code else []
    if len(codes) > 1:
        return word(world, "page.which", Language.en, Channel.sms, {"open": ", ".join(codes[:5]), "code": codes[0]})
    row = case_by_code(db, meant.code) if meant.code else choose_case(db, by, MEANT[meant.name])
    if row is not None and meant.words:
        happened(db, row.id, "note", now, actor=by.id, words=meant.words)
    if row is None or _untaken(row, meant):
        key = "page.none" if row is not None or not meant.code else "page.unknown"
        return _with_theirs(world, db, by, key, code=meant.code or "")
    outcome = _done(world, db, row, by, meant, now)
    said = case_word(world, row, outcome.key, Language.en, name=outcome.name)
    return f"{said}{_waiting(world, db)}" if meant.name == "accept" and not meant.code else said


def _with_theirs(world: World, db: Session, by: SpecialistRow, key: str, **values: str) -> str:
    """What is open and nobody has; behind it what they have themselves."""
    said = word(world, key, Language.en, Channel.sms, {**values, "open": open_codes(db)})
    own = ", ".join(own_open_codes(db, by)[:5])
    return f"{said} {word(world, 'page.yours', Language.en, Channel.sms, {'open': own})}" if own else said


def _waiting(world: World, db: Session) -> str:
    """What an A without a code is told behind its answer: which cases wait beside the one it meant."""
    codes = waiting_codes(db)
    values = {"count": str(len(codes)), "open": ", ".join(codes[:5])}
    return " " + word(world, "page.more", Language.en, Channel.sms, values) if codes else ""


def _untaken(row: CaseRow, meant: Command) -> bool:
    """Done, of a case that nobody took: by text that is a mistyped code, and would stop another patient's clock."""
    return meant.name == "done" and row.state == CaseState.open.value


def _done(world: World, db: Session, row: CaseRow, by: SpecialistRow, meant: Command, now: datetime) -> Outcome:
    if meant.name == "pass":
        return pass_on(world, db, row, by, now)
    if meant.name == "done":
        if not meant.code and row.state == CaseState.reached.value:
            return Outcome("page.reached")  # closing takes the code; two letters are too easily sent twice
        return done(world, db, row, by, now)
    outcome = accept(world, db, row, by, "text", now)
    if outcome.key == "page.accepted":
        ring_to_join(db, row, by, now)
    return outcome


def _texts(world: World, db: Session, by: SpecialistRow, stop: bool, now: datetime) -> str:
    """A specialist who wants no texts is called instead, and the admin sees it in the roster."""
    by.texts_blocked_at = now if stop else None
    db.add(by)
    if stop and world.center.admin_phone:
        body = word(world, "admin.blocked", Language.en, Channel.sms, {"name": by.name or "?"})
        outbox.put(db, "text", "admin", world.center.admin_phone, now, body=body, priority=4)
    return word(world, "page.blocked" if stop else "page.unblocked", Language.en, Channel.sms)
