"""The engine: `work` over rows that are due. Whatever was committed is found here again, by whichever process lives.

Called a few times a second by every replica and at once after each commit; called by tests with their own clock.
Each due case is looked at in a transaction of its own; each text and call is claimed, sent outside, and recorded.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import httpx
from sqlmodel import Session

from bot.aftermath import heed, look_up
from bot.answer import silence
from bot.canary import fly
from bot.carrier import Accepted
from bot.joining.ending import unsent
from bot.joining.tending import due_calls, tend
from bot.lifeline.degraded import send
from bot.lifeline.lifeline import Begin, at_once
from bot.lifeline.replay import replay
from bot.moves import look_at
from bot.senders import Senders
from bot.world import World
from flows.delivery import BLOCKED, Refusal, Verdict, verdict
from storage import outbox, sids
from storage.cases import case_by_id, due_cases
from storage.conversations import due as silent_contacts
from storage.engines.turnstile import Rank
from storage.outbox import Send
from storage.tables import SpecialistRow

log = logging.getLogger(__name__)

BATCH = 16
TRIES = 6
PAUSES = (1, 2, 4, 8, 15, 30)  # seconds before another try
LOOK_UP_AFTER = timedelta(seconds=3)  # Twilio's lists lag
TAKEN = "0/taken"  # what looked like it was another's
ON_A_CALL = ("hangup", "redirect")  # done to a call that lives; twice does no harm
Doing = Callable[[], int]


def work(world: World) -> int:
    """Do all that is due now; returns how much that was. One failure never holds up the rest."""
    return keep_alive(world) + climb(world) + notice_silence(world) + deliver(world) + follow_up(world)


def follow_up(world: World) -> int:
    """Draw the consequences of what did not arrive, and look up what nobody heard of."""
    return heed(world) + look_up(world) + tend_calls(world) + fly(world)


def tend_calls(world: World) -> int:
    """Ask after live calls whose reports may have been lost, and go on to the next phone where nobody answered."""
    return sum(_safely(tend, world, leg_id) for leg_id in due_calls(world))


def keep_alive(world: World) -> int:
    """Page from memory for what came without a database, and hand it over when the database is back."""
    return page_from_memory(world) + hand_over(world)


def page_from_memory(world: World, begin: Begin = at_once) -> int:
    """Page for what no database has; how much was due."""
    return world.lifeline.page(partial(send, world), begin)


def hand_over(world: World) -> int:
    """Give the database what came without it, if it answers; how many."""
    if not world.lifeline.spool.count() or not world.database.ping():
        return 0
    return replay(world)


def climb(world: World) -> int:
    """Move every case whose due time has passed."""
    now = world.clock()
    with world.database.reading() as db:
        ids = due_cases(db, now)
    return sum(_safely(_climb_one, world, case_id) for case_id in ids)


def _climb_one(world: World, case_id: str) -> None:
    now = world.clock()

    def move(db: Session) -> None:
        look_at(world, db, case_by_id(db, case_id), now)

    world.database.retrying(move)


def notice_silence(world: World) -> int:
    """Go on with every conversation in which silence has come to mean something."""
    with world.database.reading() as db:
        ids = silent_contacts(db, world.clock())
    return sum(_safely(silence, world, contact_id) for contact_id in ids)


def _safely(one: Callable[[World, str], None], world: World, name: str) -> int:
    try:
        one(world, name)
    except Exception:
        # It stays due, so it is tried again; the auditor counts it.
        log.exception("%s of %s failed", one.__name__, name)
        return 0
    return 1


def deliver(world: World, senders: Senders | None = None) -> int:
    """Send what is due, first pages first; with senders, side by side, and no more than they have seats."""
    now = world.clock()
    seats = senders.free if senders else BATCH
    if not seats:
        return 0
    with world.database.first(rank=Rank.page):
        sends = world.database.retrying(lambda db: outbox.claim_due(db, now, seats))
    for one in sends:
        if senders:
            senders.begin(partial(_deliver_one, world, one))
        else:
            _deliver_one(world, one)
    return len(sends)


def _deliver_one(world: World, send: Send) -> None:
    try:
        outcome = _found(world, send) or _sent(world, send)
    except httpx.HTTPError:
        outcome = Refusal(0)
    except Exception:
        log.exception("sending %s failed", send.id)
        outcome = Refusal(0)
    # While this waits, its seat is taken, and other pages wait behind it.
    with world.database.first(rank=Rank.page):
        world.database.retrying(lambda db: _record(world, db, send, outcome))


@dataclass(frozen=True, slots=True)
class Found:
    """Twilio has one like it under this SID; it may be another's of the same moment."""

    sid: str


def _found(world: World, send: Send) -> Found | None:
    """What may have been sent before is looked up first; only what Twilio does not have is sent again.

    A page of another round or of another case looks the same there: what we know already is another one.
    """
    if not send.doubtful or send.kind in ON_A_CALL:
        return None
    if send.kind == "text":
        listed = world.carrier.find_text(send.to, send.body, send.made_at)
    else:
        listed = world.carrier.find_call(send.to, send.made_at)
    with world.database.reading() as db:
        unknown = sids.unknown_sids(db, listed)
    return Found(unknown[0]) if unknown else None


def _sent(world: World, send: Send) -> Accepted | Refusal:
    sender = world.settings.sender if send.purpose in ("page", "join") else world.settings.phone_number
    callback = world.url(f"/twilio/status/{send.id}")
    if send.kind == "text":
        return world.carrier.text(send.to, sender, send.body, callback, send.seconds_left)
    if send.kind == "hangup":
        return world.carrier.end_call(send.body)
    if send.kind == "redirect":
        call_sid, path = send.body.split(" ", 1)
        return world.carrier.send_to(call_sid, world.url(path))
    return world.carrier.call(send.to, sender, world.url(f"/twilio/{send.purpose}/{send.id}"), callback)


def _record(world: World, db: Session, send: Send, outcome: Accepted | Found | Refusal) -> None:
    now = world.clock()
    if isinstance(outcome, Found):
        if not outbox.found(db, send.id, outcome.sid, now):
            outbox.again_at(db, send.id, now + LOOK_UP_AFTER, TAKEN, doubtful=True)
    elif isinstance(outcome, Accepted):
        if send.kind in ON_A_CALL:
            outbox.finished(db, send.id, now)
        else:
            outbox.sent(db, send.id, outcome.sid, now)
    else:
        _refused(world, db, send, outcome, now)


def _refused(world: World, db: Session, send: Send, outcome: Refusal, now: datetime) -> None:
    what = verdict(outcome)
    why = f"{outcome.status}/{outcome.code or ''}"
    if what in (Verdict.never, Verdict.alarm) or send.attempts >= TRIES or send.kind == "hangup":
        _give_up(world, db, send, outcome, why, now)
    elif what is Verdict.unknown:
        outbox.again_at(db, send.id, now + LOOK_UP_AFTER, why, doubtful=True)
    else:
        pause = PAUSES[min(send.attempts, len(PAUSES)) - 1]
        outbox.again_at(db, send.id, now + timedelta(seconds=pause), why, doubtful=False)


def _give_up(world: World, db: Session, send: Send, outcome: Refusal, why: str, now: datetime) -> None:
    """This way is closed; a number that blocks texts is called from now on."""
    row = outbox.given_up(db, send.id, why)
    log.warning("gave up on %s %s: %s", send.kind, send.id, why)
    if outcome.code in BLOCKED and row.specialist_id:
        person = db.get_one(SpecialistRow, row.specialist_id)
        person.texts_blocked_at = person.texts_blocked_at or now
    unsent(world, db, row, now)
