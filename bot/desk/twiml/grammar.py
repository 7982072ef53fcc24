"""Which verbs the desk runs, what may stand inside them, which attributes they take and of what kind."""

from dataclasses import dataclass, field

TEXT, URL, WHOLE, FLAG = "text", "url", "whole", "flag"
Rule = str | tuple[str, ...] | frozenset[str]  # a kind, one of these, or several of these


@dataclass(frozen=True)
class Verb:
    """One element."""

    attributes: dict[str, Rule] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()


METHODS = ("GET", "POST")
CALL_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
ROOM_EVENTS = frozenset({"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"})
SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})
SSML_WORDS = SSML - {"p", "s"}
INTERPRETATIONS = (
    "characters",
    "spell-out",
    "cardinal",
    "number",
    "ordinal",
    "digits",
    "fraction",
    "unit",
    "date",
    "time",
    "address",
    "expletive",
    "telephone",
)
STRENGTHS = ("none", "x-weak", "weak", "medium", "strong", "x-strong")
SPEECH_MODELS = (
    "default",
    "numbers_and_commands",
    "phone_call",
    "experimental_conversations",
    "experimental_utterances",
    "googlev2_long",
    "googlev2_short",
    "googlev2_telephony",
    "googlev2_telephony_short",
    "deepgram_nova-2",
    "deepgram_nova-3",
)

VOICE: dict[str, Verb] = {
    "Response": Verb(inside=frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Hangup", "Reject", "Dial"})),
    "Say": Verb({"voice": TEXT, "language": TEXT, "loop": WHOLE}, SSML),
    "Play": Verb({"loop": WHOLE, "digits": TEXT}),
    "Pause": Verb({"length": WHOLE}),
    "Redirect": Verb({"method": METHODS}),
    "Hangup": Verb(),
    "Reject": Verb({"reason": ("rejected", "busy")}),
    "Gather": Verb(
        {
            "input": frozenset({"dtmf", "speech"}),
            "action": URL,
            "method": METHODS,
            "timeout": WHOLE,
            "speechTimeout": TEXT,
            "maxSpeechTime": WHOLE,
            "profanityFilter": FLAG,
            "finishOnKey": TEXT,
            "numDigits": WHOLE,
            "partialResultCallback": URL,
            "partialResultCallbackMethod": METHODS,
            "language": TEXT,
            "hints": TEXT,
            "bargeIn": FLAG,
            "debug": FLAG,
            "actionOnEmptyResult": FLAG,
            "speechModel": SPEECH_MODELS,
            "enhanced": FLAG,
        },
        frozenset({"Say", "Play", "Pause"}),
    ),
    "Dial": Verb(
        {
            "action": URL,
            "method": METHODS,
            "timeout": WHOLE,
            "hangupOnStar": FLAG,
            "timeLimit": WHOLE,
            "callerId": TEXT,
            "answerOnBridge": FLAG,
            "ringTone": TEXT,
            "sequential": FLAG,
        },
        frozenset({"Number", "Conference"}),
    ),
    "Number": Verb(
        {
            "url": URL,
            "method": METHODS,
            "sendDigits": TEXT,
            "statusCallback": URL,
            "statusCallbackMethod": METHODS,
            "statusCallbackEvent": CALL_EVENTS,
        }
    ),
    "Conference": Verb(
        {
            "beep": ("true", "false", "onEnter", "onExit"),
            "startConferenceOnEnter": FLAG,
            "endConferenceOnExit": FLAG,
            "muted": FLAG,
            "waitUrl": URL,
            "waitMethod": METHODS,
            "maxParticipants": WHOLE,
            "participantLabel": TEXT,
            "statusCallback": URL,
            "statusCallbackMethod": METHODS,
            "statusCallbackEvent": ROOM_EVENTS,
            "coach": TEXT,
            "jitterBufferSize": ("large", "medium", "small", "off"),
        }
    ),
    "break": Verb({"strength": STRENGTHS, "time": TEXT}),
    "emphasis": Verb({"level": ("strong", "moderate", "reduced")}, SSML_WORDS),
    "lang": Verb({"xml:lang": TEXT}, SSML),
    "p": Verb({}, SSML_WORDS | {"s"}),
    "phoneme": Verb({"alphabet": ("ipa", "x-sampa"), "ph": TEXT}),
    "prosody": Verb({"volume": TEXT, "rate": TEXT, "pitch": TEXT}, SSML),
    "s": Verb({}, SSML_WORDS),
    "say-as": Verb({"interpret-as": INTERPRETATIONS, "format": TEXT}),
    "sub": Verb({"alias": TEXT}),
    "w": Verb({"role": TEXT}, frozenset({"break", "emphasis", "phoneme", "prosody", "say-as", "sub"})),
}

MESSAGING: dict[str, Verb] = {
    "Response": Verb(inside=frozenset({"Message", "Redirect"})),
    "Message": Verb(
        {"to": TEXT, "from": TEXT, "action": URL, "method": METHODS, "statusCallback": URL},
        frozenset({"Body", "Media"}),
    ),
    "Body": Verb(),
    "Media": Verb(),
    "Redirect": Verb({"method": METHODS}),
}

# A verb whose voice does not speak its language is not spoken at all.
POLLY: dict[str, str] = {
    **dict.fromkeys(
        [
            "Danielle",
            "Gregory",
            "Ivy",
            "Joanna",
            "Joey",
            "Justin",
            "Kendra",
            "Kevin",
            "Kimberly",
            "Matthew",
            "Ruth",
            "Salli",
            "Stephen",
        ],
        "en-US",
    ),
    **dict.fromkeys(["Lupe", "Pedro", "Penelope", "Miguel"], "es-US"),
    **dict.fromkeys(["Mia", "Andres"], "es-MX"),
    **dict.fromkeys(["Lucia", "Sergio", "Conchita", "Enrique"], "es-ES"),
}
SAY_LANGUAGES = ("en-US", "en-GB", "en-AU", "en-CA", "en-IN", "es-US", "es-MX", "es-ES")
