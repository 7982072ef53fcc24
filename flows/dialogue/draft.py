"""The draft of a turn: what one step has read, and what it has decided to say and do so far."""

from dataclasses import dataclass, field
from datetime import datetime

from transitions import EventData

from flows.library import Library
from flows.model import Conversation, Effect, Inbound, Note, Say
from flows.screen.evidence import Reading
from flows.triage import Disposition


@dataclass(eq=False)
class Draft:
    """Written by the rows of the table while the conversation moves. `choice`: what the text chose of what we asked.

    `corrected`: the age group that it corrects, `adult` or `child`.
    """

    conversation: Conversation
    inbound: Inbound
    reading: Reading
    disposition: Disposition
    library: Library
    now: datetime
    choice: str = ""
    corrected: str | None = None
    says: list[Say] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def say(self, key: str, **values: str) -> None:
        """Say that message after what is already said."""
        self.says.append(Say(key, values))

    def do(self, effect: Effect) -> None:
        """Have that happen in the same transaction as the reply."""
        self.effects.append(effect)

    def note(self, kind: str) -> None:
        """Keep what the person wrote for whoever takes the case."""
        self.do(Note(kind, self.inbound.text))


def draft_of(event: EventData) -> Draft:
    """The draft that a row of the table writes to."""
    draft = event.kwargs["draft"]
    assert isinstance(draft, Draft)
    return draft
