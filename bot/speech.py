"""From keys to words: every text that leaves us is looked up here, with the centre's own numbers filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import phonenumbers

from bot.world import World
from flows.catalog import Kind
from flows.model import Conversation, Say
from flows.words import Channel, Language, Level


@dataclass(frozen=True, slots=True)
class Line:
    """One message as it will be heard or read."""

    text: str
    language: Language
    key: str


def lines(world: World, says: Iterable[Say], conversation: Conversation, channel: Channel) -> list[Line]:
    """What to send or speak. Where we cannot tell the language, what is urgent is said in all of them."""
    return [
        Line(word(world, say.key, language, channel, say.values), language, say.key)
        for say in says
        for language in _languages(world, say, conversation)
    ]


def _languages(world: World, say: Say, conversation: Conversation) -> tuple[Language, ...]:
    chosen = say.language or conversation.language
    if chosen is not None:
        return (chosen,)
    urgent = world.library.catalog.messages[say.key].kind is Kind.emergency or conversation.case is not None
    return world.center.languages if urgent else world.center.languages[:1]


def word(world: World, key: str, language: Language, channel: Channel, values: Mapping[str, str] | None = None) -> str:
    """One message in one language."""
    return world.library.catalog.say(key, language, channel, {**common(world), **(values or {})})


def common(world: World) -> dict[str, str]:
    """What any message may name: the emergency number, the team's number, and the clocks, in minutes."""
    center, clocks = world.center, world.timings(Level.URGENT)
    return {
        "emergency": center.emergency_number,
        "center": center.name,
        "team_phone": national(center.team_phone),
        "er_minutes": str(clocks.go_to_er // 60),
        "call_minutes": str(max(clocks.reach_patient // 60 - 2, 1)),
    }


def national(phone: str) -> str:
    """A number as people write it."""
    try:
        number = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
