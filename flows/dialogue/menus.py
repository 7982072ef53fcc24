"""What the rows of the menus do: the main menu, the lists of topics, a topic, a person."""

from transitions import EventData

from flows.dialogue.cost import GUIDE
from flows.dialogue.draft import Draft, draft_of
from flows.dialogue.everywhere import escalate, tell_owner
from flows.knowledge.topics import Section, Topic
from flows.model import Unanswered
from flows.states import State
from flows.words import Language, Level

SHELVES = {
    "about": (Section.about, Section.eligibility, Section.process, Section.side_effects, Section.recovery),
    "cost": (Section.cost, Section.support),
}
PAGE = 6  # titles in one list: more do not fit in a text, nor in an ear


def welcome(event: EventData) -> None:
    """First contact: who we are, the emergency line, the menu, how to stop."""
    draft_of(event).say("welcome")


def menu(event: EventData) -> None:
    """The main menu."""
    draft_of(event).say("menu")


def browse(event: EventData) -> None:
    """The treatment, or the cost: which part of it?"""
    draft = draft_of(event)
    draft.conversation.answers["shelf"] = draft.choice
    list_sections(draft)


def sections_again(event: EventData) -> None:
    """Back from a list of topics to the list of sections."""
    list_sections(draft_of(event))


def shelf(draft: Draft) -> tuple[Section, ...]:
    """The sections of what is being browsed."""
    return SHELVES.get(draft.conversation.answers.get("shelf", "about"), SHELVES["about"])


def entries(draft: Draft) -> list[str]:
    """What the list of sections offers: the sections, and behind those on cost the guide to whom to call."""
    guide = [GUIDE] if shelf(draft) == SHELVES["cost"] else []
    return [*(section.value for section in shelf(draft)), *guide]


def list_sections(draft: Draft) -> None:
    """Say the numbered sections."""
    language = draft.conversation.language or Language.en
    catalog, channel = draft.library.catalog, draft.conversation.channel
    names = [catalog.say(f"section.{section}", language, channel) for section in entries(draft)]
    draft.say("topics", titles=numbered(names))


def open_section(event: EventData) -> None:
    """The first page of a section's topics."""
    draft = draft_of(event)
    draft.conversation.answers |= {"section": draft.choice, "page": "0"}
    list_topics(draft)


def more(event: EventData) -> None:
    """More of a topic that has another part; else the next page of the list."""
    draft = draft_of(event)
    answers = draft.conversation.answers
    part = int(answers.get("part", "1")) + 1
    key = f"topic.{answers.get('topic')}.{part}"
    if draft.conversation.state is State.topic and draft.library.catalog.has(key):
        answers["part"] = str(part)
        draft.say(key)
        return
    pages = max((len(listed(draft)) - 1) // PAGE + 1, 1)
    answers["page"] = str((int(answers.get("page", "0")) + 1) % pages)
    list_topics(draft)


def back(event: EventData) -> None:
    """From a topic to its list."""
    list_topics(draft_of(event))


def listed(draft: Draft) -> list[Topic]:
    """All topics of the section that is open."""
    name = draft.conversation.answers.get("section", "")
    section = Section(name) if name in Section.__members__ else Section.about
    return list(draft.library.topics.section(section))


def shown(draft: Draft) -> list[Topic]:
    """The topics of the page that is open, in the order of their numbers."""
    start = int(draft.conversation.answers.get("page", "0")) * PAGE
    return listed(draft)[start : start + PAGE]


def list_topics(draft: Draft) -> None:
    """Say the numbered titles; MORE where there are more."""
    language = draft.conversation.language or Language.en
    titles = numbered([topic.title(language) for topic in shown(draft)])
    draft.say("topics_more" if len(listed(draft)) > PAGE else "topics", titles=titles)


def numbered(names: list[str]) -> str:
    """ "1 What it is, 2 Who can get it"."""
    return ", ".join(f"{number} {name}" for number, name in enumerate(names, start=1))


def topic(event: EventData) -> None:
    """One topic, by its number in the list."""
    draft = draft_of(event)
    draft.conversation.answers |= {"topic": draft.choice, "part": "1"}
    draft.say(f"topic.{draft.choice}")


def offer(event: EventData) -> None:
    """Not sure which answer is wanted: the best two, to choose from."""
    draft = draft_of(event)
    language = draft.conversation.language or Language.en
    draft.conversation.answers["offered"] = draft.choice
    titles = [draft.library.topics[one].title(language) for one in draft.choice.split(",")]
    if len(titles) > 1:
        draft.say("topic_which", first=titles[0], second=titles[1])
    else:
        draft.say("topic_perhaps", first=titles[0])


def no_answer(event: EventData) -> None:
    """A question without an approved answer: said so, kept for content work, and a person offered."""
    draft = draft_of(event)
    draft.do(Unanswered(draft.inbound.text))
    draft.say("topic_none")


def ask_person(event: EventData) -> None:
    """A person is wanted: is somebody sick or worried, or is it a question for the next work day?"""
    draft_of(event).say("person")


def asked_for_person(event: EventData) -> None:
    """They ask for a person in words: whoever has their case hears it as well."""
    tell_owner(event)
    ask_person(event)


def page_for_person(event: EventData) -> None:
    """Sick, worried, or silent after asking for a person: the on-call team."""
    draft = draft_of(event)
    rule = "person.silence" if draft.inbound.kind == "silence" else "person.sick"
    escalate(draft, Level.URGENT, (), (rule,))
    draft.say("urgent")


def task_for_person(event: EventData) -> None:
    """A question for people: a task for the next working day."""
    draft = draft_of(event)
    escalate(draft, Level.ROUTINE, (), ("person.question",))
    draft.say("call_next_day")
