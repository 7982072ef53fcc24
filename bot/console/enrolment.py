"""The one-time link: a new password, the secret for an authenticator app, ten recovery codes."""

import io

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup
from sqlmodel import Session

from bot.console import cookies
from bot.console.pages import page, world_of
from bot.console.visit import AnyForm, Refused, field
from storage.accounts import enrol, invited, sign_in_name, totp_link
from storage.audit import audited
from storage.lockout import begin_try
from storage.passwords import hashed, unfit_password
from storage.sessions import end_everywhere
from storage.tables import AccountRow

router = APIRouter(include_in_schema=False)


@router.get("/console/invited/{token}")
def invitation(request: Request, token: str) -> Response:
    """What the link shows."""
    return _shown(request, _invited(request, token))


@router.post("/console/invited/{token}")
def set_up(request: Request, token: str, form: AnyForm) -> Response:
    """Password and first code; the link works no more after that."""
    if not cookies.from_our_door(request, field(form, "form_key")):
        raise Refused("other_form")
    account, world = _invited(request, token), world_of(request)
    password = str(form.get("password") or "")
    wrong = unfit_password(password, sign_in_name(account.name or ""))
    if wrong or password != str(form.get("again") or ""):
        return _shown(request, account, wrong or "password_again")
    kept, now = hashed(password), world.clock()

    def work(db: Session) -> list[str]:
        row = invited(db, token, now)
        # Six digits can be guessed, so guesses are counted here too.
        if row is None or not begin_try(db, [f"invited/{row.id}"], now):
            return []
        codes = enrol(db, row, kept, field(form, "code", 40), now)
        if codes:
            end_everywhere(db, row.id)
            audited(db, row.id, "enrolled", now, row.id)
        return codes

    codes = world.database.retrying(work)
    if not codes:
        return _shown(request, account, "code_wrong")
    return page(request, "recovery.html", {"codes": codes, "first": True})


def _invited(request: Request, token: str) -> AccountRow:
    world = world_of(request)
    row = world.database.retrying(lambda db: invited(db, token, world.clock()))
    if row is None:
        raise Refused("no_invitation")
    return row


def _shown(request: Request, row: AccountRow, wrong: str = "") -> Response:
    key, secret = cookies.door_key(request), row.totp_next or ""
    values = {
        "form_key": key,
        "name": sign_in_name(row.name or ""),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": _qr(totp_link(row, secret)),
        "wrong": wrong,
    }
    response = page(request, "enrol.html", values, 400 if wrong else 200)
    cookies.give(request, response, cookies.DOOR, key)
    return response


def _qr(text: str) -> Markup:
    """A QR code as SVG, without styles of its own: the policy of the page allows none."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, scale=5, border=3, light="#fff", svgclass="qr")
    return Markup(out.getvalue().decode())
