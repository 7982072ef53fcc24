"""The cookies of the console: the session, the trusted phone, and the form of whoever has not signed in yet."""

import hmac
import secrets

from fastapi import Request
from fastapi.responses import Response

from bot.console.pages import is_secure

SESSION, PHONE, DOOR = "helpline_session", "helpline_phone", "helpline_door"
PHONE_AGE = 30 * 24 * 3600


def read(request: Request, name: str) -> str:
    """A cookie of ours; missing = empty."""
    return request.cookies.get(_named(request, name), "")


def give(request: Request, response: Response, name: str, value: str, age: int | None = None) -> None:
    """Set a cookie that no script sees and no other site sends along with a form."""
    response.set_cookie(
        _named(request, name), value, max_age=age, path="/", secure=is_secure(request), httponly=True, samesite="lax"
    )


def take(request: Request, response: Response, name: str) -> None:
    """Remove a cookie."""
    response.delete_cookie(_named(request, name), path="/", secure=is_secure(request), httponly=True, samesite="lax")


def door_key(request: Request) -> str:
    """What the form of a sign-in carries: the same as its cookie, which another site can't know."""
    return read(request, DOOR) or secrets.token_urlsafe(24)


def from_our_door(request: Request, form_key: str) -> bool:
    """Whether a form without a session came from our own page."""
    cookie = read(request, DOOR)
    return bool(cookie) and hmac.compare_digest(cookie.encode(), form_key.encode())


def _named(request: Request, name: str) -> str:
    # The prefix makes browsers refuse one that another host or plain http has set.
    return f"__Host-{name}" if is_secure(request) else name
