"""One webhook: what Twilio asks of the product, tried again as the URL's override fragment says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qs, urldefrag, urlencode, urljoin, urlsplit

import httpx

from bot.desk.transport import Post
from bot.desk.wire.signature import sign, signed_url

About = Literal["sms", "voice", "callback"]
Loss = Literal["before", "after"]
MAX_REDIRECTS = 10


@dataclass(frozen=True)
class Hook:
    """A request to the product. `about` says what the answer is read as; callbacks expect none."""

    url: str
    form: Mapping[str, str]
    about: About
    voice: bool = False
    method: str = "POST"
    fallback: str = ""
    # A test's fault: attempt n is lost before it arrives, or its answer is.
    losses: Sequence[Loss] = field(default=())


@dataclass(frozen=True)
class Answer:
    """What came back; `failure` is `ct` (no connection), `rt` (no answer in time) or empty."""

    status: int
    content_type: str
    body: bytes
    url: str
    failure: str = ""

    @property
    def good(self) -> bool:
        """Twilio goes on with it."""
        return not self.failure and 200 <= self.status < 300

    @property
    def text(self) -> str:
        """The body in words."""
        return self.body.decode("utf-8", "replace")


def deliver(post: Post, token: str, hook: Hook, idempotency: str) -> Answer:
    """Send it, again where the overrides ask for it, then to the fallback."""
    address, overrides = _overrides(hook.url)
    retries = int(overrides.get("rc", "1"))
    policy = overrides.get("rp", "ct").split(",")
    headers = {"I-Twilio-Idempotency-Token": idempotency, "User-Agent": "TwilioProxy/1.1"}
    for attempt in range(retries + 1):
        loss = hook.losses[attempt] if attempt < len(hook.losses) else ""
        answer = _attempt(post, token, hook, address, headers, loss)
        if answer.good or not _again(answer, policy):
            break
    if answer.good or not hook.fallback:
        return answer
    form = {**hook.form, "ErrorCode": "11200", "ErrorUrl": address}
    rescue = Hook(hook.fallback, form, hook.about, hook.voice)
    return deliver(post, token, rescue, f"{idempotency}-fallback")


def _overrides(url: str) -> tuple[str, dict[str, str]]:
    address, fragment = urldefrag(url)
    return address, {name: values[-1] for name, values in parse_qs(fragment).items()}


def _again(answer: Answer, policy: list[str]) -> bool:
    kind = answer.failure or f"{answer.status // 100}xx"
    return "all" in policy or kind in policy


def _attempt(post: Post, token: str, hook: Hook, address: str, headers: Mapping[str, str], loss: str) -> Answer:
    if loss == "before":
        return Answer(0, "", b"", address, "ct")
    answer = _follow(post, token, hook, address, headers)
    return Answer(0, "", b"", address, "rt") if loss == "after" else answer


def _follow(post: Post, token: str, hook: Hook, address: str, headers: Mapping[str, str]) -> Answer:
    method = hook.method
    for _ in range(MAX_REDIRECTS + 1):
        answer = _send(post, token, hook, address, headers, method)
        if answer.status not in (301, 302, 303, 307, 308):
            return answer
        # A redirect is followed as GET and loses the form: the classic way to lose the caller's digits.
        address, method = urljoin(address, answer.text), "BARE"
    return Answer(0, "", b"", address, "rt")


def _send(post: Post, token: str, hook: Hook, address: str, headers: Mapping[str, str], method: str) -> Answer:
    form = hook.form if method == "POST" else {}
    if method == "GET":
        address += ("&" if urlsplit(address).query else "?") + urlencode(dict(hook.form))
    signature = sign(token, signed_url(address, voice=hook.voice), form)
    try:
        status, got, body = post(
            address, form, {**headers, "X-Twilio-Signature": signature}, "POST" if method == "POST" else "GET"
        )
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL):
        return Answer(0, "", b"", address, "ct")
    except httpx.TransportError:
        return Answer(0, "", b"", address, "rt")
    lower = {name.lower(): value for name, value in got.items()}
    if 300 <= status < 400 and "location" in lower:
        return Answer(status, "", lower["location"].encode(), address)
    return Answer(status, lower.get("content-type", "").partition(";")[0].strip(), body, address)
