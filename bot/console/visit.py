"""A visit: who asks, by their session; and forms, which are taken only from our own pages."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.types import Message, Receive

from bot.console import cookies
from bot.console.look import look
from bot.console.pages import world_of
from storage.sessions import TOUCH, signed_in, touch
from storage.tables import AccountRow, SessionRow, SpecialistRow

LARGEST_FORM = 20_000  # bytes
FIELDS = 40


class SignInFirst(Exception):
    """Nobody is signed in; after that they come back to where they wanted."""


class Refused(Exception):
    """Not allowed: `key` names what the page says."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Visit:
    """Who is signed in, for one request. `specialist` is None for an admin, who is not of the roster."""

    account: AccountRow
    session: SessionRow
    specialist: SpecialistRow | None
    now: datetime

    @property
    def form_key(self) -> str:
        """What every form on the page must carry."""
        return self.session.form_key

    @property
    def leads(self) -> bool:
        """May close what was not reached, and read the audit."""
        return self.account.role == "lead"

    @property
    def audits(self) -> bool:
        """May read the audit."""
        return self.account.role in ("lead", "admin")

    def clinician(self) -> SpecialistRow:
        """The specialist, or Refused: an admin looks after accounts, and sees no patient."""
        if self.specialist is None or self.account.role not in ("specialist", "lead"):
            raise Refused("not_clinical")
        return self.specialist


def visit(request: Request) -> Visit:
    """The visit of this request, or SignInFirst. What a page asks by itself does not keep a session alive."""
    world, token = world_of(request), cookies.read(request, cookies.SESSION)
    now = world.clock()
    if not token:
        raise SignInFirst
    found = look(world, lambda db: _found(db, token, now))
    if found is None:
        raise SignInFirst
    if "live" not in request.query_params and now >= found.session.seen_at + TOUCH:
        world.database.retrying(lambda db: touch(db, found.session.key, now))
    return found


def _found(db: Session, token: str, now: datetime) -> Visit | None:
    session = signed_in(db, token, now)
    if session is None:
        return None
    account = session.account
    person = db.get(SpecialistRow, account.specialist_id) if account.specialist_id else None
    if account.specialist_id and (person is None or not person.active):
        return None
    return Visit(account, session.session, person, now)


Visiting = Annotated[Visit, Depends(visit)]


async def any_form(request: Request) -> FormData:
    """A form from our own site, of a bearable size."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused("other_site")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise Refused("too_large")
    return await Request(request.scope, _once(bytes(body))).form(max_files=0, max_fields=FIELDS)


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def own_form(visiting: Visiting, form: Annotated[FormData, Depends(any_form)]) -> FormData:
    """A form of this very session."""
    if not hmac.compare_digest(field(form, "form_key").encode(), visiting.form_key.encode()):
        raise Refused("other_form")
    return form


OwnForm = Annotated[FormData, Depends(own_form)]
AnyForm = Annotated[FormData, Depends(any_form)]


def field(form: FormData, name: str, most: int = 2000) -> str:
    """One field as text, cut to a length; missing = empty."""
    value = form.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""
