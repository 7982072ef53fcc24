"""Calls from their first ring: a phone calls the helpline, the product calls a phone, a call is sent elsewhere."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from bot.desk.exchange import Exchange
from bot.desk.handset import Handset
from bot.desk.voice.call import Call, Callback
from bot.desk.voice.dialing import Dialing, finish_dial
from bot.desk.voice.line import call_form, callback_of, end, hang_up, leave, place
from bot.desk.voice.meeting import enter, room_named
from bot.desk.voice.room import Participant
from bot.desk.voice.script import Run, Script
from bot.desk.voice.speech import SPEECH
from bot.desk.wire.hook import Hook

# How long Twilio listens before it says who answered.
DETECTION_SECONDS = 4.0


@dataclass(frozen=True)
class Instructions:
    """What runs on a call: a URL to fetch, or a document given at once."""

    url: str = ""
    method: str = "POST"
    twiml: str = ""


def dial(script: Script, element: ET.Element) -> None:
    """<Dial>: to numbers, or into a conference."""
    conference = element.find("Conference")
    if conference is None:
        Dialing(script, element).start()
    else:
        _join(script, element, conference)


def _join(script: Script, dialed: ET.Element, element: ET.Element) -> None:
    exchange, call = script.exchange, script.call
    room = room_named(exchange, (element.text or "").strip())
    first = not room.participants
    wait = element.get("waitUrl")
    participant = Participant(
        call,
        element.get("participantLabel", ""),
        exchange.now(),
        starts=element.get("startConferenceOnEnter") != "false",
        ends=element.get("endConferenceOnExit") == "true",
        muted=element.get("muted") == "true",
        wait_url=urljoin(script.url, wait) if wait else wait,
        wait_method=element.get("waitMethod", "POST"),
        left=partial(_left_room, script, dialed),
    )
    if first:
        room.callback = _room_callback(script, element)
    if not enter(exchange, room, participant):
        script.step()


def _room_callback(script: Script, element: ET.Element) -> Callback | None:
    url = element.get("statusCallback")
    if not url:
        return None
    events = element.get("statusCallbackEvent", "start end").split()
    return Callback(urljoin(script.url, url), tuple(events), element.get("statusCallbackMethod", "POST"))


def _left_room(script: Script, element: ET.Element) -> None:
    finish_dial(script, element, {"DialCallStatus": "answered", "DialBridged": "true"})


def reject(script: Script, element: ET.Element) -> None:
    """<Reject>: the caller hears busy, or that nobody is there; a call already answered just ends."""
    if script.call.answered_at is not None:
        hang_up(script.exchange, script.call)
    else:
        end(script.exchange, script.call, "busy" if element.get("reason") == "busy" else "no-answer")


VERBS: Mapping[str, Run] = {**SPEECH, "Dial": dial, "Reject": reject}


def receive(exchange: Exchange, phone: Handset, to: str, caller: str = "") -> Call:
    """A phone calls one of the helpline's numbers; `caller` is what it shows, where it withholds its own."""
    call = Call(
        exchange.sids.draw("CA"),
        caller or phone.number,
        to,
        "inbound",
        phone.number,
        exchange.now(),
        "ringing",
        callback=callback_of(exchange.config.voice_status_url),
        fallback=exchange.config.voice_fallback_url,
        seen=True,
    )
    exchange.calls[call.sid] = call
    phone.call = call
    phone.history.append(call)
    _script(exchange, call).fetch(exchange.config.voice_url)
    return call


def start(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    """The product calls a phone; when it is answered, its instructions run."""
    call.on_answer = partial(_answered, exchange, call, instructions)
    place(exchange, call)


def _answered(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    if not call.machine_detection:
        run(exchange, call, instructions)
        return
    call.pending.append(exchange.later(DETECTION_SECONDS, partial(_detected, exchange, call, instructions)))
    if call.amd_callback:
        run(exchange, call, instructions)


def _detected(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    machine = exchange.handset(call.number).behaviour == "voicemail"
    call.answered_by = "machine_start" if machine else "human"
    if call.amd_callback:
        form = call_form(exchange, call) | {"MachineDetectionDuration": "4000"}
        exchange.ask(Hook(call.amd_callback, form, "callback", voice=True))
    else:
        run(exchange, call, instructions)


def run(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    """Begin the instructions on a call."""
    script = _script(exchange, call)
    if instructions.twiml:
        script.run(instructions.twiml, "")
    else:
        script.fetch(instructions.url, instructions.method)


def redirect(exchange: Exchange, call: Call, instructions: Instructions) -> None:
    """Take a call from whatever it is doing and give it other instructions."""
    if call.script is not None:
        call.script.stop()
    leave(call)
    if call.script is not None:
        call.script.stop()
    run(exchange, call, instructions)


def _script(exchange: Exchange, call: Call) -> Script:
    return Script(exchange, call, VERBS, partial(hang_up, exchange, call))
