"""Puts the desk together: the exchange, Twilio's REST API, the page with the phones."""

from collections.abc import Callable
from datetime import datetime

import httpx
from fastapi import FastAPI

from bot.desk.config import DeskConfig
from bot.desk.desk import Desk
from bot.desk.exchange import Exchange
from bot.desk.page.routes import page_router
from bot.desk.rest.routes import rest_router
from bot.desk.time.clock import utc_now
from bot.desk.time.pump import Runner
from bot.desk.transport import Post, http_post

READ_SECONDS = 15.0


def create_desk(
    config: DeskConfig,
    clock: Callable[[], datetime] = utc_now,
    post: Post | None = None,
    app: FastAPI | None = None,
) -> Desk:
    """A desk; without `post` it reaches the product over the network. An `app` of an older desk becomes this one's."""
    post = post or http_post(httpx.Client(timeout=READ_SECONDS, trust_env=False))
    exchange = Exchange(config, clock, post)
    desk = Desk(exchange, Runner(exchange), app or desk_app())
    desk.app.state.desk = desk
    return desk


def desk_app() -> FastAPI:
    """The routes, over the desk that `app.state.desk` is."""
    app = FastAPI(title="desk", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.include_router(rest_router())
    app.include_router(page_router())
    return app
