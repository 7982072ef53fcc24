"""Texts: Twilio's Message resource, and the text as it lies in a phone."""

from dataclasses import dataclass, field
from datetime import datetime

# Status callbacks are sent for these, never for the initial status.
REPORTED = ("sent", "delivered", "undelivered", "failed")


@dataclass
class Message:
    """One text through Twilio."""

    sid: str
    from_: str
    to: str
    body: str
    direction: str
    created: datetime
    status: str = "queued"
    updated: datetime | None = None
    sent: datetime | None = None
    error: int | None = None
    callback: str = ""
    method: str = "POST"
    media: int = 0
    service: str | None = None

    @property
    def over(self) -> bool:
        """Nothing more will happen to it."""
        return self.status in ("delivered", "undelivered", "failed", "canceled", "received")


@dataclass
class Text:
    """A text in a phone's thread."""

    body: str
    at: datetime
    mine: bool
    message: Message | None = None
    # Sent by Twilio itself (the answer to STOP), not by the product.
    auto: bool = False
    seen: bool = field(default=False)
