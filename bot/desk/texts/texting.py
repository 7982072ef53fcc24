"""Texts, both ways: a phone's text to the product and its answer, and the life of a text that goes out."""

import xml.etree.ElementTree as ET
from functools import partial
from urllib.parse import urljoin

from bot.desk.exchange import TWIML_TYPES, Exchange
from bot.desk.faults import Undelivered
from bot.desk.handset import Handset
from bot.desk.texts.segments import segments
from bot.desk.texts.text import REPORTED, Message, Text
from bot.desk.twiml.document import TwimlError, message_body, read_messaging
from bot.desk.wire.hook import Answer, Hook

STOP_WORDS = frozenset({"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"})
HELP_WORDS = frozenset({"help", "info"})
START_WORDS = frozenset({"start", "yes", "unstop"})
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe."
)
STARTED = (
    "You have successfully been re-subscribed to messages from this number. "
    "Reply HELP for help. Reply STOP to unsubscribe."
)
HELPED = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
BLANKS = dict.fromkeys(
    ("ToCountry", "ToState", "ToCity", "ToZip", "FromCountry", "FromState", "FromCity", "FromZip"), ""
)
DELIVERY_SECONDS = 1.0
MAX_HOPS = 10


def receive(exchange: Exchange, phone: Handset, to: str, body: str, media: int = 0) -> Message:
    """A phone texts one of the helpline's numbers."""
    sid, now = exchange.sids.draw("SM" if not media else "MM"), exchange.now()
    message = Message(sid, phone.number, to, body, "inbound", now, "received", now, now, media=media)
    exchange.messages[sid] = message
    phone.thread.append(Text(body, now, mine=True, message=message, seen=True))
    _keywords(exchange, phone, body)
    form = _inbound_form(exchange, message)
    hook = Hook(exchange.config.sms_url, form, "sms", fallback=exchange.config.sms_fallback_url)
    exchange.ask(hook, partial(_reply, exchange, message, 0))
    return message


def _inbound_form(exchange: Exchange, message: Message) -> dict[str, str]:
    form = {
        **BLANKS,
        **dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), message.sid),
        "AccountSid": exchange.config.account_sid,
        "From": message.from_,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(message.media),
        "NumSegments": str(segments(message.body)),
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
    }
    for number in range(message.media):
        form[f"MediaUrl{number}"] = f"https://api.twilio.com/media/{message.sid}/{number}"
        form[f"MediaContentType{number}"] = "image/jpeg"
    return form


def _keywords(exchange: Exchange, phone: Handset, body: str) -> None:
    """Twilio's own STOP filter; the text goes to the product all the same."""
    word = body.strip().lower()
    if not exchange.config.stop_filter:
        return
    if word in STOP_WORDS:
        phone.blocked = True
        _from_twilio(exchange, phone, STOPPED)
    elif word in START_WORDS and phone.blocked:
        phone.blocked = False
        _from_twilio(exchange, phone, STARTED)
    elif word in HELP_WORDS:
        _from_twilio(exchange, phone, HELPED)


def _from_twilio(exchange: Exchange, phone: Handset, words: str) -> None:
    phone.thread.append(Text(words, exchange.now(), mine=False, auto=True, seen=True))


def _reply(exchange: Exchange, inbound: Message, hops: int, answer: Answer) -> None:
    """Do what the product's answer says."""
    if not answer.good:
        return
    if answer.content_type == "text/plain":
        # Twilio takes a plain body for the message: a framework's error page would be texted.
        _send_reply(exchange, inbound, answer.text, answer.url, None)
    elif answer.content_type in TWIML_TYPES:
        _run(exchange, inbound, hops, answer)
    elif answer.content_type or answer.status != 204:
        exchange.problem(12300, f"answered with {answer.content_type or 'no content type'}", answer.url)


def _run(exchange: Exchange, inbound: Message, hops: int, answer: Answer) -> None:
    try:
        verbs = read_messaging(answer.text)
    except TwimlError as fault:
        exchange.problem(fault.code, fault.words, answer.url)
        return
    for verb in verbs:
        if verb.tag == "Message":
            _send_reply(exchange, inbound, message_body(verb), answer.url, verb)
            continue
        if hops >= MAX_HOPS:
            exchange.problem(11215, "too many redirects", answer.url)
            return
        url = urljoin(answer.url, (verb.text or "").strip())
        hook = Hook(url, _inbound_form(exchange, inbound), "sms", method=verb.get("method", "POST"))
        exchange.ask(hook, partial(_reply, exchange, inbound, hops + 1))
        return


def _send_reply(exchange: Exchange, inbound: Message, body: str, url: str, verb: ET.Element | None) -> None:
    verb = verb if verb is not None else ET.Element("Message")
    callback = verb.get("action") or verb.get("statusCallback") or ""
    message = Message(
        exchange.sids.draw("SM"),
        verb.get("from") or inbound.to,
        verb.get("to") or inbound.from_,
        body,
        "outbound-reply",
        exchange.now(),
        callback=urljoin(url, callback) if callback else "",
        method=verb.get("method", "POST"),
        media=len(verb.findall("Media")),
    )
    send(exchange, message)


def send(exchange: Exchange, message: Message) -> None:
    """Let a text go out: to the phone at once, its life as callbacks behind it."""
    message.updated = exchange.now()
    exchange.messages[message.sid] = message
    exchange.later(0, partial(_leave, exchange, message))


def _leave(exchange: Exchange, message: Message) -> None:
    if message.over:
        return
    phone = exchange.handset(message.to)
    if phone.blocked:
        message.error = 21610
        _become(exchange, message, "failed")
        return
    message.sent = exchange.now()
    _become(exchange, message, "sent")
    fault = _undelivered(exchange, phone)
    if fault is None:
        phone.thread.append(Text(message.body, exchange.now(), mine=False, message=message))
        exchange.later(DELIVERY_SECONDS, partial(_become, exchange, message, "delivered"))
    else:
        message.error, status = fault
        exchange.later(DELIVERY_SECONDS, partial(_become, exchange, message, status))


def _undelivered(exchange: Exchange, phone: Handset) -> tuple[int, str] | None:
    for fault in exchange.faults:
        if isinstance(fault, Undelivered) and fault.times > 0 and fault.to == phone.number:
            fault.times -= 1
            return fault.code, fault.status
    return (30003, "undelivered") if phone.behaviour == "off" else None


def _become(exchange: Exchange, message: Message, status: str) -> None:
    """The next status; reported where a callback was asked for."""
    message.status, message.updated = status, exchange.now()
    exchange.changed()
    if not message.callback or status not in REPORTED:
        return
    form = {
        **dict.fromkeys(("MessageSid", "SmsSid"), message.sid),
        **dict.fromkeys(("MessageStatus", "SmsStatus"), status),
        "AccountSid": exchange.config.account_sid,
        "From": message.from_,
        "To": message.to,
        "ApiVersion": "2010-04-01",
    }
    if message.error is not None and status != "sent":
        form["ErrorCode"] = str(message.error)
    exchange.ask(Hook(message.callback, form, "callback", method=message.method))
