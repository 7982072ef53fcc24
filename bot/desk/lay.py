"""Lays the desk for a centre: its phones, and, for a rehearsal, a product in this process on a moved clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx

from bot.carrier import Carrier
from bot.center import Center
from bot.desk.app import create_desk
from bot.desk.config import DeskConfig, PhoneCard
from bot.desk.desk import Desk
from bot.desk.script import Player
from bot.desk.stage import MovedClock, Stage
from bot.desk.transport import AsgiTransport, Post, asgi_post
from bot.listing import short_cases
from bot.numbers import RETRIES
from bot.product import Product
from bot.settings import Settings
from bot.world import World

PATIENTS = (
    PhoneCard("+15555550171", "A daughter", hint="my dad has 102 fever and hes talking gibberish"),
    PhoneCard("+15555550172", "Un paciente", hint="tengo fiebre de 39 y mucho frio"),
)


def lay_desk(settings: Settings, center: Center, clock: Callable[[], datetime], post: Post | None = None) -> Desk:
    """The simulated Twilio with the phones of this centre."""
    staff = [PhoneCard(one.phone, one.name, "specialist") for one in center.specialists]
    admin = [PhoneCard(center.admin_phone, "Admin", "specialist")] if center.admin_phone else []
    config = DeskConfig(
        account_sid=settings.account_sid,
        auth_token=settings.tokens[0],
        helpline_number=settings.phone_number,
        sms_url=f"{settings.base_url}/twilio/sms#{RETRIES}",
        voice_url=f"{settings.base_url}/twilio/voice#{RETRIES}",
        voice_status_url=f"{settings.base_url}/twilio/ended",
        other_numbers=(settings.page_number,) if settings.page_number else (),
        phones=(*PATIENTS, *staff, *admin),
        record=settings.data_dir / "desk.jsonl",
        call_spacing=0.0,
    )
    return create_desk(config, clock, post)


def rehearse(world: World, clock: MovedClock) -> Player:
    """Somebody who plays phone scripts on this centre's product and desk, in this process, on a moved clock."""
    app: dict[str, Any] = {}

    def post(url: str, form: Any, headers: Any, method: str = "POST") -> Any:
        return asgi_post(app["of"])(url, form, headers, method)

    desk = lay_desk(world.settings, world.center, clock, post)
    client = httpx.Client(transport=AsgiTransport(desk.app), base_url="http://desk")
    carrier = Carrier(client, world.settings.account_sid, world.settings.tokens[0])
    world = replace(world, carrier=carrier, clock=clock)

    def product() -> Product:
        made = Product.over(world)
        app["of"] = made.app
        return made

    people = {"patient": PATIENTS[0].number, "paciente": PATIENTS[1].number}
    people |= {one.name.split()[0].lower(): one.phone for one in world.center.specialists}
    return Player(Stage(product(), desk, clock, product), people, lambda: short_cases(world))
