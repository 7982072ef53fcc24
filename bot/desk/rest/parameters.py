"""The parameters that the desk accepts: for each request a closed table of names and kinds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Fits = Callable[[str], bool]
Values = Mapping[str, list[str]]

ENDPOINT = re.compile(r"\+[1-9]\d{6,14}|(whatsapp|messenger|rcs|client|sip):.+")
SENDER = re.compile(rf"{ENDPOINT.pattern}|[0-9]{{5,6}}|[A-Za-z0-9 ]{{3,11}}")


def text(_value: str) -> bool:
    """Anything."""
    return True


def whole(value: str) -> bool:
    """An integer."""
    return re.fullmatch(r"-?\d+", value) is not None


def flag(value: str) -> bool:
    """A boolean, as Twilio's libraries write it."""
    return value in ("true", "false")


def uri(value: str) -> bool:
    """An absolute http(s) address; Twilio takes no underscore in a host's name."""
    parts = urlsplit(value)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and host != "" and "_" not in host and " " not in value


def endpoint(value: str) -> bool:
    """E.164, or an address of another channel."""
    return ENDPOINT.fullmatch(value) is not None


def sender(value: str) -> bool:
    """An endpoint, a short code or a name."""
    return SENDER.fullmatch(value) is not None


def one_of(*choices: str) -> Fits:
    """An enum."""
    return lambda value: value in choices


def sid(prefix: str) -> Fits:
    """An identifier of one kind."""
    return lambda value: re.fullmatch(rf"{prefix}[0-9a-fA-F]{{32}}", value) is not None


def within(low: int, high: int) -> Fits:
    """An integer between two."""
    return lambda value: whole(value) and low <= int(value) <= high


METHOD = one_of("GET", "POST")
CALL_EVENT = one_of("initiated", "ringing", "answered", "completed")


@dataclass(frozen=True)
class Shape:
    """What one request takes: names and kinds, those needed, those of which one is needed, those that repeat."""

    known: Mapping[str, Fits]
    needed: tuple[str, ...] = ()
    one_needed: tuple[tuple[str, ...], ...] = ()
    repeated: frozenset[str] = field(default=frozenset())


PAGING: Mapping[str, Fits] = {"PageSize": within(1, 1000), "Page": whole, "PageToken": text}

MESSAGE_CREATE = Shape(
    {
        "To": endpoint,
        "From": sender,
        "MessagingServiceSid": sid("MG"),
        "Body": text,
        "MediaUrl": uri,
        "ContentSid": sid("HX"),
        "StatusCallback": uri,
        "ValidityPeriod": within(1, 36000),
        "ContentRetention": one_of("retain", "discard"),
        "AddressRetention": one_of("retain", "obfuscate"),
        "SmartEncoded": flag,
        "ProvideFeedback": flag,
        "Attempt": whole,
        "ShortenUrls": flag,
        "SendAsMms": flag,
        "RiskCheck": one_of("enable", "disable"),
    },
    needed=("To",),
    one_needed=(("From", "MessagingServiceSid"), ("Body", "MediaUrl", "ContentSid")),
    repeated=frozenset({"MediaUrl"}),
)
MESSAGE_UPDATE = Shape({"Body": text, "Status": one_of("canceled")})
MESSAGE_LIST = Shape({**PAGING, "To": text, "From": text, "DateSent": text, "DateSent<": text, "DateSent>": text})
NUMBER_LIST = Shape({**PAGING, "PhoneNumber": text, "FriendlyName": text, "Beta": flag, "Origin": text})

CALL_CREATE = Shape(
    {
        "To": endpoint,
        "From": endpoint,
        "Url": uri,
        "Twiml": text,
        "Method": METHOD,
        "FallbackUrl": uri,
        "FallbackMethod": METHOD,
        "StatusCallback": uri,
        "StatusCallbackEvent": CALL_EVENT,
        "StatusCallbackMethod": METHOD,
        "SendDigits": text,
        "Timeout": within(1, 600),
        "TimeLimit": whole,
        "MachineDetection": one_of("Enable", "DetectMessageEnd"),
        "MachineDetectionTimeout": within(3, 59),
        "AsyncAmd": one_of("true", "false"),
        "AsyncAmdStatusCallback": uri,
        "AsyncAmdStatusCallbackMethod": METHOD,
        "CallReason": text,
        "CallToken": text,
    },
    needed=("To", "From"),
    one_needed=(("Url", "Twiml"),),
    repeated=frozenset({"StatusCallbackEvent"}),
)
CALL_UPDATE = Shape(
    {
        "Url": uri,
        "Method": METHOD,
        "Status": one_of("canceled", "completed"),
        "FallbackUrl": uri,
        "FallbackMethod": METHOD,
        "StatusCallback": uri,
        "StatusCallbackMethod": METHOD,
        "Twiml": text,
        "TimeLimit": whole,
    }
)
CALL_LIST = Shape(
    {
        **PAGING,
        "To": text,
        "From": text,
        "ParentCallSid": sid("CA"),
        "Status": one_of("queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"),
        **dict.fromkeys(("StartTime", "StartTime<", "StartTime>", "EndTime", "EndTime<", "EndTime>"), text),
    }
)

ROOM_UPDATE = Shape({"Status": one_of("completed"), "AnnounceUrl": uri, "AnnounceMethod": METHOD})
ROOM_LIST = Shape(
    {
        **PAGING,
        "FriendlyName": text,
        "Status": one_of("init", "in-progress", "completed"),
        **dict.fromkeys(("DateCreated", "DateCreated<", "DateCreated>"), text),
        **dict.fromkeys(("DateUpdated", "DateUpdated<", "DateUpdated>"), text),
    }
)
PARTICIPANT_CREATE = Shape(
    {
        "From": endpoint,
        "To": endpoint,
        "StatusCallback": uri,
        "StatusCallbackMethod": METHOD,
        "StatusCallbackEvent": CALL_EVENT,
        "Label": text,
        "Timeout": within(5, 600),
        "Muted": flag,
        "Beep": one_of("true", "false", "onEnter", "onExit"),
        "StartConferenceOnEnter": flag,
        "EndConferenceOnExit": flag,
        "WaitUrl": uri,
        "WaitMethod": METHOD,
        "EarlyMedia": flag,
        "MaxParticipants": within(2, 250),
        "ConferenceStatusCallback": uri,
        "ConferenceStatusCallbackMethod": METHOD,
        "ConferenceStatusCallbackEvent": one_of("start", "end", "join", "leave", "mute", "hold", "modify"),
        "TimeLimit": whole,
        "CallReason": text,
    },
    needed=("To", "From"),
    repeated=frozenset({"StatusCallbackEvent", "ConferenceStatusCallbackEvent"}),
)
PARTICIPANT_UPDATE = Shape(
    {
        "Muted": flag,
        "Hold": flag,
        "HoldUrl": uri,
        "HoldMethod": METHOD,
        "AnnounceUrl": uri,
        "AnnounceMethod": METHOD,
        "WaitUrl": uri,
        "WaitMethod": METHOD,
        "BeepOnExit": flag,
        "EndConferenceOnExit": flag,
    }
)
PARTICIPANT_LIST = Shape({**PAGING, "Muted": flag, "Hold": flag, "Coaching": flag})
