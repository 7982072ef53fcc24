"""What a caller may press or say at each point: one key posts at once, dates and counts end with the pound key."""

from bot.twiml import Keys
from bot.world import World
from flows.dialogue.choice import MENU_OF
from flows.dialogue.questions import is_yes_no
from flows.model import Conversation
from flows.states import State
from flows.words import Channel, Language

TIMEOUT = 10  # seconds; slower callers are asked again, never cut off
LONG = (State.infusion_date, State.thinking_year, State.thinking_month, State.thinking_count, State.patient_name)
LISTS = (State.sections, State.section, State.topic, State.offer)


def keys_for(world: World, conversation: Conversation, action: str) -> Keys:
    """The listening part of a document, for where the conversation stands."""
    language = conversation.language or Language.en
    long = conversation.state in LONG
    return Keys(
        action=action,
        digits=0 if long else 1,
        finish="#" if long else "",
        speech=True,
        timeout=TIMEOUT,
        language=language,
        hints=hints(world, conversation, language),
    )


def hints(world: World, conversation: Conversation, language: Language) -> tuple[str, ...]:
    """Words that the caller is likely to say: those of the menu that is open, else of signs."""
    catalog = world.library.catalog
    state = conversation.state
    asked = conversation.answers.get("asked", "vague")
    in_words = state in (State.asking, State.deciding) and not is_yes_no(catalog, asked)
    open_words = in_words or state is State.anything_new
    menu = None if open_words else MENU_OF.get(state)
    if menu is not None:
        return tuple(word for choice in catalog.menus[menu].choices for word in choice.words[language])
    if state in LISTS or state in LONG:
        return ()
    return tuple(catalog.say("voice.hints", language, Channel.voice).split(", "))
