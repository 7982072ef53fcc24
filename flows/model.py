"""The nouns of a conversation: what comes in, where it stands, what goes out. Time and ids are arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from flows.case import CaseState
from flows.screen.evidence import Evidence
from flows.states import State
from flows.triage import Circumstances
from flows.words import Channel, Language, Level


class Kind(StrEnum):
    """What happened: somebody wrote, pressed or spoke; nobody did for as long as we waited; a call came in or ended."""

    text = "text"
    silence = "silence"
    call = "call"
    hung_up = "hung_up"


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that a person did. `sid` names it for ever; `sender` is E.164, or an id of this call alone.

    `media`: how many photos or voice notes came with it. `pressed`: keys rather than words. `heard`: on this call
    something was heard before.
    """

    sid: str
    sender: str
    channel: Channel
    text: str = ""
    media: int = 0
    kind: Kind = Kind.text
    pressed: bool = False
    heard: bool = False


@dataclass(frozen=True, slots=True)
class OpenCase:
    """What a conversation may know of its patient's open case."""

    code: str
    level: Level
    state: CaseState
    signs: tuple[str, ...] = ()
    decided: bool = True


@dataclass(eq=False)
class Conversation:
    """Where one contact stands. Moved only by `step`, and only on a copy.

    `answers`: what was asked and said, by question. `evidence`: present evidence of the last days, for rules that
    need two signs. `abroad`: the number is of another country than the centre. `lately`: texts from it in the last ten
    minutes. `reported`: sign → when it was last reported, ISO. `misread`: times in a row that we did not understand.
    `circumstances`: what is known of the patient.
    """

    state: State = State.start
    channel: Channel = Channel.sms
    language: Language | None = None
    opted_out: bool = False
    greeted: bool = False
    case: OpenCase | None = None
    answers: dict[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    circumstances: Circumstances = field(default_factory=Circumstances)
    misread: int = 0
    abroad: bool = False
    lately: int = 0
    reported: dict[str, str] = field(default_factory=dict)
    last_at: datetime | None = None

    def copied(self) -> "Conversation":
        """A copy that may be moved while this one stays."""
        return replace(self, answers=dict(self.answers), reported=dict(self.reported))


@dataclass(frozen=True, slots=True)
class Say:
    """One message of the content to say. `language` None = the conversation's, or every language where it has none."""

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Escalate:
    """A danger was found: open the patient's case, or add to it and raise it. Never lowers.

    `words`: the words that gave it, as typed. `decided`: False while a soft sign waits for its deciding answer.
    """

    level: Level
    signs: tuple[str, ...]
    rules: tuple[str, ...]
    words: tuple[str, ...] = ()
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Settle:
    """The deciding answer to a soft sign was mild: its task stays, the page does not go."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something for whoever takes the case: `kind` of note, and its words."""

    kind: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one of our questions, kept with the case and the patient. `value` None = asked, not answered."""

    question: str
    value: str | None


@dataclass(frozen=True, slots=True)
class CallPatient:
    """The helpline phones the patient with that message; nothing is said before a key."""

    key: str


@dataclass(frozen=True, slots=True)
class CallBack:
    """The helpline calls this phone back; after a key, that message, and the conversation goes on."""

    key: str


@dataclass(frozen=True, slots=True)
class TellOwner:
    """Whoever took the case hears that the patient has written again.

    `waits`: they wait to be called, so an owner who gets no texts is called.
    """

    waits: bool = False


@dataclass(frozen=True, slots=True)
class OptOut:
    """No more texts to this phone; `stop` False = texts again."""

    stop: bool = True


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question without an approved answer, kept for content work."""

    words: str


Effect = Escalate | Settle | Note | Answer | CallPatient | CallBack | TellOwner | OptOut | Unanswered


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one Inbound: the conversation as it is now, what to say, what must happen, when silence counts."""

    conversation: Conversation
    say: tuple[Say, ...] = ()
    effects: tuple[Effect, ...] = ()
    silent_at: datetime | None = None
