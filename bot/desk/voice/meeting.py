"""Conferences that really meet: who waits, who hears whom, when it starts and ends, and its reports."""

from functools import partial

from bot.desk.exchange import Exchange
from bot.desk.time.clock import rfc2822
from bot.desk.voice.call import Call
from bot.desk.voice.line import hear
from bot.desk.voice.room import Participant, Room
from bot.desk.voice.script import Script
from bot.desk.voice.speech import SPEECH
from bot.desk.wire.hook import Hook

HOLD_MUSIC = "♪ hold music"


def room_named(exchange: Exchange, name: str) -> Room:
    """The conference of this name that is still going on, else a new one."""
    for room in exchange.rooms.values():
        if room.name == name and not room.over:
            return room
    room = Room(exchange.sids.draw("CF"), name, exchange.now())
    exchange.rooms[room.sid] = room
    return room


def enter(exchange: Exchange, room: Room, participant: Participant) -> bool:
    """A call joins; False when its label is taken, as Twilio's error 16025."""
    labels = {other.label for other in room.participants.values() if other.label}
    if participant.label in labels:
        exchange.problem(16025, f"the conference has a participant {participant.label} already")
        return False
    call = participant.call
    room.participants[call.sid] = participant
    call.room, participant.outer = room.sid, call.script
    call.on_leave = partial(_leave, exchange, room, participant)
    report(exchange, room, "join", "participant-join", participant)
    if room.status == "in-progress":
        return True
    everyone = list(room.participants.values())
    if len(everyone) >= 2 and any(one.starts for one in everyone):
        _start(exchange, room)
    else:
        wait(exchange, participant, participant.wait_url, participant.wait_method)
    return True


def _start(exchange: Exchange, room: Room) -> None:
    room.status, room.updated = "in-progress", exchange.now()
    for participant in room.participants.values():
        stop_waiting(participant)
    report(exchange, room, "start", "conference-start")


def wait(exchange: Exchange, participant: Participant, url: str | None, method: str = "POST") -> None:
    """Something to listen to, alone: a document, Twilio's music (no URL), or silence (an empty one)."""
    stop_waiting(participant)
    if url is None:
        hear(exchange, participant.call, HOLD_MUSIC, "")
    if url:
        participant.waiting = _alone(exchange, participant)
        participant.waiting.fetch(url, method)


def _alone(exchange: Exchange, participant: Participant) -> Script:
    return Script(exchange, participant.call, SPEECH, lambda: None)


def stop_waiting(participant: Participant) -> None:
    """End what this one listens to alone."""
    if participant.waiting is not None:
        participant.waiting.stop()
        participant.waiting = None
    participant.call.script = participant.outer


def hold(exchange: Exchange, room: Room, participant: Participant, on: bool, url: str | None) -> None:
    """Take one out of the talk, or let them back in."""
    if on == participant.hold:
        return
    participant.hold = on
    if on:
        wait(exchange, participant, url)
    else:
        stop_waiting(participant)
    report(exchange, room, "hold", "participant-hold" if on else "participant-unhold", participant)


def mute(exchange: Exchange, room: Room, participant: Participant, on: bool) -> None:
    """Nobody hears this one, or everybody again."""
    if on != participant.muted:
        participant.muted = on
        report(exchange, room, "mute", "participant-mute" if on else "participant-unmute", participant)


def announce(exchange: Exchange, participant: Participant, url: str, method: str = "POST") -> None:
    """Say a document to one participant."""
    stop_waiting(participant)
    script = Script(exchange, participant.call, SPEECH, partial(stop_waiting, participant))
    participant.waiting = script
    script.fetch(url, method)


def _leave(exchange: Exchange, room: Room, participant: Participant) -> None:
    """One goes; the conference may go with them."""
    stop_waiting(participant)
    room.participants.pop(participant.call.sid, None)
    participant.call.room = ""
    if room.over:
        return
    report(exchange, room, "leave", "participant-leave", participant)
    if participant.ends and room.status == "in-progress":
        close(exchange, room, "participant-with-end-conference-on-exit-left", participant.call)
    elif not room.participants:
        close(exchange, room, "last-participant-left", participant.call)


def close(exchange: Exchange, room: Room, reason: str, by: Call | None = None) -> None:
    """The end: everyone goes on with what follows their <Dial>."""
    room.status, room.updated = "completed", exchange.now()
    room.ended_because, room.ended_by = reason, by.sid if by is not None else None
    for participant in list(room.participants.values()):
        remove(participant)
    report(exchange, room, "end", "conference-end")


def remove(participant: Participant) -> None:
    """Take one out; their call goes on."""
    call = participant.call
    undo, call.on_leave = call.on_leave, None
    if undo is not None:
        undo()
    participant.left()


def report(exchange: Exchange, room: Room, event: str, name: str, participant: Participant | None = None) -> None:
    """A status callback of the conference; the first participant has said where to and which."""
    callback = room.callback
    if callback is None or event not in callback.events:
        return
    room.sequence += 1
    form = {
        "ConferenceSid": room.sid,
        "FriendlyName": room.name,
        "AccountSid": exchange.config.account_sid,
        "SequenceNumber": str(room.sequence),
        "Timestamp": rfc2822(exchange.now()) or "",
        "StatusCallbackEvent": name,
    }
    if participant is not None:
        form |= _participant_form(participant)
    if room.ended_because:
        form["ReasonConferenceEnded"] = room.ended_because
    if room.ended_by:
        form["CallSidEndingConference"] = room.ended_by
    exchange.ask(Hook(callback.url, form, "callback", voice=True, method=callback.method))


def _participant_form(participant: Participant) -> dict[str, str]:
    flags = {
        "Muted": participant.muted,
        "Hold": participant.hold,
        "Coaching": False,
        "StartConferenceOnEnter": participant.starts,
        "EndConferenceOnExit": participant.ends,
    }
    form = {name: "true" if value else "false" for name, value in flags.items()}
    form["CallSid"] = participant.call.sid
    if participant.label:
        form["ParticipantLabel"] = participant.label
    return form
