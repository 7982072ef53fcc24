"""Passwords and PINs: kept as Argon2id hashes, and checked in the same time whether there is one or not."""

from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

# OWASP's parameters: 19 MiB, two passes. A console has few sign-ins, and a replica must bear forty at once.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
# Checked where there is no account, so that the answer takes as long; no text gives this hash.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXRoaW5nIHNhbHR5IQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
SHORTEST, LONGEST = 12, 200
PIN_DIGITS = 6


def hashed(text: str) -> str:
    """The hash of a password or PIN, with a salt of its own."""
    return HASHER.hash(text)


def matches(stored: str | None, text: str) -> bool:
    """Whether the text gave that hash. Never inside a transaction: it is slow on purpose."""
    try:
        return HASHER.verify(stored or NOBODY, text) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def unfit_password(text: str, name: str) -> str | None:
    """Why this password will not do, as the key of a message; None = it will."""
    if not SHORTEST <= len(text) <= LONGEST:
        return "password_length"
    if len(set(text)) < 5 or name.casefold() in text.casefold():
        return "password_easy"
    return None


def unfit_pin(text: str) -> str | None:
    """Why this PIN will not do: not six digits, or a row or a repetition that everybody tries first."""
    if len(text) != PIN_DIGITS or not (text.isascii() and text.isdecimal()):
        return "pin_digits"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(text)}
    return "pin_easy" if len(steps) == 1 or len(set(text)) < 3 else None
