"""The run of TwiML on a call: fetch a document, do its verbs one after the other, wait where one waits."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from bot.desk.exchange import TWIML_TYPES, Exchange
from bot.desk.time.agenda import Entry
from bot.desk.twiml.document import TwimlError, read_voice
from bot.desk.voice.call import Call
from bot.desk.voice.line import call_form, connect, hang_up, hear
from bot.desk.wire.hook import Answer, Hook

APPLICATION_ERROR = "We're sorry, an application error has occurred. Goodbye."
# These, as the first verb, leave an incoming call unanswered.
UNANSWERED = ("Reject", "Pause")
# A document that only redirects would turn for ever.
MAX_HOPS = 200

Run = Callable[["Script", ET.Element], None]


class Gathering(Protocol):
    """What a <Gather> is to the script: something that takes keys and words until it is done."""

    def key(self, digits: str) -> None:
        """A key was pressed."""

    def speech(self, words: str) -> None:
        """Something was said."""


class Script:
    """Runs documents on one call. `verbs` says which verbs run here, `over` what follows the last one."""

    def __init__(self, exchange: Exchange, call: Call, verbs: Mapping[str, Run], over: Callable[[], None]) -> None:
        """It takes the call's keys and words from now on."""
        self.exchange, self.call, self.verbs, self.over = exchange, call, verbs, over
        self.queue: list[ET.Element] = []
        self.url = ""
        self.hops = 0
        self.pending: Entry | None = None
        self.gathering: Gathering | None = None
        self.on_star: Callable[[], None] | None = None
        self.stopped = False
        call.script = self

    def fetch(self, url: str, method: str = "POST", extra: Mapping[str, str] | None = None) -> None:
        """Ask the product for the next document; `url` may be relative to this one."""
        address = urljoin(self.url, url)
        if not urlsplit(address).scheme:
            self.fail(11100, f"a call without a URL of its own needs an absolute one, not {url}")
            return
        self.hops += 1
        if self.hops > MAX_HOPS:
            self.fail(11215, "too many documents on one call")
            return
        form = call_form(self.exchange, self.call) | dict(extra or {})
        hook = Hook(address, form, "voice", voice=True, method=method or "POST", fallback=self.call.fallback)
        self.exchange.ask(hook, self._answered)

    def _answered(self, answer: Answer) -> None:
        if self.stopped:
            return
        if not answer.good:
            self._application_error()
        elif answer.content_type == "text/plain":
            self._connect()
            hear(self.exchange, self.call, answer.text, "en-US")
            self.over()
        elif answer.content_type not in TWIML_TYPES:
            self.fail(12300, f"answered with {answer.content_type or 'no content type'}", answer.url)
        else:
            self.run(answer.text, answer.url)

    def run(self, body: str, url: str) -> None:
        """Begin a document."""
        self.url = url
        try:
            self.queue = read_voice(body)
        except TwimlError as fault:
            self.fail(fault.code, fault.words, url)
            return
        if not self.queue or self.queue[0].tag not in UNANSWERED:
            self._connect()
        self.step()

    def _connect(self) -> None:
        if self.call.inbound and self.call.answered_at is None:
            connect(self.exchange, self.call)

    def step(self) -> None:
        """Do the next verb; after the last one, what was agreed."""
        self.gathering, self.pending = None, None
        if self.stopped:
            return
        if not self.queue:
            self.over()
            return
        verb = self.queue.pop(0)
        if verb.tag not in UNANSWERED:
            self._connect()
        run = self.verbs.get(verb.tag)
        if run is None:
            self.fail(13000, f"<{verb.tag}> can't run here", self.url)
            return
        run(self, verb)

    def wait(self, seconds: float, then: Callable[[], None]) -> None:
        """Go on later, unless a key or the end of the call comes first."""
        self.pending = self.exchange.later(seconds, then)

    def interrupt(self) -> None:
        """Stop what is being said or waited for."""
        if self.pending is not None:
            self.pending.cancel()
            self.pending = None

    def fail(self, code: int, words: str, url: str = "") -> None:
        """The product sent what Twilio can't run: the caller hears so, and the call ends."""
        self.exchange.problem(code, words, url or self.url)
        self._application_error()

    def _application_error(self) -> None:
        self._connect()
        hear(self.exchange, self.call, APPLICATION_ERROR, "en-US")
        hang_up(self.exchange, self.call)

    def key(self, digits: str) -> None:
        """A key was pressed: the listening <Gather> takes it, a * may leave a <Dial>."""
        for digit in digits:
            if self.gathering is not None:
                self.gathering.key(digit)
            elif digit == "*" and self.on_star is not None:
                self.on_star()

    def speech(self, words: str) -> None:
        """Something was said: the listening <Gather> takes it."""
        if self.gathering is not None:
            self.gathering.speech(words)

    def stop(self) -> None:
        """Do nothing more, also not with a document that is still on its way."""
        self.stopped = True
        self.interrupt()
