"""Phone scripts: a conversation as plain text. Only what people do is played; all that phones hear is written anew.

A line at the margin is played (`patient texts: …`, `ana presses 1`, `wait 60 s`); an indented line is what came of it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from bot.desk.handset import Behaviour
from bot.desk.phone import Phone
from bot.desk.stage import Stage

ACT = re.compile(
    r"(?P<who>[a-z_]+) (?P<verb>texts|says|presses|is)\b:? ?(?P<what>.*)"
    r"|(?P<one>[a-z_]+) (?P<does>answers|declines|hangs up|calls hidden|calls)"
)
WAIT = re.compile(r"wait (\d+) ?(s|min|h)")
SECONDS = {"s": 1, "min": 60, "h": 3600}
CODE = re.compile(r"(?<![\d-])([1-8]\d{3})(?!\d)")


class ScriptError(ValueError):
    """A line that nobody can play."""


@dataclass
class Player:
    """Plays one script. `people`: name → number. `look`: lines about the cases, shown when they change."""

    stage: Stage
    people: Mapping[str, str]
    look: Callable[[], list[str]]
    codes: dict[str, str] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    rang: set[str] = field(default_factory=set)
    talks: dict[str, list[str]] = field(default_factory=dict)
    cases: list[str] = field(default_factory=list)

    def play(self, script: str) -> str:
        """The whole script as it really goes; equal to the script if nothing has changed."""
        out = []
        for line in script.splitlines():
            if line.startswith((" ", "\t")):
                continue
            out.append(line)
            if line.strip() and not line.startswith("#"):
                self.act(line)
                out += [f"    {one}" for one in self.news()]
        return "\n".join(out) + "\n"

    def act(self, line: str) -> None:
        """Play one line, and let everything happen that follows at once."""
        waits = WAIT.fullmatch(line)
        if waits:
            self.stage.wait(int(waits[1]) * SECONDS[waits[2]])
            return
        if line == "crash":
            self.stage.crash()
        else:
            self._person(line)
        self.stage.settle()
        # The carrier takes a few seconds to deliver; nothing of ours is due in them.
        self.stage.wait(3)

    def _person(self, line: str) -> None:
        found = ACT.fullmatch(line)
        name = (found["who"] or found["one"]) if found else ""
        if found is None or name not in self.people:
            raise ScriptError(f"nobody can play: {line}")
        phone = self.stage.phone(self.people[name])
        what = re.sub(r"\{(\d+)\}", lambda match: self._code(match[1]), found["what"] or "")
        self._does(phone, found["verb"] or found["does"], what)

    @staticmethod
    def _does(phone: Phone, verb: str, what: str) -> None:
        simple: dict[str, Callable[[], None]] = {
            "answers": phone.answers,
            "declines": phone.declines,
            "hangs up": phone.hangs_up,
            "calls": phone.calls,
            "calls hidden": lambda: phone.calls(caller="anonymous"),
        }
        spoken: dict[str, Callable[[str], None]] = {
            "texts": phone.texts,
            "says": phone.speaks,
            "presses": phone.presses,
        }
        if verb == "is":
            phone.behaviour = cast(Behaviour, what)
        elif verb in simple:
            simple[verb]()
        else:
            spoken[verb](what)

    def news(self) -> list[str]:
        """What every phone got since the last time, and what the cases are now, if that changed."""
        lines = [line for name, number in self.people.items() for line in self._phone_news(name, number)]
        now = [self._plain(line) for line in self.look()]
        if now != self.cases:
            lines += [f"! {line}" for line in now if line not in self.cases]
            self.cases = now
        return lines

    def _phone_news(self, name: str, number: str) -> list[str]:
        phone = self.stage.phone(number)
        lines = []
        while (text := phone.takes_text()) is not None:
            lines.append(f"{name} gets: {self._plain(text.body)}")
        if phone.ringing != (name in self.rang):
            lines.append(f"{name} rings" if phone.ringing else f"{name} stops ringing")
            self.rang ^= {name}
        while phone.takes_call() is not None:
            pass
        lines += self._talk_news(name, phone)
        spoken = phone.heard[self.heard.get(name, 0) :]
        self.heard[name] = len(phone.heard)
        return lines + [f"{name} hears: {self._plain(one.text)}" for one in spoken]

    def _talk_news(self, name: str, phone: Phone) -> list[str]:
        """Who is joined with whom, each pair told once."""
        now = [other for other, number in self.people.items() if number in phone.joined_with]
        before = self.talks.get(name, [])
        self.talks[name] = now
        begun = [f"{name} and {other} are joined" for other in now if other not in before and name < other]
        return begun + [f"{name} and {other} are parted" for other in before if other not in now and name < other]

    def _plain(self, text: str) -> str:
        """Case codes differ from run to run: the first is {1}, the second {2}. One text stays one line."""
        text = re.sub(r"https?://\S+?/console/", "…/", text.replace("\n", " / "))
        return CODE.sub(lambda match: self._name(match[1]), text)

    def _name(self, code: str) -> str:
        known = {line.split()[1] for line in self.look()}
        if code not in known:
            return code
        return "{" + self.codes.setdefault(code, str(len(self.codes) + 1)) + "}"

    def _code(self, name: str) -> str:
        return next((code for code, known in self.codes.items() if known == name), "0000")
