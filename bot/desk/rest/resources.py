"""Twilio's resources as JSON."""

from datetime import datetime

from bot.desk.config import DeskConfig
from bot.desk.texts.segments import segments
from bot.desk.texts.text import Message
from bot.desk.time.clock import rfc2822
from bot.desk.voice.call import Call
from bot.desk.voice.room import Participant, Room

ERRORS = {21610: "Attempt to send to unsubscribed recipient", 30003: "Unreachable destination handset"}


def account_uri(config: DeskConfig) -> str:
    """Where the account's resources are."""
    return f"/2010-04-01/Accounts/{config.account_sid}"


def message_resource(config: DeskConfig, message: Message) -> dict[str, object]:
    """A Message."""
    uri = f"{account_uri(config)}/Messages/{message.sid}"
    return {
        "account_sid": config.account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        **_dates(message.created, message.updated),
        "date_sent": rfc2822(message.sent),
        "direction": message.direction,
        "error_code": message.error,
        "error_message": None if message.error is None else ERRORS.get(message.error, "Delivery failed"),
        "from": message.from_,
        "messaging_service_sid": message.service,
        "num_media": str(message.media),
        "num_segments": str(segments(message.body)),
        "price": None,
        "price_unit": None,
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": message.to,
        "uri": f"{uri}.json",
    }


def call_resource(config: DeskConfig, call: Call) -> dict[str, object]:
    """A Call."""
    uri = f"{account_uri(config)}/Calls/{call.sid}"
    empty = ("caller_name", "forwarded_from", "group_sid", "phone_number_sid", "price", "trunk_sid")
    return {
        **dict.fromkeys(empty),
        "account_sid": config.account_sid,
        "answered_by": call.answered_by,
        "api_version": "2010-04-01",
        **_dates(call.created, call.ended_at or call.answered_at),
        "direction": call.direction,
        "duration": str(call.seconds()) if call.over else None,
        "end_time": rfc2822(call.ended_at),
        "from": call.from_,
        "from_formatted": call.from_,
        "parent_call_sid": call.parent or None,
        "price_unit": "USD",
        "queue_time": "0",
        "sid": call.sid,
        "start_time": rfc2822(call.answered_at),
        "status": call.status,
        "subresource_uris": {"events": f"{uri}/Events.json"},
        "to": call.to,
        "to_formatted": call.to,
        "uri": f"{uri}.json",
    }


def room_resource(config: DeskConfig, room: Room) -> dict[str, object]:
    """A Conference."""
    uri = f"{account_uri(config)}/Conferences/{room.sid}"
    return {
        "account_sid": config.account_sid,
        "api_version": "2010-04-01",
        "call_sid_ending_conference": room.ended_by,
        **_dates(room.created, room.updated),
        "friendly_name": room.name,
        "reason_conference_ended": room.ended_because,
        "region": "us1",
        "sid": room.sid,
        "status": room.status,
        "subresource_uris": {"participants": f"{uri}/Participants.json"},
        "uri": f"{uri}.json",
    }


def participant_resource(config: DeskConfig, room: Room, participant: Participant) -> dict[str, object]:
    """A Participant of a conference."""
    uri = f"{account_uri(config)}/Conferences/{room.sid}/Participants/{participant.call.sid}.json"
    return {
        "account_sid": config.account_sid,
        "call_sid": participant.call.sid,
        "call_sid_to_coach": None,
        "coaching": False,
        "conference_sid": room.sid,
        **_dates(participant.joined, None),
        "end_conference_on_exit": participant.ends,
        "hold": participant.hold,
        "label": participant.label or None,
        "muted": participant.muted,
        "queue_time": None,
        "start_conference_on_enter": participant.starts,
        "status": PARTICIPANT_STATUS.get(participant.call.status, "complete"),
        "uri": uri,
    }


PARTICIPANT_STATUS = {"queued": "queued", "ringing": "ringing", "in-progress": "connected", "failed": "failed"}


def _dates(created: datetime, updated: datetime | None) -> dict[str, object]:
    return {"date_created": rfc2822(created), "date_updated": rfc2822(updated or created)}
