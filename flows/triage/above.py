"""The rules above the table (reference C2, C4, C7) that are not cells: what they say, and where it is done."""

from typing import NamedTuple


class Above(NamedTuple):
    """A rule above the table: its id, what it says, and its source."""

    id: str
    says: str
    source: str


ABOVE: tuple[Above, ...] = (
    Above("C2.2.pair", "any urgent sign with confusion, trouble breathing, a faint, or someone who can't be woken, "
          "said in other words, is an emergency", "C2 rule 2"),
    Above("C2.2.two", "two same-day signs, said in different words, are urgent", "C2 rule 2"),
    Above("C2.2b.repeat", "a new contact within 72 hours about the same sign: one level up, at most urgent",
          "C2 rule 2b"),
    Above("C2.3", "an unknown day is inside every window, and a day never lowers what an unknown day would give",
          "C2 rule 3"),
    Above("C2.4", "before the infusion the same signs page", "C2 rule 4"),
    Above("C2.5", "a sign that is denied, past, or only asked about doesn't page; it earns the safety line, and a live "
          "sign beside it wins", "C2 rule 5"),
    Above("C2.6", "what can't be read, and a body word without a meaning, is asked about once", "C2 rule 6"),
    Above("C2.8", "a sign that is over counts as present when a fever medicine was taken, when it was there within the "
          "day, and always for a seizure, chest pain, stroke signs and suicidal thoughts; else it is asked about",
          "C2 rules 8 and 9, C3 row 18"),
    Above("C3.35.emergency", "a bare 911 or the SOS sign is an emergency", "DESIGN 6, C3 row 35"),
    Above("C3.35.now", "NOW, URGENT and their Spanish words are urgent", "DESIGN 6"),
    Above("C7", "under 18, adult limits for pulse, pressure and breaths are off; temperature and oxygen stay", "C7"),
    Above("C7.figure", "a figure that would be an adult's emergency, in a child's case that is paged for: the level "
          "stays, and the page tells of it", "C7"),
)  # fmt: skip
