"""Texts: from patients to the conversation, from specialists to their commands."""

from fastapi import APIRouter, Request, Response
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot import twiml
from bot.answer import Reply, answer
from bot.canary import came_back
from bot.duty import command
from bot.lifeline.degraded import degraded
from bot.rescue import level_of, rescued
from bot.signature import TwilioForm, field, world_of
from bot.world import World
from flows.model import Inbound
from flows.words import Channel, Level
from storage import outbox
from storage.database import DatabaseBusy, DatabaseDown
from storage.ids import new_id
from storage.transcript import record

router = APIRouter()


@router.post("/twilio/sms")
async def sms(request: Request, form: TwilioForm) -> Response:
    """One text. Whatever goes wrong inside, the person gets words that help, never silence."""
    world = world_of(request)
    return xml(await run_in_threadpool(reply_to, world, inbound_of(form)))


def inbound_of(form: FormData) -> Inbound:
    """The text as an inbound. A text without words may be a photo or a voice note."""
    media = field(form, "NumMedia")
    return Inbound(
        # Without a SID nothing can be claimed, and two such texts must not be taken for one.
        sid=field(form, "MessageSid") or field(form, "SmsSid") or f"none/{new_id()}",
        sender=field(form, "From"),
        channel=Channel.sms,
        text=field(form, "Body"),
        media=int(media[:3]) if media.isdecimal() else 0,
    )


def reply_to(world: World, inbound: Inbound) -> str:
    """The TwiML for one text."""
    if inbound.sender in (world.settings.phone_number, world.settings.sender):
        return twiml.EMPTY  # our own number: an answer would be answered for ever
    breaker = world.lifeline.breaker
    if not breaker.lets_through():
        return degraded(world, inbound, level_of(world, inbound.text))
    try:
        with world.database.first(level_of(world, inbound.text) is not None):
            said = _said(world, inbound)
    except DatabaseDown as error:
        if not isinstance(error, DatabaseBusy):
            breaker.failed()  # a crowd is no reason to send everybody away
        return degraded(world, inbound, level_of(world, inbound.text))
    except Exception:
        return rescued(world, inbound)
    breaker.worked()
    return said


def _said(world: World, inbound: Inbound) -> str:
    """The canary's, then a patient's, then a specialist's; a specialist may speak as a patient too."""

    def render(db: Session, reply: Reply) -> str:
        return rendered(world, db, inbound, reply)

    said = came_back(world, inbound) or answer(world, inbound, render, of_staff=False) or command(world, inbound)
    return said or answer(world, inbound, render) or twiml.EMPTY


def rendered(world: World, db: Session, inbound: Inbound, reply: Reply) -> str:
    """The reply as TwiML; each message has an outbox row whose callback says what became of it."""
    now = world.clock()
    handed = []
    for line in reply.lines:
        row = outbox.put(
            db,
            "inline",
            "reply",
            inbound.sender,
            now,
            body=line.text,
            contact_id=reply.contact_id,
            case_id=reply.case_id,
            status="inline" if _urgent(reply) else "handed",
        )
        record(
            db,
            reply.contact_id,
            "out",
            "sms",
            line.text,
            now,
            keys=line.key,
            outbox_id=row.id,
            case_id=reply.case_id,
            version=world.library.version,
        )
        handed.append((line.text, world.url(f"/twilio/status/{row.id}")))
    return twiml.messages(handed)


def _urgent(reply: Reply) -> bool:
    """Must somebody find out if this reply does not arrive? Who wants no texts is phoned anyway."""
    after = reply.turn.conversation
    return after.case is not None and after.case.level >= Level.URGENT and not after.opted_out


def xml(document: str) -> Response:
    """TwiML with the content type that Twilio wants; as plain text it would be sent to the patient."""
    return Response(document, media_type="text/xml")
