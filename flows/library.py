"""The reviewed content of one version, as one value: words, topics and the lexicon of danger signs."""

from dataclasses import dataclass

from flows.catalog import Catalog
from flows.clocks import STANDARD, Clocks
from flows.knowledge.topics import Topics
from flows.screen.lexicon import Lexicon
from flows.triage.limits import SHIPPED, Limits


@dataclass(frozen=True, slots=True)
class Library:
    """All that a conversation may say or look up. Built once at start; never changed."""

    catalog: Catalog
    topics: Topics
    lexicon: Lexicon
    limits: Limits = SHIPPED
    clocks: Clocks = STANDARD

    @property
    def version(self) -> str:
        """The version of the words, stored with every turn."""
        return self.catalog.version
