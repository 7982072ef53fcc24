"""A message: one thing that the helpline says, in every language and channel, with where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from flows.words import Channel, Language


class Kind(StrEnum):
    """How strictly a message is measured."""

    emergency = "emergency"
    normal = "normal"
    topic = "topic"
    page = "page"


@dataclass(frozen=True, slots=True)
class Message:
    """The reviewed wordings of one key, and what the gate needs to judge them.

    `menu`: the menu whose keys the wordings offer. `first`: the first thing that a caller hears.
    """

    key: str
    file: str
    texts: Mapping[tuple[Language, Channel], str]
    kind: Kind = Kind.normal
    source: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = tuple(Channel)
    menu: str | None = None
    first: bool = False

    def wordings(self) -> Iterator[tuple[Language, Channel, str]]:
        """Each wording with its language and channel."""
        for (language, channel), text in self.texts.items():
            yield language, channel, text


def placeholders(text: str) -> frozenset[str]:
    """The names in braces; raises ValueError where braces hold anything but a plain name."""
    names = set()
    for _, name, spec, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"{{{name}}} is not a plain placeholder")
        names.add(name)
    return frozenset(names)
