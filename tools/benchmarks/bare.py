"""The bare minimum that anybody would need: FastAPI, the signature, one read-modify-write transaction, TwiML.

`python -m tools.benchmarks.bare DATABASE_URL PORT`: no screen, no conversation, no case, no encryption. The database is
opened as the product opens it, with the same durability and the same queue in front of it.
"""

import sys

import uvicorn
from fastapi import FastAPI, HTTPException, Request, Response
from sqlalchemy import Connection, Engine, text
from starlette.concurrency import run_in_threadpool
from twilio.request_validator import RequestValidator

from bot.settings import DESK_TOKEN
from storage.engines.choice import make_engine, normal_url, turnstiles
from storage.engines.turnstile import Turnstile

TIMEOUT = 1.5
TABLE = "CREATE TABLE IF NOT EXISTS bare (phone VARCHAR(20) PRIMARY KEY, texts INTEGER NOT NULL)"
WRITE = "INSERT INTO bare VALUES (:phone, :texts) ON CONFLICT (phone) DO UPDATE SET texts = excluded.texts"


class Counter:
    """How many texts each number sent."""

    def __init__(self, engine: Engine, queue: Turnstile) -> None:
        self._engine, self._queue = engine, queue
        locking = " FOR UPDATE" if engine.dialect.name == "postgresql" else ""
        self._read = f"SELECT texts FROM bare WHERE phone = :phone{locking}"
        with engine.begin() as connection:
            connection.execute(text(TABLE))

    def count(self, phone: str) -> int:
        """One more."""
        with self._queue.passing(TIMEOUT), self._engine.begin() as connection:
            return self._counted(connection, phone)

    def _counted(self, connection: Connection, phone: str) -> int:
        before = connection.scalar(text(self._read), {"phone": phone}) or 0
        connection.execute(text(WRITE), {"phone": phone, "texts": before + 1})
        return int(before) + 1


def bare_app(url: str, base: str) -> FastAPI:
    """The application."""
    engine = make_engine(normal_url(url), TIMEOUT)
    counter = Counter(engine, turnstiles(engine.url)[0])
    app = FastAPI(openapi_url=None)

    async def sms(request: Request) -> Response:
        form = await request.form()
        signature = request.headers.get("x-twilio-signature", "")
        if not RequestValidator(DESK_TOKEN).validate(base + "/twilio/sms", form, signature):
            raise HTTPException(403)
        count = await run_in_threadpool(counter.count, str(form["From"]))
        return Response(f"<Response><Message>Text {count}</Message></Response>", media_type="text/xml")

    async def readyz() -> Response:
        return Response('{"database": "up"}', media_type="application/json")

    app.add_api_route("/twilio/sms", sms, methods=["POST"])
    app.add_api_route("/readyz", readyz)
    return app


def main() -> None:
    """Serve it."""
    url, port = sys.argv[1], int(sys.argv[2])
    app = bare_app(url, f"http://127.0.0.1:{port}")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
