"""<Dial><Number>: call another phone and join the two, after a whisper to the one who picks up."""

import xml.etree.ElementTree as ET
from functools import partial
from urllib.parse import urljoin

from bot.desk.voice.call import Call
from bot.desk.voice.line import callback_of, end, hang_up, leave, place_now
from bot.desk.voice.script import Script
from bot.desk.voice.speech import SPEECH

DIAL_TIMEOUT = 30.0
TIME_LIMIT = 14400.0


class Dialing:
    """One <Dial> that rings numbers: the first to pick up, even a mailbox, cancels the others."""

    def __init__(self, script: Script, element: ET.Element) -> None:
        """Nothing rings until `start`."""
        self.script, self.element = script, element
        self.exchange, self.parent = script.exchange, script.call
        self.legs: list[Call] = []
        self.winner: Call | None = None
        self.bridged = False
        self.done = False

    def start(self) -> None:
        """Ring everyone at once."""
        self.parent.on_leave = self._abandon
        if self.element.get("hangupOnStar") == "true":
            self.script.on_star = self._hang_up_winner
        for target in list(self.element) or [self.element]:
            self._ring(target)

    def _ring(self, target: ET.Element) -> None:
        number = (target.text or "").strip()
        caller = self.element.get("callerId") or (self.parent.from_ if self.parent.inbound else self.parent.to)
        leg = Call(
            sid=self.exchange.sids.draw("CA"),
            from_=caller,
            to=number,
            direction="outbound-dial",
            number=number,
            created=self.exchange.now(),
            parent=self.parent.sid,
            timeout=float(self.element.get("timeout", DIAL_TIMEOUT)),
        )
        url = target.get("statusCallback", "")
        events, method = target.get("statusCallbackEvent", ""), target.get("statusCallbackMethod", "POST")
        leg.callback = callback_of(urljoin(self.script.url, url) if url else "", events, method)
        leg.on_answer = partial(self._picked_up, leg, target)
        leg.on_end.append(partial(self._ended, leg))
        self.legs.append(leg)
        place_now(self.exchange, leg)

    def _picked_up(self, leg: Call, target: ET.Element) -> None:
        self.winner = leg
        for other in self.legs:
            if other is not leg:
                end(self.exchange, other, "canceled")
        whisper = target.get("url")
        if whisper is None:
            self._bridge(leg)
            return
        script = Script(self.exchange, leg, SPEECH, partial(self._bridge, leg))
        script.url = self.script.url
        script.fetch(whisper, target.get("method", "POST"))

    def _bridge(self, leg: Call) -> None:
        if leg.script is not None:
            leg.script.stop()
            leg.script = None
        self.bridged = True
        self.parent.partner, leg.partner = leg, self.parent
        leg.on_leave = self._finish
        limit = float(self.element.get("timeLimit", TIME_LIMIT))
        leg.pending.append(self.exchange.later(limit, partial(hang_up, self.exchange, leg)))
        self.exchange.changed()

    def _ended(self, leg: Call) -> None:
        if leg is self.winner or (self.winner is None and all(other.over for other in self.legs)):
            self._finish()

    def _finish(self) -> None:
        """The other end is gone: the caller's document goes on."""
        if self.done:
            return
        self._part()
        self.parent.on_leave = None
        leg = self.winner or self.legs[-1]
        finish_dial(self.script, self.element, self._result(leg))

    def _result(self, leg: Call) -> dict[str, str]:
        # A leg that left for another document is still going on: to this <Dial> it is over.
        status = leg.status if leg.over else "completed"
        result = {"DialCallSid": leg.sid, "DialCallStatus": status}
        if self.winner is not None:
            result["DialCallDuration"] = str(leg.seconds())
        return result | {"DialBridged": "true" if self.bridged else "false"}

    def _part(self) -> None:
        self.done = True
        self.script.on_star = None
        for call in (self.parent, *self.legs):
            call.partner = None

    def _abandon(self) -> None:
        """The caller has gone: so has the call for the others."""
        self._part()
        for leg in self.legs:
            leg.on_leave = None
            hang_up(self.exchange, leg)

    def _hang_up_winner(self) -> None:
        if self.winner is not None:
            leave(self.winner)
            hang_up(self.exchange, self.winner)


def finish_dial(script: Script, element: ET.Element, result: dict[str, str]) -> None:
    """With an action the call goes on there, else with the verb after <Dial>."""
    if script.stopped or script.call.over:
        return
    action = element.get("action")
    if action is None:
        script.step()
        return
    script.queue = []
    script.fetch(action, element.get("method", "POST"), result)
