"""What a specialist can text: take a case, pass it on, say that they spoke, ask what is open. Tolerant of how."""

import re
import unicodedata
from dataclasses import dataclass

WORDS = {
    "accept": ("a", "acc", "accept", "ack", "take", "acepto", "aceptar", "tomo"),
    "pass": ("p", "pass", "paso", "pasar"),
    "done": ("d", "done", "spoke", "reached", "hecho", "hable"),
    "list": ("?", "open", "cases", "list", "casos"),
    "stop": ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"),
    "start": ("start", "unstop"),
}
COMMAND = re.compile(r"^[\W_]*(\?|[a-z]+)[\W_]*(\d{4})?[\W_]*$")
WITH_WORDS = re.compile(r"^[\W_]*([a-z]+)[\W_]*(\d{4})\b(?P<words>.+)$", re.DOTALL)
SEVERAL = re.compile(r"^[\W_]*([a-z]+)((?:[\W_]*\b\d{4}\b){2,})[\W_]*$")
ONLY_CODE = re.compile(r"^[\W_]*(\d{4})[\W_]*$")
BY_WORD = {word: name for name, words in WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class Command:
    """One command; `code` is the case's four digits, or None where it was left out; `words` what stands behind it.

    `more`: the codes of the other cases that it is meant for too.
    """

    name: str
    code: str | None = None
    words: str = ""
    more: tuple[str, ...] = ()

    def each(self) -> list["Command"]:
        """The same command for one case at a time."""
        return [Command(self.name, code, self.words) for code in (self.code, *self.more)]


def read_command(text: str) -> Command | None:
    """The command in a specialist's text, or None if it is not one: "A 4821", "a4821", " 'accept' 4821", "?"."""
    folded = "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(one))
    if folded.strip() == "?":
        return Command("list")
    only = ONLY_CODE.match(folded)
    if only:
        return Command("accept", only[1])
    found = COMMAND.match(folded)
    if found and found[1] in BY_WORD:
        return Command(BY_WORD[found[1]], found[2])
    several = SEVERAL.match(folded)
    if several and several[1] in BY_WORD:
        first, *more = dict.fromkeys(re.findall(r"\d{4}", several[2]))
        return Command(BY_WORD[several[1]], first, more=tuple(more))
    longer = WITH_WORDS.match(folded)
    if longer and longer[1] in BY_WORD:
        return Command(BY_WORD[longer[1]], longer[2], longer["words"].strip())
    return None
