"""What the desk is told at the start: the account, the number, where the product listens, which phones lie there."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["patient", "specialist"]


@dataclass(frozen=True)
class PhoneCard:
    """A phone that lies on the desk from the start."""

    number: str
    label: str
    kind: Kind = "patient"
    # A text that the page offers a newcomer to send from it.
    hint: str = ""


@dataclass(frozen=True)
class DeskConfig:
    """All settings of one desk; URLs are the product's, absolute, and may carry Twilio's override fragments."""

    account_sid: str
    auth_token: str
    helpline_number: str
    sms_url: str
    voice_url: str
    voice_status_url: str = ""
    sms_fallback_url: str = ""
    voice_fallback_url: str = ""
    other_numbers: tuple[str, ...] = ()
    phones: tuple[PhoneCard, ...] = ()
    record: Path | None = None
    # None draws other ids at every start: a product that remembers must never see an id twice.
    seed: int | None = None
    # Twilio's own pace: speech at 150 words a minute, one new call a second for an ordinary account.
    words_per_minute: int = 150
    call_spacing: float = 1.0
    # Off = Twilio's support has switched its built-in STOP filter off (as message redaction requires).
    stop_filter: bool = True

    @property
    def own_numbers(self) -> tuple[str, ...]:
        """The numbers that the account may send and call from."""
        return (self.helpline_number, *self.other_numbers)
