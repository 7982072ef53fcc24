"""What a change of words or limits would have done: stored texts, screened with the old and the new content."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows.clocks import slowed_down
from flows.library import Library
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.triage.limits import loosened
from flows.triage.signed import shown
from storage.tables import MessageRow

SHOWN = 20
UPWARDS = ("none", "ask", "same_day", "urgent", "emergency")


@dataclass(frozen=True, slots=True)
class Change:
    """One stored text that would be judged otherwise. `words` are a patient's: shown only where they were asked for."""

    message: int
    before: str
    after: str
    words: str


def judged(text: str, library: Library) -> str:
    """The level of a text by itself, day unknown; `ask` where only a question would follow."""
    reading = read(text, library.lexicon)
    found = triage(reading.evidence, Circumstances(), reading, library.limits)
    if found.level is not None:
        return found.level.name.lower()
    return "ask" if found.ask else "none"


def changes(db: Session, old: Library, new: Library) -> Iterator[Change]:
    """Every stored inbound text whose judgement would change, oldest first."""
    query = select(MessageRow).where(MessageRow.direction == "in").order_by(col(MessageRow.id))
    for row in db.exec(query):
        before, after = judged(row.body or "", old), judged(row.body or "", new)
        if before != after:
            yield Change(row.id or 0, before, after, row.body or "")


def looser_lines(clinical: str) -> Iterator[str]:
    """What a clinical file lets pass that was not shipped so, and whether a second person has signed it."""
    document = tomllib.loads(clinical)
    yield from shown([*loosened(document), *slowed_down(document)])


def diff_lines(db: Session, old: Library, new: Library, *, words: bool) -> Iterator[str]:
    """A report: how many texts change from what to what, then the first of them."""
    found = list(changes(db, old, new))
    total = len(db.exec(select(MessageRow.id).where(MessageRow.direction == "in")).all())
    yield f"{len(found)} of {total} stored texts would be judged otherwise"
    for (before, after), count in Counter((one.before, one.after) for one in found).most_common():
        yield f"{before} -> {after}: {count}" + (" LOWER" if UPWARDS.index(after) < UPWARDS.index(before) else "")
    for one in found[:SHOWN]:
        yield f"text {one.message}: {one.before} -> {one.after}" + (f": {one.words}" if words else "")
