"""The content in force: the shipped files, over them the centre's edition on this server, taken anew while it runs."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.center import Center, CenterError
from bot.server import undisturbed
from flows.catalog import CatalogError
from flows.catalog import parse as parse_catalog
from flows.clocks import parse_clocks
from flows.knowledge.topics import parse as parse_topics
from flows.library import Library
from flows.screen.lexicon import parse as parse_lexicon
from flows.triage.limits import parse_limits
from storage.editions import SHIPPED, Editions

log = logging.getLogger(__name__)

# The last three: a file of another shape than this version reads, as an edition of an older one may be.
UNFIT = (CatalogError, ValueError, OSError, LookupError, TypeError, AttributeError, CenterError)
LOOK_EVERY = 2.0  # seconds
Documents = dict[str, str]


@undisturbed
def make_library(documents: Documents) -> Library:
    """The reviewed content; refuses content that is unfit, naming everything at once."""
    clinical = documents["clinical.toml"]
    limits, clocks = parse_limits(clinical), parse_clocks(clinical)
    return Library(parse_catalog(documents), parse_topics(documents), parse_lexicon(documents), limits, clocks)


def clocked(library: Library, center: Center) -> Library:
    """The library with the centre's own clocks on top of the standard ones."""
    return replace(library, clocks=replace(library.clocks, timings=center.clocks))


@dataclass
class Shelf:
    """Holds the library in force; each one is whole and checked before it counts.

    `unfit`: why the edition that should count does not; empty = it does. `make` gives a library of the shipped files
    with those of an edition in their place.
    """

    library: Library
    edition: str = SHIPPED
    unfit: str = ""
    editions: Editions | None = None
    make: Callable[[Documents], Library] | None = None
    seen: str = SHIPPED

    @classmethod
    def filled(cls, editions: Editions, make: Callable[[Documents], Library]) -> "Shelf":
        """With the edition in force; where that is unfit with the shipped content alone: patients need an answer.

        Raises CatalogError or ValueError where the shipped content is unfit.
        """
        shelf = cls(make({}), editions=editions, make=make)
        shelf.look()
        return shelf

    def look(self) -> bool:
        """Take over the edition in force if it is another one than at the last look; what is unfit changes nothing."""
        if self.editions is None or self.make is None:
            return False
        try:
            name = self.editions.in_force()
            if name == self.seen:
                self.unfit = "" if name == self.edition else self.unfit
                return False
            if name == SHIPPED and self.editions.lost():
                raise OSError("the folder of the editions is gone")
            self.seen = name
            self.library = self.make(self.editions.documents(name))
        except UNFIT as error:
            told = f"the content on this server is unfit, edition {self.edition} stays in force: {error}"
            if told != self.unfit:
                log.error("%s", told)
            self.unfit = told
            return False
        self.edition, self.unfit = name, ""
        log.warning("content: edition %s is in force", name)
        return True

    def lines(self) -> list[str]:
        """What a person should know of it; empty = the shipped content is in force, as it should be."""
        own = [f"The content is this server's edition {self.edition}"] if self.edition != SHIPPED else []
        return [*own, *([self.unfit] if self.unfit else [])]
