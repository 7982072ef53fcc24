"""Dates as Twilio writes them."""

from datetime import UTC, datetime
from email.utils import format_datetime


def utc_now() -> datetime:
    """The clock on the wall."""
    return datetime.now(UTC)


def rfc2822(moment: datetime | None) -> str | None:
    """As in `Fri, 24 May 2019 17:44:46 +0000`."""
    return None if moment is None else format_datetime(moment.astimezone(UTC))
