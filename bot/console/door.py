"""The door: sign in with password and code, or on a trusted phone with a PIN; sign out."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session
from starlette.datastructures import FormData

from bot.console import cookies
from bot.console.look import look
from bot.console.pages import away, page, world_of
from bot.console.signing import Credentials, sign_in, sign_in_by_pin
from bot.console.visit import AnyForm, OwnForm, Refused, Visiting, field
from storage.audit import audited
from storage.sessions import end_session, trusted_phone

router = APIRouter(include_in_schema=False)
CODE = re.compile(r"\d{4}")


@router.get("/console/sign-in")
def door(request: Request) -> Response:
    """The form; on a trusted phone the one with the PIN."""
    return shown(request, str(request.query_params.get("case", "")))


@router.post("/console/sign-in")
def enter(request: Request, form: AnyForm) -> Response:
    """Password and code."""
    _check(request, form)
    address = request.client.host if request.client else ""
    typed = Credentials(field(form, "name", 200), _secret(form, "password"), field(form, "code", 40), address)
    token = sign_in(world_of(request), typed)
    if token is None:
        return shown(request, field(form, "case"), "wrong")
    return _inside(request, token, "/console/phone" if field(form, "trust") else "", field(form, "case"))


@router.post("/console/pin")
def enter_by_pin(request: Request, form: AnyForm) -> Response:
    """The PIN of a trusted phone."""
    _check(request, form)
    token, trusted = sign_in_by_pin(world_of(request), cookies.read(request, cookies.PHONE), _secret(form, "pin"))
    if token is not None:
        return _inside(request, token, "", field(form, "case"))
    response = shown(request, field(form, "case"), "wrong_pin" if trusted else "phone_forgotten", phone=trusted)
    if not trusted:
        cookies.take(request, response, cookies.PHONE)
    return response


@router.post("/console/sign-out")
def leave(request: Request, visiting: Visiting, _form: OwnForm) -> Response:
    """End this session."""

    def out(db: Session) -> None:
        end_session(db, visiting.session.key)
        audited(db, visiting.account.id, "signed_out", visiting.now, visiting.account.id)

    world_of(request).database.retrying(out)
    response = away(request, "/console/sign-in")
    cookies.take(request, response, cookies.SESSION)
    return response


def shown(request: Request, case: str, wrong: str = "", phone: bool = True) -> Response:
    """The page of the door, with what was wrong; nothing on it says who has an account."""
    world, key = world_of(request), cookies.door_key(request)
    token = cookies.read(request, cookies.PHONE)
    if phone and token:
        phone = look(world, lambda db: trusted_phone(db, token, world.clock())) is not None
    values = {"form_key": key, "case": _code(case), "wrong": wrong, "phone": phone and bool(token)}
    response = page(request, "sign_in.html", values, 401 if wrong else 200)
    cookies.give(request, response, cookies.DOOR, key)
    return response


def where_to(case: str) -> str:
    """The page they came for: a case, or the queue. Never an address from outside."""
    return f"/console/{_code(case)}" if _code(case) else "/console"


def _code(case: str) -> str:
    return case if CODE.fullmatch(case) and case.isascii() else ""


def _check(request: Request, form: FormData) -> None:
    if not cookies.from_our_door(request, field(form, "form_key")):
        raise Refused("other_form")


def _secret(form: FormData, name: str) -> str:
    # Spaces belong to a password.
    value = form.get(name)
    return value[:200] if isinstance(value, str) else ""


def _inside(request: Request, token: str, first: str, case: str) -> Response:
    """A session of its own, whatever cookie there was before."""
    to = f"{first}?case={_code(case)}" if first and _code(case) else first or where_to(case)
    response = away(request, to)
    cookies.give(request, response, cookies.SESSION, token)
    cookies.take(request, response, cookies.DOOR)
    return response
