"""One's own account: trust this phone, new recovery codes, sign out everywhere."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from bot.console import cookies
from bot.console.door import where_to
from bot.console.pages import away, page, world_of
from bot.console.visit import OwnForm, Refused, Visiting, field
from storage.accounts import locked_account, new_recovery_codes, sign_in_name
from storage.audit import audited
from storage.passwords import hashed, unfit_pin
from storage.sessions import end_everywhere, trust_phone

router = APIRouter(include_in_schema=False)


@router.get("/console/account")
def account(request: Request, visiting: Visiting) -> Response:
    """What one can do about one's own sign-in."""
    row = visiting.account
    return page(request, "account.html", {"visit": visiting, "name": sign_in_name(row.name or ""), "role": row.role})


@router.get("/console/phone")
def phone(request: Request, visiting: Visiting) -> Response:
    """Choose a PIN for this phone."""
    return _pin_form(request, visiting, str(request.query_params.get("case", "")))


@router.post("/console/phone")
def trust(request: Request, visiting: Visiting, form: OwnForm) -> Response:
    """Trust this phone for thirty days. Only after password and code: a PIN must not renew itself for ever."""
    case, pin = field(form, "case"), field(form, "pin", 40)
    if visiting.session.via == "pin":
        raise Refused("pin_only")
    wrong = unfit_pin(pin) or ("pin_again" if pin != field(form, "again", 40) else "")
    if wrong:
        return _pin_form(request, visiting, case, wrong)
    kept = hashed(pin)

    def work(db: Session) -> str:
        audited(db, visiting.account.id, "phone_trusted", visiting.now, visiting.account.id)
        return trust_phone(db, visiting.account.id, kept, visiting.now)

    response = away(request, where_to(case))
    cookies.give(request, response, cookies.PHONE, world_of(request).database.retrying(work), cookies.PHONE_AGE)
    return response


@router.post("/console/recovery")
def recovery(request: Request, visiting: Visiting, _form: OwnForm) -> Response:
    """Ten new recovery codes; the old ones stop working."""
    if visiting.session.via == "pin":
        raise Refused("pin_only")

    def work(db: Session) -> list[str]:
        audited(db, visiting.account.id, "recovery_codes_made", visiting.now, visiting.account.id)
        return new_recovery_codes(db, locked_account(db, visiting.account.id))

    codes = world_of(request).database.retrying(work)
    return page(request, "recovery.html", {"codes": codes, "first": False})


@router.post("/console/sign-out-everywhere")
def leave_everywhere(request: Request, visiting: Visiting, _form: OwnForm) -> Response:
    """End every session of this account, and forget its trusted phones."""

    def work(db: Session) -> None:
        end_everywhere(db, visiting.account.id)
        audited(db, visiting.account.id, "signed_out_everywhere", visiting.now, visiting.account.id)

    world_of(request).database.retrying(work)
    response = away(request, "/console/sign-in")
    cookies.take(request, response, cookies.SESSION)
    cookies.take(request, response, cookies.PHONE)
    return response


def _pin_form(request: Request, visiting: Visiting, case: str, wrong: str = "") -> Response:
    values = {"visit": visiting, "case": case, "wrong": wrong, "back": where_to(case)}
    return page(request, "phone.html", values, 400 if wrong else 200)
