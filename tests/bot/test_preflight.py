"""Preflight: what would lose a patient at Twilio's end is named, with how to mend it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.finding import Finding
from bot.numbers import RETRIES, number_findings
from bot.world import World
from flows.library import Library
from tests.house import House, center, house

SMS, VOICE = (f"https://helpline.example.org/twilio/{name}#{RETRIES}" for name in ("sms", "voice"))


@pytest.fixture
def at(library: Library, database_url: str, record: Path) -> Iterator[House]:
    with house(library, database_url, record, center()) as made:
        made.desk.exchange.config = replace(made.desk.exchange.config, sms_url=SMS, voice_url=VOICE)
        yield made


def found(at: House, config: dict[str, Any], *, live: bool = False) -> list[Finding]:
    """What is found with the number set up like that at Twilio."""
    at.desk.exchange.config = replace(at.desk.exchange.config, **config)
    settings = at.world.settings.model_copy(update={"mode": "live" if live else "desk"})
    world: World = replace(at.world, settings=settings)
    return list(number_findings(world))


def test_a_number_that_is_set_up(at: House) -> None:
    """Webhooks that lead to us, are tried again, and have a fallback elsewhere: nothing to find."""
    fallback = "https://static.example.net/fallback.xml"
    assert found(at, {"sms_fallback_url": fallback, "voice_fallback_url": fallback}, live=True) == []


@pytest.mark.parametrize(
    ("config", "words", "fatal"),
    [
        ({"sms_url": ""}, f"SmsUrl (A message comes in) is empty; set it to {SMS} by HTTP POST", True),
        (
            {"sms_url": "https://old.example.org/sms"},
            "SmsUrl (A message comes in) is https://old.example.org/sms",
            True,
        ),
        ({"voice_url": SMS}, f"set it to {VOICE}", True),
        ({"voice_url": VOICE.split("#")[0]}, f"put #{RETRIES} behind it", False),
        ({"sms_url": SMS.split("#")[0] + "#rc=1"}, f"put #{RETRIES} behind it", False),
        ({"voice_status_url": ""}, "set it to https://helpline.example.org/twilio/ended", False),
    ],
)
def test_a_webhook_that_leads_elsewhere(at: House, config: dict[str, str], words: str, fatal: bool) -> None:
    """A webhook that is wrong is named with what it must be; one that loses a text or call is fatal."""
    (one,) = found(at, config)

    assert words in one.text
    assert one.fatal is fatal


def test_no_fallback(at: House) -> None:
    """In live, a fallback that is missing or our own is named: nobody would say 911 while we are dead."""
    lines = found(at, {"voice_fallback_url": "https://helpline.example.org/fallback.xml"}, live=True)

    assert ["SmsFallbackUrl is empty" in lines[0].text, "VoiceFallbackUrl is https" in lines[1].text] == [True, True]
    assert "911" in lines[0].text


def test_a_number_of_somebody_else(at: House) -> None:
    """A number that is not the account's is fatal."""
    at.desk.exchange.config = replace(at.desk.exchange.config, helpline_number="+15555550999")

    (one,) = number_findings(at.world)

    assert one.fatal and "not a number of this Twilio account" in one.text
