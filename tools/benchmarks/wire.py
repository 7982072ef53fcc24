"""The least HTTP that a load needs: signed posts over kept connections, cheap enough not to be what is measured."""

import asyncio
import base64
import hashlib
import hmac
from urllib.parse import urlencode

from bot.settings import DESK_TOKEN


def signed_post(base: str, path: str, form: dict[str, str]) -> bytes:
    """A whole request as Twilio would send it: signed over the public URL and the sorted form."""
    text = base + path + "".join(f"{name}{form[name]}" for name in sorted(form))
    signature = base64.b64encode(hmac.new(DESK_TOKEN.encode(), text.encode(), hashlib.sha1).digest()).decode()
    body = urlencode(form).encode()
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {base.partition('//')[2]}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        f"X-Twilio-Signature: {signature}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection:
    """One kept connection; opened again if the other side closes it between two requests."""

    def __init__(self, host: str, port: int) -> None:
        self._where = (host, port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request; the status and the body of what comes back."""
        try:
            return await self._once(request)
        except (ConnectionError, asyncio.IncompleteReadError):
            self._streams = None
            return await self._once(request)

    async def _once(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._where)
        reader, writer = self._streams
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, *lines = head.split("\r\n")
        headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines if line}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return int(status.split(" ", 2)[1]), body

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
