"""The Calls resource."""

from bot.desk.exchange import Exchange
from bot.desk.rest.listing import first, on_date, page
from bot.desk.rest.parameters import Values
from bot.desk.rest.refusal import Refusal, not_found
from bot.desk.rest.resources import account_uri, call_resource
from bot.desk.rest.step import Answered, Step
from bot.desk.voice.call import Call
from bot.desk.voice.calling import Instructions, redirect, start
from bot.desk.voice.line import callback_of, hang_up

MAX_TWIML = 4000


def create(exchange: Exchange, step: Step) -> Answered:
    """Call a phone."""
    call = new_call(exchange, step.values)
    call.callback = callback_of(
        first(step.values, "StatusCallback"),
        " ".join(step.values.get("StatusCallbackEvent", [])),
        first(step.values, "StatusCallbackMethod", "POST"),
    )
    call.fallback = first(step.values, "FallbackUrl")
    call.machine_detection = first(step.values, "MachineDetection")
    if first(step.values, "AsyncAmd") == "true":
        call.amd_callback = first(step.values, "AsyncAmdStatusCallback")
    answer = call_resource(exchange.config, call)
    start(exchange, call, _instructions(step.values))
    return 201, answer


def new_call(exchange: Exchange, values: Values) -> Call:
    """A call that has not been dialled yet; refused where the account may not make it."""
    sender, to = first(values, "From"), first(values, "To")
    if sender not in exchange.config.own_numbers:
        raise Refusal(400, 21210, f"'From' phone number {sender} is not a number of this account.")
    if sender == to:
        raise Refusal(400, 21266, "'To' and 'From' number cannot be the same.")
    timeout, limit = float(first(values, "Timeout", "60")), float(first(values, "TimeLimit", "14400"))
    sid = exchange.sids.draw("CA")
    return Call(sid, sender, to, "outbound-api", to, exchange.now(), timeout=timeout, time_limit=limit)


def _instructions(values: Values) -> Instructions:
    url, twiml = first(values, "Url"), first(values, "Twiml")
    if url and twiml:
        raise Refusal(400, 21218, "Url and Twiml exclude each other")
    if len(twiml) > MAX_TWIML:
        raise Refusal(400, 21220, "Twiml holds more than 4000 characters")
    return Instructions(url, first(values, "Method", "POST"), twiml)


def listing(exchange: Exchange, step: Step) -> Answered:
    """Calls, newest first."""
    rows = [
        call_resource(exchange.config, call)
        for call in reversed(exchange.calls.values())
        if first(step.values, "To", call.to) == call.to
        and first(step.values, "From", call.from_) == call.from_
        and first(step.values, "Status", call.status) == call.status
        and first(step.values, "ParentCallSid", call.parent) == call.parent
        and on_date(step.values, "StartTime", call.answered_at)
        and on_date(step.values, "EndTime", call.ended_at)
    ]
    return 200, page(f"{account_uri(exchange.config)}/Calls.json", "calls", rows, step.values)


def fetch(exchange: Exchange, step: Step) -> Answered:
    """One call."""
    return 200, call_resource(exchange.config, call_of(exchange, step.sid, step.path))


def update(exchange: Exchange, step: Step) -> Answered:
    """End a call, or send it elsewhere."""
    call = call_of(exchange, step.sid, step.path)
    status = first(step.values, "Status")
    instructions = _instructions(step.values)
    if call.over:
        # Ending what has ended is what a race looks like; Twilio takes it without a word.
        if instructions.url or instructions.twiml:
            raise Refusal(400, 21220, "Call is not in-progress. Cannot redirect.")
    elif status == "completed" or (status == "canceled" and call.answered_at is None):
        hang_up(exchange, call)
    elif instructions.url or instructions.twiml:
        _send_elsewhere(exchange, call, instructions)
    return 200, call_resource(exchange.config, call)


def _send_elsewhere(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    if call.answered_at is None and not call.inbound:
        raise Refusal(400, 21220, "Call is not in-progress. Cannot redirect.")
    redirect(exchange, call, instructions)


def call_of(exchange: Exchange, sid: str, path: str) -> Call:
    """The call with this identifier."""
    call = exchange.calls.get(sid)
    if call is None:
        raise not_found(path)
    return call
