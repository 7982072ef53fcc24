"""The door for Twilio: a webhook without a right signature gets 403 and nothing else happens."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData
from starlette.types import Message
from twilio.request_validator import RequestValidator

from bot.world import World

LARGEST = 256 * 1024  # bytes; a text has 1,600 characters, so this is no text


def world_of(request: Request) -> World:
    """The world that this app was made with."""
    world = request.app.state.world
    assert isinstance(world, World)
    return world


def signed_url(world: World, request: Request) -> str:
    """The URL as Twilio signed it: our own public URL and the raw path; Host and forwarded headers are never asked."""
    path = request.scope["raw_path"].decode("latin-1").split("?")[0]
    query = request.scope["query_string"].decode("latin-1")
    return world.url(path) + (f"?{query}" if query else "")


async def twilio_form(request: Request) -> FormData:
    """The form of a webhook whose signature is right under one of the tokens; else 403 (413 where it is too large)."""
    world = world_of(request)
    signature = request.headers.get("x-twilio-signature", "")
    if not signature:
        raise HTTPException(403)
    form = await (await _bounded(request)).form(max_fields=200, max_files=0)
    url = signed_url(world, request)
    if not any(_right(token, url, form, signature) for token in world.settings.tokens):
        raise HTTPException(403)
    return form


async def _bounded(request: Request) -> Request:
    """The same request with its body read; 413 as soon as it is too large, whatever its length was said to be."""
    body, more = bytearray(), True
    while more:
        # Not request.stream(): a generator that the loop must keep track of, for a body that comes in one piece.
        part = await request.receive()
        more = part.get("more_body", False)
        body += part.get("body", b"")
        if len(body) > LARGEST:
            raise HTTPException(413)

    async def receive() -> Message:
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return Request(request.scope, receive)


def _right(token: str, url: str, form: FormData, signature: str) -> bool:
    try:
        return bool(RequestValidator(token).validate(url, form, signature))
    except (TypeError, ValueError, IndexError):
        # The validator raises on some forged input; whatever it cannot read is not right.
        return False


TwilioForm = Annotated[FormData, Depends(twilio_form)]


def field(form: FormData, name: str) -> str:
    """One field as text; missing = empty."""
    value = form.get(name)
    return value if isinstance(value, str) else ""
