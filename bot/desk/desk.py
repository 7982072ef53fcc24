"""The desk as main.py and the tests hold it: phones, time, faults, problems, and the app that is Twilio."""

from datetime import datetime

from fastapi import FastAPI

from bot.desk.config import DeskConfig, Kind
from bot.desk.exchange import Exchange
from bot.desk.faults import Early, Fault, RestFault, Undelivered
from bot.desk.phone import Phone
from bot.desk.texts.text import Text
from bot.desk.time.pump import Runner
from bot.desk.voice.call import Call
from bot.desk.wire.problem import Problem


class Desk:
    """A Twilio with phones. `app` answers its REST API and shows the page."""

    def __init__(self, exchange: Exchange, runner: Runner, app: FastAPI) -> None:
        """Made by `create_desk`."""
        self.exchange = exchange
        self.runner = runner
        self.app = app
        self._phones: dict[str, Phone] = {}

    @property
    def config(self) -> DeskConfig:
        """What it was told at the start."""
        return self.exchange.config

    @property
    def problems(self) -> list[Problem]:
        """All that the product did wrong, as Twilio's console would show it."""
        return self.exchange.problems

    def phone(self, number: str, kind: Kind = "patient") -> Phone:
        """The phone with this number; a new one where there was none."""
        with self.exchange.lock:
            if number not in self._phones:
                self._phones[number] = Phone(self.runner, self.exchange.handset(number, kind))
            return self._phones[number]

    def phones(self) -> list[Phone]:
        """Every phone on the desk."""
        with self.exchange.lock:
            return [self.phone(number) for number in self.exchange.handsets]

    def add_fault(self, fault: Fault | RestFault | Undelivered | Early) -> None:
        """Let something go wrong."""
        with self.exchange.lock:
            self.exchange.faults.append(fault)

    def unexpected(self) -> list[Text | Call]:
        """Texts and calls to phones that nobody has looked at."""
        found: list[Text | Call] = []
        for phone in self.phones():
            found += [text for text in phone.inbox if not text.seen]
            found += [call for call in phone.handset.history if not call.seen]
        return found

    def next_due(self) -> datetime | None:
        """When something happens next."""
        return self.runner.next_due()

    def run_due(self) -> int:
        """Do all that is due by the clock; how many things that were."""
        return self.runner.run_due()

    def start(self) -> None:
        """Run in real time, in a thread."""
        self.runner.start()

    def let_go(self) -> None:
        """End the streams of the open pages: a server that waits for its connections can stop."""
        self.exchange.closing = True

    def stop(self) -> None:
        """Stop the thread and let go of the pages and the record."""
        self.let_go()
        self.runner.stop()
        self.exchange.record.close()
