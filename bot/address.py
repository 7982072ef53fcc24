"""Where the helpline that was started last on this data folder is, for the commands beside it that print links."""

import logging
from pathlib import Path

from bot.settings import Settings

log = logging.getLogger(__name__)


def leave_address(settings: Settings) -> None:
    """Write down where this process is; a start must not fail over it."""
    try:
        _file(settings).write_text(settings.base_url, encoding="utf-8")
    except OSError as error:
        log.warning("%s cannot be written (%s): links of `console invite` may lead elsewhere", _file(settings), error)


def as_served(settings: Settings) -> Settings:
    """The settings with the address of the helpline that was started last; HELPLINE_PUBLIC_URL goes before it."""
    try:
        left = _file(settings).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return settings
    return settings if settings.public_url or not left else settings.model_copy(update={"public_url": left})


def _file(settings: Settings) -> Path:
    return settings.data_dir / "address"
