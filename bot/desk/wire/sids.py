"""Twilio's identifiers: two letters and 32 hex digits, drawn from one seed."""

import random


class Sids:
    """Draws identifiers; the same seed draws the same ones."""

    def __init__(self, seed: int | None) -> None:
        """None = never the same twice."""
        self._random = random.Random(seed)

    def draw(self, prefix: str) -> str:
        """A new one, like `SM0123…`."""
        return f"{prefix}{self._random.getrandbits(128):032x}"
