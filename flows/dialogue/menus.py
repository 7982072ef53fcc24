"""What the rows of the menus do: the main menu, the lists of topics, a topic, a person."""

from transitions import EventData

from flows.dialogue.draft import Draft, draft_of
from flows.dialogue.everywhere import escalate
from flows.knowledge.topics import Section, Topic
from flows.words import Language, Level

SECTIONS = {
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
    """The first page of a list of topics."""
    draft = draft_of(event)
    draft.conversation.answers["section"] = draft.choice
    draft.conversation.answers["page"] = "0"
    list_topics(draft)


def more(event: EventData) -> None:
    """The next page of the list, or the list again after a topic."""
    draft = draft_of(event)
    answers = draft.conversation.answers
    last = (len(listed(draft)) - 1) // PAGE
    answers["page"] = str((int(answers.get("page", "0")) + 1) % (last + 1))
    list_topics(draft)


def back(event: EventData) -> None:
    """From a topic to its list."""
    list_topics(draft_of(event))


def listed(draft: Draft) -> list[Topic]:
    """All topics of the list that is open."""
    sections = SECTIONS.get(draft.conversation.answers.get("section", "about"), SECTIONS["about"])
    return [topic for section in sections for topic in draft.library.topics.section(section)]


def shown(draft: Draft) -> list[Topic]:
    """The topics of the page that is open, in the order of their numbers."""
    start = int(draft.conversation.answers.get("page", "0")) * PAGE
    return listed(draft)[start : start + PAGE]


def list_topics(draft: Draft) -> None:
    """Say the numbered titles; MORE where there are more."""
    language = draft.conversation.language or Language.en
    titles = [f"{number} {topic.title(language)}" for number, topic in enumerate(shown(draft), start=1)]
    draft.say("topics_more" if len(listed(draft)) > PAGE else "topics", titles=", ".join(titles))


def topic(event: EventData) -> None:
    """One topic, by its number in the list."""
    draft = draft_of(event)
    draft.conversation.answers["topic"] = draft.choice
    draft.say(f"topic.{draft.choice}")


def ask_person(event: EventData) -> None:
    """A person is wanted: is somebody sick or worried, or is it a question for the next work day?"""
    draft_of(event).say("person")


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
