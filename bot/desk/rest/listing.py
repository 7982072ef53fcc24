"""Twilio's lists: filtered, newest first, in pages."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bot.desk.rest.parameters import Values

PAGE_SIZE = 50


def first(values: Values, name: str, default: str = "") -> str:
    """A parameter that comes once."""
    return values[name][0] if values.get(name) else default


def on_date(values: Values, name: str, moment: datetime | None) -> bool:
    """The filters `Name`, `Name>` and `Name<`, by day or by second."""
    wanted = {sign: first(values, name + sign) for sign in ("", "<", ">")}
    if not any(wanted.values()):
        return True
    if moment is None:
        return False
    tests: dict[str, Callable[[datetime, datetime], bool]] = {
        "": lambda begin, _end: begin.date() == moment.astimezone(UTC).date(),
        "<": lambda _begin, end: moment <= end,
        ">": lambda begin, _end: moment >= begin,
    }
    return all(tests[sign](*_span(text)) for sign, text in wanted.items() if text)


def _span(text: str) -> tuple[datetime, datetime]:
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment, moment + timedelta(days=1)) if len(text) == 10 else (moment, moment)


def page(path: str, name: str, rows: Sequence[dict[str, object]], values: Values) -> dict[str, object]:
    """One page of rows that are newest first."""
    size, number = int(first(values, "PageSize", str(PAGE_SIZE))), int(first(values, "Page", "0"))
    shown = rows[number * size : (number + 1) * size]
    more = len(rows) > (number + 1) * size
    filters = {key: given[0] for key, given in values.items() if key not in ("Page", "PageToken")}

    def uri(wanted: int) -> str:
        return f"{path}?{urlencode({**filters, 'PageSize': size, 'Page': wanted})}"

    return {
        "end": number * size + max(0, len(shown) - 1),
        "first_page_uri": uri(0),
        "next_page_uri": uri(number + 1) if more else None,
        "page": number,
        "page_size": size,
        "previous_page_uri": uri(number - 1) if number else None,
        "start": number * size,
        "uri": uri(number),
        name: list(shown),
    }
