"""What Twilio's console would show in red: things that the product did wrong."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Problem:
    """One fault of the product, by Twilio's error code."""

    code: int
    words: str
    url: str
    at: datetime

    def __str__(self) -> str:
        """One line for a failing test."""
        return f"{self.code} {self.words} ({self.url})"
