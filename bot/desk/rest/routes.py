"""The table of REST requests, and the way of each: fault, sign-in, parameters, deed, record."""

import base64
import binascii
import secrets
from collections.abc import Awaitable, Callable

import httpx
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response

from bot.desk.desk import Desk
from bot.desk.exchange import Exchange
from bot.desk.faults import Early, RestFault
from bot.desk.rest import calls, conferences, messages, numbers
from bot.desk.rest import parameters as p
from bot.desk.rest.parameters import Shape, Values
from bot.desk.rest.refusal import Refusal, check
from bot.desk.rest.step import Answered, Step

Deed = Callable[[Exchange, Step], Answered]
ROOT = "/2010-04-01/Accounts/{account_sid}"
NOTHING = Shape({})
ROUTES: list[tuple[str, str, Shape, Deed]] = [
    ("POST", "/Messages.json", p.MESSAGE_CREATE, messages.create),
    ("GET", "/Messages.json", p.MESSAGE_LIST, messages.listing),
    ("GET", "/Messages/{sid}.json", NOTHING, messages.fetch),
    ("POST", "/Messages/{sid}.json", p.MESSAGE_UPDATE, messages.update),
    ("DELETE", "/Messages/{sid}.json", NOTHING, messages.delete),
    ("POST", "/Calls.json", p.CALL_CREATE, calls.create),
    ("GET", "/Calls.json", p.CALL_LIST, calls.listing),
    ("GET", "/Calls/{sid}.json", NOTHING, calls.fetch),
    ("POST", "/Calls/{sid}.json", p.CALL_UPDATE, calls.update),
    ("GET", "/IncomingPhoneNumbers.json", p.NUMBER_LIST, numbers.listing),
    ("GET", "/Conferences.json", p.ROOM_LIST, conferences.listing),
    ("GET", "/Conferences/{sid}.json", NOTHING, conferences.fetch),
    ("POST", "/Conferences/{sid}.json", p.ROOM_UPDATE, conferences.update),
    ("GET", "/Conferences/{sid}/Participants.json", p.PARTICIPANT_LIST, conferences.participants),
    ("POST", "/Conferences/{sid}/Participants.json", p.PARTICIPANT_CREATE, conferences.invite),
    ("GET", "/Conferences/{sid}/Participants/{call_sid}.json", NOTHING, conferences.participant),
    ("POST", "/Conferences/{sid}/Participants/{call_sid}.json", p.PARTICIPANT_UPDATE, conferences.change),
    ("DELETE", "/Conferences/{sid}/Participants/{call_sid}.json", NOTHING, conferences.expel),
]


def rest_router() -> APIRouter:
    """All of them."""
    router = APIRouter()
    for method, path, shape, deed in ROUTES:
        router.add_api_route(ROOT + path, _endpoint(shape, deed), methods=[method], include_in_schema=False)
    return router


def _endpoint(shape: Shape, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        pairs = (await request.form()).multi_items() if request.method == "POST" else []
        values: dict[str, list[str]] = {}
        for name, value in [*request.query_params.multi_items(), *pairs]:
            values.setdefault(name, []).append(str(value))
        answer = _serve(desk.exchange, request, shape, deed, values)
        if _early(desk.exchange, request):
            await run_in_threadpool(desk.run_due)
        return answer

    return endpoint


def _early(exchange: Exchange, request: Request) -> bool:
    with exchange.lock:
        for fault in exchange.faults:
            if isinstance(fault, Early) and fault.times > 0 and fault.path in request.url.path:
                fault.times -= 1
                return True
    return False


def _serve(exchange: Exchange, request: Request, shape: Shape, deed: Deed, values: Values) -> Response:
    with exchange.lock:
        fault = _fault(exchange, request, values)
        if fault is not None and not fault.done and fault.status == 0:
            raise httpx.ConnectTimeout("the desk plays dead")
        if fault is not None and not fault.done:
            status, body = _refuse(Refusal(fault.status, fault.code, "a fault of the desk"))
        else:
            status, body = _do(exchange, request, shape, deed, values)
        _write(exchange, request, values, status, body)
        exchange.changed()
    if fault is not None and fault.done:
        if fault.status == 0:
            raise httpx.ReadTimeout("the desk did it and plays dead")
        status, body = _refuse(Refusal(fault.status, fault.code, "a fault of the desk"))
    return Response(status_code=status) if body is None else JSONResponse(body, status)


def _fault(exchange: Exchange, request: Request, values: Values) -> RestFault | None:
    to = (values.get("To") or [""])[0]
    for fault in exchange.faults:
        if isinstance(fault, RestFault) and fault.takes(request.method, request.url.path, to):
            fault.times -= 1
            return fault
    return None


def _do(exchange: Exchange, request: Request, shape: Shape, deed: Deed, values: Values) -> Answered:
    path = request.url.path
    try:
        _sign_in(exchange, request)
        check(shape, values, path)
        ids = request.path_params
        return deed(exchange, Step(path, values, ids.get("sid", ""), ids.get("call_sid", "")))
    except Refusal as refusal:
        return _refuse(refusal)


def _refuse(refusal: Refusal) -> Answered:
    return refusal.status, refusal.body()


def _sign_in(exchange: Exchange, request: Request) -> None:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    try:
        user, _, password = base64.b64decode(given).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        user = password = ""
    config = exchange.config
    good = kind.lower() == "basic" and user == config.account_sid
    if not good or not secrets.compare_digest(password.encode(), config.auth_token.encode()):
        raise Refusal(401, 20003, "Authenticate")
    if request.path_params["account_sid"] != config.account_sid:
        raise Refusal(404, 20404, f"The requested resource {request.url.path} was not found")


def _write(exchange: Exchange, request: Request, values: Values, status: int, body: dict[str, object] | None) -> None:
    params = {name: given[0] if len(given) == 1 else given for name, given in values.items()}
    line: dict[str, object] = {"kind": "rest", "method": request.method, "path": request.url.path}
    line |= {"params": params, "status": status, "response": body, "at": exchange.now().isoformat()}
    exchange.record.write(line)
