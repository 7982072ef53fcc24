"""The verbs that speak and listen: Say, Play, Pause, Gather, Redirect, Hangup."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from functools import partial

from bot.desk.twiml.document import XML_LANG
from bot.desk.voice.line import hang_up, hear, press
from bot.desk.voice.script import Run, Script

PLAY_SECONDS = 3.0
CONFIDENCE = "0.9"
ACCEPT_KEY_AFTER = 2.0


def spoken(element: ET.Element) -> str:
    """The words of a <Say>, with its markup taken out."""
    return re.sub(r"\s+", " ", _words(element)).strip()


def _words(element: ET.Element) -> str:
    parts = [element.get("alias") or element.text or ""]
    for child in element:
        parts += [" " if child.tag in ("break", "p", "s") else "", _words(child), child.tail or ""]
    return "".join(parts)


def seconds_of(script: Script, element: ET.Element) -> float:
    """How long it takes to say; a digit that is spelled counts as a word."""
    pace = script.exchange.config.words_per_minute
    words = re.findall(r"\d|[^\W\d]+", spoken(element))
    return len(words) * 60 / pace if pace else 0.0


def _say(script: Script, element: ET.Element, then: Callable[[], None]) -> None:
    inner = element.find(".//lang")
    language = element.get("language") or (inner.get(XML_LANG) if inner is not None else None)
    hear(script.exchange, script.call, spoken(element), language or "en-US")
    script.wait(seconds_of(script, element) * max(1, int(element.get("loop", "1"))), then)


def _play(script: Script, element: ET.Element, then: Callable[[], None]) -> None:
    hear(script.exchange, script.call, f"♪ {(element.text or '').strip()}", "")
    script.wait(PLAY_SECONDS, then)


def _pause(script: Script, element: ET.Element, then: Callable[[], None]) -> None:
    script.wait(float(element.get("length", "1")), then)


SOUNDS = {"Say": _say, "Play": _play, "Pause": _pause}


def sound(script: Script, element: ET.Element) -> None:
    """Say, Play or Pause, then the next verb."""
    SOUNDS[element.tag](script, element, script.step)


def redirect(script: Script, element: ET.Element) -> None:
    """Go on with another document."""
    script.queue = []
    script.fetch((element.text or "").strip(), element.get("method", "POST"))


def hangup(script: Script, _element: ET.Element) -> None:
    """Put the phone down."""
    hang_up(script.exchange, script.call)


class _Gather:
    """One <Gather>: its prompts, then silence, until keys or words come."""

    def __init__(self, script: Script, element: ET.Element) -> None:
        self.script, self.element = script, element
        self.input = element.get("input", "dtmf").split()
        self.finish = element.get("finishOnKey", "#")
        self.wanted = int(element.get("numDigits", "0"))
        self.timeout = float(element.get("timeout", "5"))
        self.digits = ""
        self.prompts = list(element)

    def prompt(self) -> None:
        """The next prompt, then the wait."""
        if self.prompts:
            child = self.prompts.pop(0)
            SOUNDS[child.tag](self.script, child, self.prompt)
        else:
            self.script.wait(self.timeout, self._silence)

    def key(self, digits: str) -> None:
        """Keys end the prompts; the last one ends the wait."""
        if "dtmf" not in self.input or (self.prompts and self.element.get("bargeIn") == "false"):
            return
        self.script.interrupt()
        self.prompts = []
        if digits in self.finish and self.finish:
            self._keyed(digits)
            return
        self.digits += digits
        if self.wanted and len(self.digits) >= self.wanted:
            self._keyed("")
        else:
            self.script.wait(self.timeout, self._silence)

    def speech(self, words: str) -> None:
        """Words count as soon as they are said."""
        if "speech" in self.input:
            self._done({"SpeechResult": words, "Confidence": CONFIDENCE})

    def _keyed(self, finished_on: str) -> None:
        if self.digits:
            self._done({"Digits": self.digits, "FinishedOnKey": finished_on})
        else:
            self._silence()

    def _silence(self) -> None:
        if self.digits:
            self._done({"Digits": self.digits, "FinishedOnKey": ""})
        elif self.element.get("actionOnEmptyResult") == "true":
            self._done({"Digits": ""} if "dtmf" in self.input else {"SpeechResult": ""})
        else:
            self.script.interrupt()
            self.script.step()

    def _done(self, result: dict[str, str]) -> None:
        self.script.interrupt()
        self.script.gathering = None
        self.script.queue = []
        extra = {"msg": "Gather End"} | result
        self.script.fetch(self.element.get("action", ""), self.element.get("method", "POST"), extra)


def gather(script: Script, element: ET.Element) -> None:
    """Speak the prompts and listen."""
    gathering = _Gather(script, element)
    script.gathering = gathering
    gathering.prompt()
    phone = script.exchange.handset(script.call.number)
    if phone.auto == "accept" and "dtmf" in gathering.input and not script.call.inbound:
        script.exchange.later(ACCEPT_KEY_AFTER, partial(_accept, script, gathering))


def _accept(script: Script, gathering: _Gather) -> None:
    if script.gathering is gathering and not script.stopped:
        press(script.exchange, script.call, "1")


SPEECH: dict[str, Run] = {
    "Say": sound,
    "Play": sound,
    "Pause": sound,
    "Redirect": redirect,
    "Hangup": hangup,
    "Gather": gather,
}
