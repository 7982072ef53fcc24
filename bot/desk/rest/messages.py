"""The Messages resource."""

from bot.desk.exchange import Exchange
from bot.desk.rest.listing import first, on_date, page
from bot.desk.rest.refusal import MAX_BODY, Refusal, not_found
from bot.desk.rest.resources import account_uri, message_resource
from bot.desk.rest.step import Answered, Step
from bot.desk.texts.text import Message
from bot.desk.texts.texting import send


def create(exchange: Exchange, step: Step) -> Answered:
    """Send a text."""
    to, body = first(step.values, "To"), first(step.values, "Body")
    sender = first(step.values, "From", exchange.config.helpline_number)
    _allowed(exchange, sender, to, body, bool(step.values.get("MediaUrl") or step.values.get("ContentSid")))
    message = Message(
        exchange.sids.draw("MM" if step.values.get("MediaUrl") else "SM"),
        sender,
        to,
        body,
        "outbound-api",
        exchange.now(),
        callback=first(step.values, "StatusCallback"),
        media=len(step.values.get("MediaUrl", [])),
        service=first(step.values, "MessagingServiceSid") or None,
    )
    answer = message_resource(exchange.config, message)
    send(exchange, message)
    return 201, answer


def _allowed(exchange: Exchange, sender: str, to: str, body: str, other_content: bool) -> None:
    if sender not in exchange.config.own_numbers:
        raise Refusal(400, 21606, f"The 'From' phone number {sender} is not a number of this account.")
    if sender == to:
        raise Refusal(400, 21266, "'To' and 'From' number cannot be the same.")
    if len(body) > MAX_BODY:
        raise Refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit.")
    if not body.strip() and not other_content:
        raise Refusal(400, 21602, "Message body is required.")
    if to in exchange.handsets and exchange.handsets[to].blocked:
        raise Refusal(400, 21610, "Attempt to send to unsubscribed recipient")


def listing(exchange: Exchange, step: Step) -> Answered:
    """Texts, newest first."""
    rows = [
        message_resource(exchange.config, message)
        for message in reversed(exchange.messages.values())
        if first(step.values, "To", message.to) == message.to
        and first(step.values, "From", message.from_) == message.from_
        and on_date(step.values, "DateSent", message.sent)
    ]
    return 200, page(f"{account_uri(exchange.config)}/Messages.json", "messages", rows, step.values)


def fetch(exchange: Exchange, step: Step) -> Answered:
    """One text."""
    return 200, message_resource(exchange.config, _message(exchange, step))


def update(exchange: Exchange, step: Step) -> Answered:
    """Redact a text, or cancel one that has not left."""
    message = _message(exchange, step)
    if first(step.values, "Status") == "canceled":
        if message.status != "queued":
            raise Refusal(400, 30409, "Message cannot be canceled")
        message.status = "canceled"
    if "Body" in step.values:
        if first(step.values, "Body") or not message.over:
            raise Refusal(400, 20009, "Only a text that is done can be redacted, to an empty body")
        message.body = ""
    exchange.changed()
    return 200, message_resource(exchange.config, message)


def delete(exchange: Exchange, step: Step) -> Answered:
    """Forget a text."""
    del exchange.messages[_message(exchange, step).sid]
    return 204, None


def _message(exchange: Exchange, step: Step) -> Message:
    message = exchange.messages.get(step.sid)
    if message is None:
        raise not_found(step.path)
    return message
