"""The words that every room shares: languages, channels, levels."""

from enum import IntEnum, StrEnum


class Language(StrEnum):
    """A language that the helpline speaks; every message exists in each of them."""

    en = "en"
    es = "es"


class Channel(StrEnum):
    """How a person talks with us."""

    sms = "sms"
    voice = "voice"


class Level(IntEnum):
    """How bad it is, as in reference C1; a higher number is worse, and nothing but a human lowers it."""

    ROUTINE = 0
    SAME_DAY = 1
    URGENT = 2
    EMERGENCY = 3
