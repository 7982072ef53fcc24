"""Tokens: a message cut into words, numbers and pauses, folded so that accents, case and apostrophes don't matter."""

import re
import unicodedata
from typing import NamedTuple

MAX_CHARACTERS = 1600
COMMA, STOP = 1, 2

PIECE = re.compile(
    r"(?P<number>\d+(?:[.,'’]\d{1,2}(?!\d))?)"
    r"|(?P<word>[^\W\d_]+(?:['’‘´`][^\W\d_]+)*)"
    r"|(?P<stop>[.!?;\n\r¡¿…|]+)"
    r"|(?P<absent>\([-–]\))"
    r"|(?P<comma>[,:()\[\]\-–—\"“”*]+)"
    r"|(?P<mark>[%/°º]|[\U0001F300-\U0001FAFF\u2600-\u27BF])"
)
ELONGATED = re.compile(r"(.)\1{2,}")
# A Spanish yes, and verbs of the past (`vomitó`, which is no `vómito`).
ACCENTED = ("í", "ó")
SHALL = ("'ll", "’ll", "‘ll", "`ll")
APOSTROPHES = str.maketrans("", "", "'’‘´`")


class Token(NamedTuple):
    """One word, number or mark. `text`: folded; `pause`: what stood before it; `value`: what a number says.

    `accented`: it ends in an accent, as a Spanish "sí" that is no condition, and a "vomitó" that is no noun.
    """

    text: str
    start: int
    end: int
    pause: int
    value: float | None = None
    asked: bool = False
    accented: bool = False


def fold(word: str) -> str:
    """Lower case, without accents and apostrophes; `I'll` is not `ill`."""
    lower = word.casefold()
    if lower.endswith(SHALL):
        lower = lower[:-3] + "will"
    flat = unicodedata.normalize("NFKD", lower)
    return "".join(c for c in flat if not unicodedata.combining(c)).translate(APOSTROPHES)


def squeeze(word: str, times: int) -> str:
    """`sooooo` → `so` (1) or `soo` (2): letters said longer than they are written."""
    return ELONGATED.sub(lambda found: found.group(1) * times, word)


def compose(text: str) -> str:
    """The text with composed letters, without the halves of broken characters, and no longer than a message can be."""
    whole = text[:MAX_CHARACTERS].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole.replace("\0", " "))


def tokens(text: str) -> list[Token]:
    """The tokens of a composed text, in order."""
    found: list[Token] = []
    pause = STOP
    asked_from = 0
    for piece in PIECE.finditer(text):
        kind = piece.lastgroup
        if kind == "stop":
            pause = STOP
            if "?" in piece.group():
                found[asked_from:] = [token._replace(asked=True) for token in found[asked_from:]]
            asked_from = len(found)
        elif kind == "comma":
            pause = max(pause, COMMA)
        else:
            found.append(_token(piece, kind == "number", pause))
            pause = 0
    return found


def _token(piece: re.Match[str], number: bool, pause: int) -> Token:
    raw = piece.group()
    if not number:
        return Token(fold(raw), piece.start(), piece.end(), pause, accented=raw.casefold().endswith(ACCENTED))
    plain = raw.replace(",", ".").replace("'", ".").replace("’", ".")
    value = float(plain[:12])
    return Token(plain, piece.start(), piece.end(), pause, value)
