"""The wire without a network: an ASGI app, called like a server, in the calling thread."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from bot.desk.transport import AsgiTransport, asgi_post, http_post


def make_app() -> FastAPI:
    app = FastAPI()

    @app.post("/echo/{name}")
    async def echo(name: str, request: Request) -> JSONResponse:
        form = await request.form()
        raw = request.scope["raw_path"].decode()
        return JSONResponse({"name": name, "raw": raw, "query": str(request.query_params), "form": dict(form)})

    @app.get("/threaded")
    def threaded() -> str:
        return threading.current_thread().name

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("on purpose")

    return app


def test_the_request_arrives_whole() -> None:
    """Path, query and blank form fields arrive as they were sent."""
    client = httpx.Client(transport=AsgiTransport(make_app()), base_url="http://app")
    answer = client.post("/echo/a%2Bb?x=1&y=", data={"Body": " hi ", "FromZip": ""})
    assert answer.json() == {
        "name": "a+b",
        "raw": "/echo/a%2Bb",
        "query": "x=1&y=",
        "form": {"Body": " hi ", "FromZip": ""},
    }


def test_a_post_arrives_like_one_of_a_client() -> None:
    """Without a client in between, path, query and form arrive as a client would have sent them."""
    client = http_post(httpx.Client(transport=AsgiTransport(make_app())))
    for path in ("/echo/a%2Bb?x=1&y=", "/echo/a b", "/echo/ñ?q=á é", "/echo/x?a=%3F"):
        form = {"Body": " hí &=\x00😀\r\n", "FromZip": ""}
        sent = [post(f"http://app:81{path}", form, {"X-One": "1"}) for post in (client, asgi_post(make_app()))]
        assert sent[0][0] == 200 and sent[0][2] == sent[1][2]


def test_endpoints_in_threads() -> None:
    """An endpoint that is an ordinary function runs in a thread of its own, and is waited for."""
    client = httpx.Client(transport=AsgiTransport(make_app()), base_url="http://app")
    assert client.get("/threaded").json() != threading.current_thread().name


def test_a_crash_is_a_500() -> None:
    """What the app raises is a 500 to the caller, and is kept for the test to see."""
    transport = AsgiTransport(make_app())
    client = httpx.Client(transport=transport, base_url="http://app")
    answer = client.get("/broken")
    assert (answer.status_code, "on purpose" in answer.text) == (500, True)
    assert [type(crash) for crash in transport.crashes] == [ZeroDivisionError]


def test_under_a_running_loop() -> None:
    """It also works where the thread's own loop is running."""

    async def inside() -> int:
        status, _, _ = asgi_post(make_app())("http://app/threaded", {}, {}, "GET")
        return status

    with ThreadPoolExecutor(1) as aside:
        assert aside.submit(lambda: asyncio.run(inside())).result() == 200


def test_from_many_threads() -> None:
    """One transport serves many threads at once."""
    client = httpx.Client(transport=AsgiTransport(make_app()), base_url="http://app")
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(client.get("/threaded").status_code)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
