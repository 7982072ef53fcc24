"""TwiML: rendered from lines, never from strings; refuses nonsense rather than sending it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.speech import Line
from flows.words import Language

# Neural voices; the language attribute and the voice must agree, or Twilio fails the verb.
VOICES = {Language.en: ("Polly.Joanna-Neural", "en-US"), Language.es: ("Polly.Lupe-Neural", "es-US")}
STAFF = "page."
DIGITS = re.compile(r"\b(\d{3,})\b")
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response />'
XML_UNSAFE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a caller may press or say: `action` gets it, or gets nothing after `timeout` seconds of silence."""

    action: str
    digits: int = 1
    speech: bool = False
    timeout: int = 8
    language: Language = Language.en
    hints: Sequence[str] = ()
    finish: str = ""


def messages(texts: Iterable[tuple[str, str | None]]) -> str:
    """A reply to a text: each message with the URL that hears what became of it."""
    response = Element("Response")
    for text, action in texts:
        message = SubElement(response, "Message", {"action": action, "method": "POST"} if action else {})
        message.text = safe(text)
    return document(response)


def spoken(
    lines: Sequence[Line], keys: Keys | None = None, *, then: str | None = None, hang_up: bool = True, repeat: int = 1
) -> str:
    """Say the lines; wait for keys if there are any; then go on to `then`, or hang up."""
    response = Element("Response")
    inside = _gather(response, keys) if keys else response
    for turn in range(repeat):
        if turn:
            SubElement(inside, "Pause", {"length": "1"})
        for line in lines:
            say(inside, line)
    if keys:
        return document(response)
    if then:
        SubElement(response, "Redirect", {"method": "POST"}).text = then
    elif hang_up:
        SubElement(response, "Hangup")
    return document(response)


def dial(lines: Sequence[Line], number: str, caller_id: str, whisper: str, action: str, timeout: int = 20) -> str:
    """Join with a number: the other side hears `whisper` first, and is bridged only by a key."""
    response = Element("Response")
    for line in lines:
        say(response, line)
    attributes = {"callerId": caller_id, "action": action, "method": "POST", "timeout": str(timeout)}
    joined = SubElement(response, "Dial", attributes)
    SubElement(joined, "Number", {"url": whisper, "method": "POST"}).text = number
    return document(response)


@dataclass(frozen=True, slots=True)
class Room:
    """How a call comes into a conference. `starts`: the talk begins with it; else it waits for one that starts it.

    `wait` is heard while alone, `events` hears who comes and goes, `after` is the document that follows.
    """

    name: str
    label: str
    starts: bool
    wait: str
    events: str
    after: str


def conference(lines: Sequence[Line], room: Room) -> str:
    """Say the lines, then come into the room; whoever leaves it ends it, so that nobody is left in silence."""
    response = Element("Response")
    for line in lines:
        say(response, line)
    joined = SubElement(response, "Dial", {"action": room.after, "method": "POST"})
    attributes = {
        "beep": "false",
        "startConferenceOnEnter": "true" if room.starts else "false",
        "endConferenceOnExit": "true",
        "waitUrl": room.wait,
        "waitMethod": "POST",
        "participantLabel": room.label,
        "statusCallback": room.events,
        "statusCallbackMethod": "POST",
        "statusCallbackEvent": "start end join leave",
    }
    SubElement(joined, "Conference", attributes).text = room.name
    return document(response)


def waiting(lines: Sequence[Line], pause: int, again: str) -> str:
    """What one hears who waits alone: never silence for long, and never music under speech."""
    response = Element("Response")
    for line in lines:
        say(response, line)
    SubElement(response, "Pause", {"length": str(pause)})
    SubElement(response, "Redirect", {"method": "POST"}).text = again
    return document(response)


def _gather(response: Element, keys: Keys) -> Element:
    attributes = {
        "input": "dtmf speech" if keys.speech else "dtmf",
        "action": keys.action,
        "method": "POST",
        "timeout": str(keys.timeout),
        "actionOnEmptyResult": "true",
    }
    if keys.digits:
        attributes["numDigits"] = str(keys.digits)
    if keys.finish:
        attributes["finishOnKey"] = keys.finish
    if keys.speech:
        attributes |= {"language": VOICES[keys.language][1], "speechTimeout": "auto"}
        if keys.hints:
            attributes["hints"] = ", ".join(hint[:100] for hint in keys.hints[:500])
    return SubElement(response, "Gather", attributes)


def say(parent: Element, line: Line) -> None:
    """Say one line; numbers of three digits and more are said digit by digit (911, a case code)."""
    voice, language = VOICES[line.language]
    element = SubElement(parent, "Say", {"voice": voice, "language": language})
    if not line.key.startswith(STAFF):
        # Patients may be old, hoarse or hard of hearing; specialists want it short.
        element = SubElement(element, "prosody", {"rate": "90%"})
    parts = DIGITS.split(safe(line.text))
    element.text = parts[0]
    for digits, after in zip(parts[1::2], parts[2::2], strict=True):
        number = SubElement(element, "say-as", {"interpret-as": "digits"})
        number.text, number.tail = digits, after


def safe(text: str) -> str:
    """Without what XML cannot carry: control characters and lone surrogates make the whole document unreadable."""
    return XML_UNSAFE.sub("", text)


def document(response: Element) -> str:
    """The document as text."""
    return '<?xml version="1.0" encoding="UTF-8"?>' + tostring(response, encoding="unicode")
