"""The only file that calls Twilio's REST API. One attempt per call; the outbox decides about more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from flows.delivery import Refusal
from flows.model import Inbound
from flows.words import Channel

MADE = "%a, %d %b %Y %H:%M:%S %z"
SKEW = timedelta(seconds=60)  # between Twilio's clock and ours
MOST_LISTED = 10_000
CALL_EVENTS = ("initiated", "ringing", "answered", "completed")
# Before any byte was read, nothing can have been processed.
SURELY_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True)
class Accepted:
    """Twilio took it under this SID."""

    sid: str


class Carrier:
    """Twilio's REST API for one account. Thread-safe."""

    def __init__(self, client: httpx.Client, account: str, token: str) -> None:
        self._client = client
        self._auth = (account, token)
        self._base = f"/2010-04-01/Accounts/{account}"

    def text(self, to: str, sender: str, body: str, callback: str, valid_for: int | None = None) -> Accepted | Refusal:
        """Send one text. `valid_for`: seconds after which the carrier must drop it; Twilio takes 5 to 36000."""
        form: dict[str, Any] = {"To": to, "From": sender, "Body": body, "StatusCallback": callback}
        if valid_for is not None:
            form["ValidityPeriod"] = str(min(max(valid_for, 5), 36000))
        return self._create("Messages", form)

    def call(self, to: str, sender: str, url: str, callback: str, timeout: int = 25) -> Accepted | Refusal:
        """Make one call whose TwiML is at `url`; it rings for `timeout` seconds."""
        form = {
            "To": to,
            "From": sender,
            "Url": url,
            "StatusCallback": callback,
            "StatusCallbackEvent": list(CALL_EVENTS),
            "Timeout": str(timeout),
        }
        return self._create("Calls", form)

    def end_call(self, sid: str) -> Accepted | Refusal:
        """End a call, ringing or answered."""
        return self._post(f"/Calls/{sid}.json", {"Status": "completed"})

    def send_to(self, sid: str, url: str) -> Accepted | Refusal:
        """Take a live call to another document."""
        return self._post(f"/Calls/{sid}.json", {"Url": url, "Method": "POST"})

    def call_status(self, sid: str) -> str | None:
        """What a call is doing, or became; None where Twilio does not know it.

        Raises httpx.HTTPError where Twilio cannot be asked.
        """
        response = self._client.get(f"{self._base}/Calls/{sid}.json", auth=self._auth)
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        response.raise_for_status()
        status = response.json().get("status")
        return status if isinstance(status, str) else None

    def status_of(self, kind: str, sid: str) -> tuple[str, str | None]:
        """What Twilio says has become of a text or call, with its error code. Raises httpx.HTTPError."""
        what = "Calls" if kind == "call" else "Messages"
        response = self._client.get(f"{self._base}/{what}/{sid}.json", auth=self._auth)
        response.raise_for_status()
        found = response.json()
        error = found.get("error_code")
        return str(found.get("status") or ""), None if error is None else str(error)

    def find_text(self, to: str, body: str, since: datetime) -> list[str]:
        """The SIDs of texts like that, the oldest first. Twilio's list may lag some seconds behind.

        Raises httpx.HTTPError where Twilio cannot be asked.
        """
        found = self._list("Messages", {"To": to, "PageSize": "50"}).get("messages", [])
        return [one["sid"] for one in reversed(found) if one.get("body") == body and _made_since(one, since)]

    def received(self, to: str, since: datetime, until: datetime) -> list[Inbound]:
        """The texts that came in for that number between these moments, the oldest first.

        Raises httpx.HTTPError where Twilio cannot be asked.
        """
        query = {"To": to, "DateSent>": since.strftime("%Y-%m-%dT%H:%M:%SZ"), "PageSize": "200"}
        found: list[dict[str, Any]] = []
        page: dict[str, str] | None = {}
        while page is not None and len(found) < MOST_LISTED:
            listed = self._list("Messages", query | page)
            found += listed.get("messages", [])
            page = _page_of(listed) if listed.get("next_page_uri") else None
        texts = [one for one in found if one.get("direction") == "inbound" and _made_until(one, until)]
        return [_inbound(one) for one in reversed(texts)]

    def number(self, phone: str) -> dict[str, Any] | None:
        """How one of the account's numbers is set up; None where the account has no such number.

        Raises httpx.HTTPError where Twilio cannot be asked.
        """
        found = self._list("IncomingPhoneNumbers", {"PhoneNumber": phone, "PageSize": "20"})
        return next((one for one in found.get("incoming_phone_numbers", []) if one.get("phone_number") == phone), None)

    def find_call(self, to: str, since: datetime) -> list[str]:
        """The SIDs of calls to that number since then, the oldest first: a call carries no mark of ours."""
        found = self._list("Calls", {"To": to, "PageSize": "50"}).get("calls", [])
        return [one["sid"] for one in reversed(found) if _made_since(one, since)]

    def _create(self, what: str, form: Mapping[str, str | Sequence[str]]) -> Accepted | Refusal:
        return self._post(f"/{what}.json", form)

    def _post(self, path: str, form: Mapping[str, str | Sequence[str]]) -> Accepted | Refusal:
        try:
            response = self._client.post(self._base + path, data=dict(form), auth=self._auth)
        except SURELY_NOT_SENT:
            return Refusal(0, not_sent=True)
        except httpx.HTTPError:
            return Refusal(0)
        return _outcome(response)

    def _list(self, what: str, query: Mapping[str, str]) -> dict[str, Any]:
        response = self._client.get(f"{self._base}/{what}.json", params=dict(query), auth=self._auth)
        response.raise_for_status()
        found = response.json()
        return found if isinstance(found, dict) else {}


def _outcome(response: httpx.Response) -> Accepted | Refusal:
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return Refusal(response.status_code)
    if response.is_success and isinstance(body.get("sid"), str):
        return Accepted(body["sid"])
    code = body.get("code")
    return Refusal(response.status_code, code if isinstance(code, int) else None)


def _inbound(one: Mapping[str, Any]) -> Inbound:
    media = str(one.get("num_media") or "0")
    return Inbound(
        sid=str(one["sid"]),
        sender=str(one.get("from") or ""),
        channel=Channel.sms,
        text=str(one.get("body") or ""),
        media=int(media) if media.isdecimal() else 0,
    )


def _page_of(listed: Mapping[str, Any]) -> dict[str, str]:
    """Where the next page begins, as Twilio names it: its number and its token."""
    asked = parse_qs(urlsplit(str(listed.get("next_page_uri"))).query)
    return {name: asked[name][0] for name in ("Page", "PageToken") if name in asked}


def _made_until(one: Mapping[str, Any], until: datetime) -> bool:
    made = one.get("date_created")
    try:
        return isinstance(made, str) and datetime.strptime(made, MADE) <= until
    except ValueError:
        return False


def _made_since(one: Mapping[str, Any], since: datetime) -> bool:
    # Twilio's own filters go by when a text was sent or a call answered: what waits or rings has no such time yet.
    made = one.get("date_created")
    if not isinstance(made, str):
        return False
    try:
        return datetime.strptime(made, MADE) >= since - SKEW
    except ValueError:
        return False
