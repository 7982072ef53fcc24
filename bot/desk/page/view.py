"""What the page shows: every phone with its texts and its call, as plain JSON."""

from bot.desk.exchange import Exchange
from bot.desk.handset import Handset
from bot.desk.texts.text import Message, Text
from bot.desk.voice.call import Call
from bot.desk.voice.line import joined

SHOWN_TEXTS = 80
SHOWN_LINES = 40
SHOWN_PROBLEMS = 20


def view(exchange: Exchange) -> dict[str, object]:
    """The whole desk; to be called under the exchange's lock."""
    return {
        "version": exchange.version,
        "now": exchange.now().isoformat(),
        "helpline": exchange.config.helpline_number,
        "phones": [_phone(exchange, phone) for phone in exchange.handsets.values()],
        "problems": [str(problem) for problem in exchange.problems[-SHOWN_PROBLEMS:]],
    }


def _phone(exchange: Exchange, phone: Handset) -> dict[str, object]:
    return {
        "number": phone.number,
        "label": phone.label,
        "kind": phone.kind,
        "hint": phone.hint,
        "behaviour": phone.behaviour,
        "auto": phone.auto,
        "blocked": phone.blocked,
        "thread": _thread(exchange, phone),
        "ringing": [call.from_ for call in phone.ringing],
        "call": None if phone.call is None else _call(exchange, phone.call),
        "ended": _ended(phone),
        "lines": _lines(exchange, phone),
    }


def _thread(exchange: Exchange, phone: Handset) -> list[dict[str, object]]:
    lost = [
        Text(message.body, message.created, mine=False, message=message)
        for message in exchange.messages.values()
        if message.to == phone.number and message.status in ("failed", "undelivered")
    ]
    texts = sorted([*phone.thread, *lost], key=lambda text: text.at) if lost else phone.thread
    start = max(0, len(texts) - SHOWN_TEXTS)
    return [_text(number, text) for number, text in enumerate(texts[start:], start)]


def _text(number: int, text: Text) -> dict[str, object]:
    message = text.message
    return {
        "id": message.sid if message is not None else f"auto-{number}",
        "body": text.body,
        "at": text.at.isoformat(),
        "mine": text.mine,
        "auto": text.auto,
        "status": _status(message),
    }


def _status(message: Message | None) -> str:
    if message is None:
        return ""
    return f"{message.status} ({message.error})" if message.error is not None else message.status


def _call(exchange: Exchange, call: Call) -> dict[str, object]:
    room = exchange.rooms.get(call.room)
    return {
        "sid": call.sid,
        "inbound": call.inbound,
        "since": None if call.answered_at is None else call.answered_at.isoformat(),
        "with": [exchange.handset(other.number).label for other in joined(exchange, call)],
        "waiting": room is not None and room.status == "init",
    }


def _ended(phone: Handset) -> str:
    """What became of its last call, when it is on none."""
    if phone.call is not None or phone.ringing or not phone.history:
        return ""
    return phone.history[-1].status


def _lines(exchange: Exchange, phone: Handset) -> list[dict[str, object]]:
    if not phone.history:
        return []
    sid = phone.call.sid if phone.call is not None else phone.history[-1].sid
    lines = [(number, spoken) for number, spoken in enumerate(phone.transcript) if spoken.call_sid == sid]
    return [
        {
            "id": number,
            "text": spoken.text,
            "language": spoken.language,
            "at": spoken.at.isoformat(),
            "by": exchange.handset(spoken.by).label if spoken.by else "",
            "mine": spoken.by == phone.number,
        }
        for number, spoken in lines[-SHOWN_LINES:]
    ]
