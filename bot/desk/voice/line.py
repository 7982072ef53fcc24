"""One leg's life: dialled, ringing, answered, ended; and its reports to the product."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from bot.desk.exchange import Exchange
from bot.desk.handset import Handset, Spoken
from bot.desk.time.agenda import Entry
from bot.desk.time.clock import rfc2822
from bot.desk.voice.call import Call, Callback
from bot.desk.wire.hook import Hook

# Twilio lets a phone ring this much longer than it was asked to.
RING_BUFFER = 5.0
VOICEMAIL_AFTER = 15.0
ACCEPT_AFTER = 3.0
BUSY_AFTER = 1.0
# A mailbox stops recording some time.
VOICEMAIL_LASTS = 120.0
GREETING_AFTER = 1.0
PLACES = ("Country", "State", "City", "Zip")


def call_form(exchange: Exchange, call: Call, status: str = "") -> dict[str, str]:
    """The parameters that every voice webhook carries."""
    form = {f"{end}{place}": "" for end in ("Called", "Caller", "To", "From") for place in PLACES}
    form |= {
        "CallSid": call.sid,
        "AccountSid": exchange.config.account_sid,
        "From": call.from_,
        "Caller": call.from_,
        "To": call.to,
        "Called": call.to,
        "CallStatus": status or call.status,
        "Direction": call.direction,
        "ApiVersion": "2010-04-01",
    }
    if call.parent:
        form["ParentCallSid"] = call.parent
    if call.answered_by:
        form["AnsweredBy"] = call.answered_by
    return form


def report(exchange: Exchange, call: Call, event: str, status: str) -> None:
    """A status callback, where this event was asked for."""
    callback = call.callback
    if callback is None or not callback.url or event not in callback.events:
        return
    form = call_form(exchange, call, status) | {
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(call.sequence),
        "Timestamp": rfc2822(exchange.now()) or "",
    }
    if event == "completed":
        form["CallDuration"] = str(call.seconds())
        form["Duration"] = str(-(-call.seconds() // 60))
    if call.sip is not None:
        form["SipResponseCode"] = str(call.sip)
    call.sequence += 1
    exchange.ask(Hook(callback.url, form, "callback", voice=True, method=callback.method))


def callback_of(url: str, events: str = "", method: str = "POST") -> Callback | None:
    """A callback for these events; Twilio's default is the end alone."""
    return Callback(url, tuple(events.split()) or ("completed",), method) if url else None


def place(exchange: Exchange, call: Call) -> None:
    """Dial; an account starts one call at a time, the others queue."""
    exchange.calls[call.sid] = call
    now = exchange.now()
    start = max(now, exchange.next_dial)
    exchange.next_dial = start + timedelta(seconds=exchange.config.call_spacing)
    _plan(exchange, call, (start - now).total_seconds(), _dial)


def place_now(exchange: Exchange, call: Call) -> None:
    """Dial without queueing, as <Dial> does."""
    exchange.calls[call.sid] = call
    _plan(exchange, call, 0, _dial)


def _plan(exchange: Exchange, call: Call, seconds: float, step: Callable[[Exchange, Call], None]) -> Entry:
    entry = exchange.later(seconds, partial(step, exchange, call))
    call.pending.append(entry)
    return entry


def _dial(exchange: Exchange, call: Call) -> None:
    report(exchange, call, "initiated", "initiated")
    phone = exchange.handset(call.number)
    phone.history.append(call)
    if phone.behaviour == "off":
        call.sip = 480
        _plan(exchange, call, BUSY_AFTER, partial(_fail, status="failed"))
    elif phone.behaviour == "busy" or phone.call is not None:
        _plan(exchange, call, BUSY_AFTER, partial(_fail, status="busy"))
    else:
        _ring(exchange, call, phone)


def _ring(exchange: Exchange, call: Call, phone: Handset) -> None:
    call.status = "ringing"
    phone.ringing.append(call)
    report(exchange, call, "ringing", "ringing")
    _plan(exchange, call, call.timeout + RING_BUFFER, partial(_fail, status="no-answer"))
    if phone.behaviour == "voicemail":
        _plan(exchange, call, VOICEMAIL_AFTER, answer)
    elif phone.behaviour == "person" and phone.auto:
        _plan(exchange, call, ACCEPT_AFTER, answer)


def _fail(exchange: Exchange, call: Call, status: str) -> None:
    end(exchange, call, status)


def _cancel_pending(call: Call) -> None:
    for entry in call.pending:
        entry.cancel()
    call.pending.clear()


def answer(exchange: Exchange, call: Call) -> None:
    """Somebody, or something, picks up."""
    phone = exchange.handset(call.number)
    if call.over or call.answered_at is not None:
        return
    if phone.call is not None:
        end(exchange, call, "busy")
        return
    _cancel_pending(call)
    connect(exchange, call)
    report(exchange, call, "answered", "in-progress")
    _plan(exchange, call, call.time_limit, hang_up)
    if phone.behaviour == "voicemail":
        _plan(exchange, call, GREETING_AFTER, _greet)
        _plan(exchange, call, VOICEMAIL_LASTS, hang_up)
    call.on_answer()


def connect(exchange: Exchange, call: Call) -> None:
    """The two ends hear each other."""
    phone = exchange.handset(call.number)
    if call in phone.ringing:
        phone.ringing.remove(call)
    phone.call, call.status, call.answered_at = call, "in-progress", exchange.now()
    exchange.changed()


def _greet(exchange: Exchange, call: Call) -> None:
    """A greeting is speech: whoever listens for words gets it as an answer."""
    say(exchange, call, exchange.handset(call.number).greeting)


def say(exchange: Exchange, call: Call, words: str) -> None:
    """The phone's end speaks: to those joined with it, else to what listens on the call."""
    hear(exchange, call, words, "", by=call.number)
    others = joined(exchange, call)
    for other in others:
        hear(exchange, other, words, "", by=call.number)
    if not others and call.script is not None:
        call.script.speech(words)


def press(exchange: Exchange, call: Call, digits: str) -> None:
    """Keys at the phone's end."""
    hear(exchange, call, f"[{digits}]", "", by=call.number)
    if call.script is not None:
        call.script.key(digits)


def hear(exchange: Exchange, call: Call, words: str, language: str, by: str = "") -> None:
    """Something sounds at the phone's end."""
    phone = exchange.handset(call.number)
    phone.transcript.append(Spoken(words, language, exchange.now(), call.sid, by))
    exchange.changed()


def joined(exchange: Exchange, call: Call) -> list[Call]:
    """The calls that this one hears and is heard by."""
    if call.partner is not None:
        return [call.partner]
    room = exchange.rooms.get(call.room)
    if room is None or room.status != "in-progress" or room.participants[call.sid].hold:
        return []
    others = [p for p in room.participants.values() if p.call is not call and not p.hold]
    return [] if room.participants[call.sid].muted else [p.call for p in others]


def hang_up(exchange: Exchange, call: Call) -> None:
    """Either side puts the phone down; before an answer that is the caller giving up."""
    waiting = "no-answer" if call.inbound else "canceled"
    end(exchange, call, "completed" if call.answered_at is not None else waiting)


def end(exchange: Exchange, call: Call, status: str) -> None:
    """The end of a leg, whatever ended it."""
    if call.over:
        return
    _cancel_pending(call)
    call.status, call.ended_at = status, exchange.now()
    phone = exchange.handset(call.number)
    phone.ringing = [other for other in phone.ringing if other is not call]
    phone.call = None if phone.call is call else phone.call
    leave(call)
    if call.script is not None:
        call.script.stop()
    report(exchange, call, "completed", status)
    for follow in call.on_end:
        follow()
    exchange.changed()


def leave(call: Call) -> None:
    """Take the call out of its bridge or conference, if it is in one."""
    undo, call.on_leave = call.on_leave, None
    if undo is not None:
        undo()
