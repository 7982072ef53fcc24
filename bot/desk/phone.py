"""A phone in somebody's hand: what tests and the page do with it."""

from typing import Literal

from bot.desk.handset import Behaviour, Handset, Spoken
from bot.desk.texts.text import Text
from bot.desk.texts.texting import receive as receive_text
from bot.desk.time.pump import Runner
from bot.desk.voice import line
from bot.desk.voice.call import Call
from bot.desk.voice.calling import receive as receive_call


class Phone:
    """One phone. What it does happens at once, with all that follows at once; what comes later waits its time."""

    def __init__(self, runner: Runner, handset: Handset) -> None:
        """Made by `Desk.phone`."""
        self._runner, self._exchange, self.handset = runner, runner.exchange, handset

    @property
    def number(self) -> str:
        """In E.164."""
        return self.handset.number

    @property
    def behaviour(self) -> Behaviour:
        """Who answers it: a person (by `answers()`), a voicemail, nobody; or it is busy, or switched off."""
        return self.handset.behaviour

    @behaviour.setter
    def behaviour(self, behaviour: Behaviour) -> None:
        self.handset.behaviour = behaviour

    @property
    def auto(self) -> Literal["", "accept"]:
        """`accept` = it answers after three seconds and presses 1 wherever it is asked for a key."""
        return self.handset.auto

    @auto.setter
    def auto(self, auto: Literal["", "accept"]) -> None:
        self.handset.auto = auto

    @property
    def greeting(self) -> str:
        """What its voicemail says."""
        return self.handset.greeting

    @greeting.setter
    def greeting(self, greeting: str) -> None:
        self.handset.greeting = greeting

    @property
    def blocked_texts(self) -> bool:
        """It has texted STOP: Twilio refuses to text it."""
        return self.handset.blocked

    @property
    def thread(self) -> list[Text]:
        """All its texts, both ways."""
        return self.handset.thread

    @property
    def inbox(self) -> list[Text]:
        """The texts that it got from the helpline; Twilio's own answers to STOP and HELP are in `thread` only."""
        return [text for text in self.handset.thread if not text.mine and not text.auto]

    @property
    def heard(self) -> list[Spoken]:
        """All that it has heard on its calls."""
        return self.handset.heard

    @property
    def transcript(self) -> list[Spoken]:
        """All that was heard, said and pressed on its calls."""
        return self.handset.transcript

    @property
    def ringing(self) -> bool:
        """It rings now."""
        return bool(self.handset.ringing)

    @property
    def call(self) -> Call | None:
        """The call that it is on."""
        return self.handset.call

    @property
    def joined_with(self) -> list[str]:
        """The numbers that it talks with now."""
        call = self.handset.call
        return [] if call is None else [other.number for other in line.joined(self._exchange, call)]

    def texts(self, body: str, to: str = "", media: int = 0) -> None:
        """Send a text to the helpline; its answer comes to `inbox`."""
        with self._runner.act():
            receive_text(self._exchange, self.handset, to or self._exchange.config.helpline_number, body, media)

    def calls(self, to: str = "", caller: str = "") -> None:
        """Call the helpline; `caller` = what is shown instead of its number (`anonymous`)."""
        with self._runner.act():
            if self.handset.call is not None:
                raise LookupError(f"{self.handset.label} is on a call already")
            receive_call(self._exchange, self.handset, to or self._exchange.config.helpline_number, caller)

    def answers(self) -> None:
        """Pick up the call that has rung longest."""
        with self._runner.act():
            line.answer(self._exchange, self._rings())

    def declines(self) -> None:
        """Send the ringing call away: the caller gets busy."""
        with self._runner.act():
            line.end(self._exchange, self._rings(), "busy")

    def presses(self, digits: str) -> None:
        """Press keys on the call."""
        with self._runner.act():
            line.press(self._exchange, self._on_call(), digits)

    def speaks(self, words: str) -> None:
        """Say something on the call: to the one joined with it, or to a <Gather> that listens."""
        with self._runner.act():
            line.say(self._exchange, self._on_call(), words)

    def hangs_up(self) -> None:
        """End the call that it is on."""
        with self._runner.act():
            line.hang_up(self._exchange, self._on_call())

    def takes_text(self) -> Text | None:
        """Look at the oldest text not looked at yet."""
        for text in self.inbox:
            if not text.seen:
                text.seen = True
                return text
        return None

    def takes_call(self) -> Call | None:
        """Look at the oldest call not looked at yet, whatever became of it."""
        for call in self.handset.history:
            if not call.seen:
                call.seen = True
                return call
        return None

    def _rings(self) -> Call:
        if not self.handset.ringing:
            raise LookupError(f"{self.handset.label} does not ring")
        return self.handset.ringing[0]

    def _on_call(self) -> Call:
        if self.handset.call is None:
            raise LookupError(f"{self.handset.label} is not on a call")
        return self.handset.call
