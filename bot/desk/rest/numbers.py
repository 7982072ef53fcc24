"""The IncomingPhoneNumbers resource: the numbers of the account, and where their webhooks go."""

from uuid import NAMESPACE_URL, uuid5

from bot.desk.config import DeskConfig
from bot.desk.exchange import Exchange
from bot.desk.rest.listing import first, page
from bot.desk.rest.resources import account_uri
from bot.desk.rest.step import Answered, Step


def listing(exchange: Exchange, step: Step) -> Answered:
    """The numbers, perhaps only the one that is asked for."""
    config = exchange.config
    wanted = first(step.values, "PhoneNumber")
    rows = [_number(config, number) for number in config.own_numbers if wanted in ("", number)]
    return 200, page(f"{account_uri(config)}/IncomingPhoneNumbers.json", "incoming_phone_numbers", rows, step.values)


def _number(config: DeskConfig, number: str) -> dict[str, object]:
    sid = f"PN{uuid5(NAMESPACE_URL, number).hex}"
    return {
        "sid": sid,
        "account_sid": config.account_sid,
        "phone_number": number,
        "friendly_name": number,
        "sms_url": config.sms_url,
        "sms_method": "POST",
        "sms_fallback_url": config.sms_fallback_url,
        "sms_fallback_method": "POST",
        "sms_application_sid": None,
        "voice_url": config.voice_url,
        "voice_method": "POST",
        "voice_fallback_url": config.voice_fallback_url,
        "voice_fallback_method": "POST",
        "voice_application_sid": None,
        "trunk_sid": None,
        "status_callback": config.voice_status_url,
        "status_callback_method": "POST",
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "status": "in-use",
        "uri": f"{account_uri(config)}/IncomingPhoneNumbers/{sid}.json",
    }
