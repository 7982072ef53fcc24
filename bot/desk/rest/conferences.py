"""The Conferences resource and its Participants."""

from functools import partial

from bot.desk.exchange import Exchange
from bot.desk.rest.calls import new_call
from bot.desk.rest.listing import first, on_date, page
from bot.desk.rest.parameters import Values
from bot.desk.rest.refusal import Refusal, not_found
from bot.desk.rest.resources import account_uri, participant_resource, room_resource
from bot.desk.rest.step import Answered, Step
from bot.desk.voice.call import Callback
from bot.desk.voice.line import callback_of, hang_up, place
from bot.desk.voice.meeting import announce, close, enter, hold, mute, remove, room_named
from bot.desk.voice.room import Participant, Room


def listing(exchange: Exchange, step: Step) -> Answered:
    """Conferences, newest first."""
    rows = [
        room_resource(exchange.config, room)
        for room in reversed(exchange.rooms.values())
        if first(step.values, "FriendlyName", room.name) == room.name
        and first(step.values, "Status", room.status) == room.status
        and on_date(step.values, "DateCreated", room.created)
        and on_date(step.values, "DateUpdated", room.updated)
    ]
    return 200, page(f"{account_uri(exchange.config)}/Conferences.json", "conferences", rows, step.values)


def fetch(exchange: Exchange, step: Step) -> Answered:
    """One conference."""
    return 200, room_resource(exchange.config, _room(exchange, step))


def update(exchange: Exchange, step: Step) -> Answered:
    """End it, or tell everyone something."""
    room = _room(exchange, step)
    url = first(step.values, "AnnounceUrl")
    if url:
        for participant in list(room.participants.values()):
            announce(exchange, participant, url, first(step.values, "AnnounceMethod", "POST"))
    if first(step.values, "Status") == "completed" and not room.over:
        close(exchange, room, "conference-ended-via-api")
    return 200, room_resource(exchange.config, room)


def participants(exchange: Exchange, step: Step) -> Answered:
    """Who is in it."""
    room = _room(exchange, step)
    rows = [
        participant_resource(exchange.config, room, participant)
        for participant in reversed(room.participants.values())
        if first(step.values, "Muted") in ("", str(participant.muted).lower())
        and first(step.values, "Hold") in ("", str(participant.hold).lower())
    ]
    path = f"{account_uri(exchange.config)}/Conferences/{room.sid}/Participants.json"
    return 200, page(path, "participants", rows, step.values)


def invite(exchange: Exchange, step: Step) -> Answered:
    """Call a phone into a conference, named by its sid or its friendly name."""
    room = exchange.rooms.get(step.sid) or room_named(exchange, step.sid)
    if room.over:
        raise not_found(step.path)
    call = new_call(exchange, step.values)
    participant = Participant(
        call,
        first(step.values, "Label"),
        exchange.now(),
        starts=first(step.values, "StartConferenceOnEnter") != "false",
        ends=first(step.values, "EndConferenceOnExit") == "true",
        muted=first(step.values, "Muted") == "true",
        wait_url=first(step.values, "WaitUrl") or None,
        wait_method=first(step.values, "WaitMethod", "POST"),
        left=partial(hang_up, exchange, call),
    )
    call.callback = callback_of(
        first(step.values, "StatusCallback"), " ".join(step.values.get("StatusCallbackEvent", []))
    )
    if not room.participants:
        room.callback = _room_callback(step.values)
    call.on_answer = partial(_answered, exchange, room, participant)
    place(exchange, call)
    return 201, participant_resource(exchange.config, room, participant)


def _room_callback(values: Values) -> Callback | None:
    url = first(values, "ConferenceStatusCallback")
    events = values.get("ConferenceStatusCallbackEvent") or ["start", "end"]
    return Callback(url, tuple(events), first(values, "ConferenceStatusCallbackMethod", "POST")) if url else None


def _answered(exchange: Exchange, room: Room, participant: Participant) -> None:
    if room.over or not enter(exchange, room, participant):
        hang_up(exchange, participant.call)


def participant(exchange: Exchange, step: Step) -> Answered:
    """One participant."""
    room, found = _participant(exchange, step)
    return 200, participant_resource(exchange.config, room, found)


def change(exchange: Exchange, step: Step) -> Answered:
    """Mute, hold, tell something, or let the conference end with this one."""
    room, found = _participant(exchange, step)
    if "Muted" in step.values:
        mute(exchange, room, found, first(step.values, "Muted") == "true")
    if "Hold" in step.values:
        hold(exchange, room, found, first(step.values, "Hold") == "true", first(step.values, "HoldUrl") or None)
    if "EndConferenceOnExit" in step.values:
        found.ends = first(step.values, "EndConferenceOnExit") == "true"
    if "AnnounceUrl" in step.values:
        announce(exchange, found, first(step.values, "AnnounceUrl"), first(step.values, "AnnounceMethod", "POST"))
    return 200, participant_resource(exchange.config, room, found)


def expel(exchange: Exchange, step: Step) -> Answered:
    """Take one out; a call that came by its own document goes on with it."""
    _, found = _participant(exchange, step)
    remove(found)
    return 204, None


def _room(exchange: Exchange, step: Step) -> Room:
    room = exchange.rooms.get(step.sid)
    if room is None:
        raise not_found(step.path)
    return room


def _participant(exchange: Exchange, step: Step) -> tuple[Room, Participant]:
    room = _room(exchange, step)
    found = room.participants.get(step.call_sid)
    if found is None:
        raise Refusal(404, 20404, f"The requested resource {step.path} was not found")
    return room, found
