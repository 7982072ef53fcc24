"""How our numbers must be set up at Twilio: which webhooks, how often they are tried, what is said when we are dead."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.finding import Finding
from bot.world import World

# Behind every webhook: Twilio's own default is one retry, after a failed connection only.
RETRIES = "rc=2&rp=ct,rt,5xx&ct=2000&rt=5000"
WHERE = "at Twilio: Phone Numbers, Manage, Active numbers, the number, Configure"
# What Twilio calls it, where it must lead, what people see it as.
HOOKS = (
    ("sms_url", "/twilio/sms", "SmsUrl (A message comes in)"),
    ("voice_url", "/twilio/voice", "VoiceUrl (A call comes in)"),
    ("status_callback", "/twilio/ended", "StatusCallback (Call status changes)"),
)
FALLBACKS = (("sms_fallback_url", "SmsFallbackUrl"), ("voice_fallback_url", "VoiceFallbackUrl"))
ELSEWHERE = {
    "sms_application_sid": "a TwiML App takes its texts",
    "voice_application_sid": "a TwiML App takes its calls",
    "trunk_sid": "a SIP trunk takes its calls",
}


def number_findings(world: World) -> Iterator[Finding]:
    """What is wrong with the numbers, and how to mend it. Raises httpx.HTTPError where Twilio cannot be asked."""
    for phone in dict.fromkeys((world.settings.phone_number, world.settings.sender)):
        number = world.carrier.number(phone)
        if number is None:
            yield Finding(f"the number {phone} is not a number of this Twilio account: check HELPLINE_PHONE_NUMBER")
        else:
            yield from _findings(world, phone, number)


def _findings(world: World, phone: str, number: Mapping[str, Any]) -> Iterator[Finding]:
    for field, path, name in HOOKS:
        # A call's end that nobody reports is found by asking; a text or call that goes elsewhere is lost.
        fatal = field != "status_callback"
        method = str(number.get(f"{field.removesuffix('_url')}_method"))
        wrong = _wrong(world.url(path), str(number.get(field) or ""), method)
        if wrong:
            yield Finding(f"{phone}: {name} {wrong}, {WHERE}", fatal)
        elif fatal and not _retried(str(number[field])):
            words = f"is not asked again when we are slow or stumble: put #{RETRIES} behind it"
            yield Finding(f"{phone}: {name} {words}, {WHERE}", fatal=False)
    for field, words in ELSEWHERE.items():
        if number.get(field):
            yield Finding(f"{phone}: {words}: clear it, {WHERE}")
    if world.settings.mode == "live":
        yield from _fallbacks(world, phone, number)


def _wrong(wanted: str, found: str, method: str) -> str:
    if found.split("#")[0] != wanted:
        return f"is {found or 'empty'}; set it to {wanted}#{RETRIES} by HTTP POST"
    return "" if method == "POST" else f"comes by {method}; set it to HTTP POST"


def _fallbacks(world: World, phone: str, number: Mapping[str, Any]) -> Iterator[Finding]:
    """Without a fallback nobody is told to call 911 while we are dead; one of ours would be dead as well."""
    ours = urlsplit(world.settings.base_url).hostname
    advice = f"set it to a static TwiML file on another host that says to call {world.center.emergency_number}, {WHERE}"
    for field, name in FALLBACKS:
        found = str(number.get(field) or "")
        if not found or urlsplit(found).hostname == ours:
            yield Finding(f"{phone}: {name} is {found or 'empty'}; {advice}", fatal=False)


def _retried(url: str) -> bool:
    wanted, found = parse_qs(RETRIES), parse_qs(urlsplit(url).fragment)
    retries = found.get("rc", ["1"])[0]
    kinds = set(found.get("rp", ["ct"])[0].split(","))
    return retries.isdecimal() and int(retries) >= 1 and ("all" in kinds or kinds >= set(wanted["rp"][0].split(",")))
