"""Reads a TwiML document and refuses it where Twilio would: not well-formed, unknown, misplaced, too long."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from bot.desk.twiml.grammar import FLAG, MESSAGING, POLLY, SAY_LANGUAGES, URL, VOICE, WHOLE, Rule, Verb

MAX_DOCUMENT = 64 * 1024
MAX_SAY = 4096
MAX_MESSAGE = 1600
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class TwimlError(Exception):
    """A document that Twilio refuses, with Twilio's code for it."""

    def __init__(self, code: int, words: str) -> None:
        """`code` is Twilio's."""
        super().__init__(words)
        self.code, self.words = code, words


def read_voice(body: str) -> list[ET.Element]:
    """The verbs of a voice document, in order."""
    return _read(body, VOICE)


def read_messaging(body: str) -> list[ET.Element]:
    """The verbs of a messaging document, in order."""
    return _read(body, MESSAGING)


def _read(body: str, grammar: Mapping[str, Verb]) -> list[ET.Element]:
    if len(body.encode()) > MAX_DOCUMENT:
        raise TwimlError(11750, "the document is over 64 KiB")
    try:
        root = ET.fromstring(body.encode())
    except (ET.ParseError, ValueError) as fault:
        raise TwimlError(12100, f"not well-formed: {fault}") from fault
    if root.tag != "Response":
        raise TwimlError(12200, f"the root is <{root.tag}>, not <Response>")
    _check(root, grammar)
    return list(root)


def _check(element: ET.Element, grammar: Mapping[str, Verb]) -> None:
    verb = grammar[element.tag]
    for name, value in element.attrib.items():
        _check_attribute(element.tag, name.replace(XML_LANG, "xml:lang"), value, verb.attributes)
    for child in element:
        if child.tag not in verb.inside:
            raise TwimlError(12200, f"<{child.tag}> is not allowed inside <{element.tag}>")
        _check(child, grammar)
    check = CHECKS.get(element.tag)
    if check is not None:
        check(element)


def _check_attribute(tag: str, name: str, value: str, known: Mapping[str, Rule]) -> None:
    if name not in known:
        raise TwimlError(12200, f"<{tag}> knows no attribute {name}")
    if not _fits(value, known[name]):
        raise TwimlError(12200, f'<{tag} {name}="{value}"> is not a value that it takes')


def _fits(value: str, rule: Rule) -> bool:
    if isinstance(rule, tuple):
        return value in rule
    if isinstance(rule, frozenset):
        return bool(value.split()) and set(value.split()) <= rule
    if rule == WHOLE:
        return re.fullmatch(r"\d+", value) is not None
    if rule == FLAG:
        return value in ("true", "false")
    return rule != URL or " " not in value


def _check_say(element: ET.Element) -> None:
    if len("".join(element.itertext())) > MAX_SAY:
        raise TwimlError(13510, "<Say> holds more than 4096 characters")
    language, voice = element.get("language"), element.get("voice", "")
    if language is not None and language not in SAY_LANGUAGES:
        raise TwimlError(13512, f"<Say> does not speak {language}")
    spoken = _voice_language(voice)
    if spoken is None:
        raise TwimlError(13511, f"<Say> has no voice {voice}")
    if spoken and language and spoken != language:
        raise TwimlError(13520, f"<Say>: the voice {voice} does not speak {language}")


def _voice_language(voice: str) -> str | None:
    """The language of a voice; empty when it speaks any, None when there is no such voice."""
    if voice in ("", "man", "woman", "alice"):
        return ""
    google = re.fullmatch(r"Google\.([a-z]{2}-[A-Z]{2})-(Standard|Wavenet|Neural2|Chirp3-HD)-\w+", voice)
    if google:
        return google[1]
    polly = re.fullmatch(r"Polly\.([A-Z][a-z]+)(-Neural|-Generative)?", voice)
    return POLLY.get(polly[1]) if polly else None


def _check_gather(element: ET.Element) -> None:
    hints = element.get("hints", "").split(",")
    if len(hints) > 500 or any(len(hint) > 100 for hint in hints):
        raise TwimlError(13335, "<Gather hints> holds more than Twilio takes")
    if element.get("speechModel") and element.get("speechTimeout") == "auto":
        raise TwimlError(13340, "<Gather>: a speechModel needs a whole speechTimeout, not auto")


def _check_dial(element: ET.Element) -> None:
    targets = [child.tag for child in element]
    if not targets and not (element.text or "").strip():
        raise TwimlError(13201, "<Dial> has nobody to dial")
    if "Conference" in targets and len(targets) > 1:
        raise TwimlError(13223, "<Dial> takes one <Conference> alone")


def _check_message(element: ET.Element) -> None:
    if len(message_body(element)) > MAX_MESSAGE:
        raise TwimlError(21617, "<Message> holds more than 1600 characters")
    if not message_body(element).strip() and element.find("Media") is None:
        raise TwimlError(14103, "<Message> is empty")


def message_body(element: ET.Element) -> str:
    """The words of a <Message>: its <Body>, else its own text."""
    parts = [child.text or "" for child in element if child.tag == "Body"]
    return "".join(parts) if parts else (element.text or "").strip()


CHECKS = {"Say": _check_say, "Gather": _check_gather, "Dial": _check_dial, "Message": _check_message}
