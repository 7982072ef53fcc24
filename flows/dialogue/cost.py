"""What the rows of the cost guide do: four questions, one at a time, then whom to call, in the right order."""

from transitions import EventData

from flows.dialogue.draft import Draft, draft_of
from flows.knowledge.cost_guide import QUESTIONS, next_question, said
from flows.words import Channel

GUIDE = "guide"


def begin(event: EventData) -> None:
    """From the beginning, whatever was answered another time."""
    draft = draft_of(event)
    draft.conversation.answers = {
        name: answer for name, answer in draft.conversation.answers.items() if name not in QUESTIONS
    }
    ask(draft)


def asked(draft: Draft) -> str | None:
    """The question that is open; it is also the name of its menu."""
    return next_question(draft.conversation.answers)


def ask(draft: Draft) -> None:
    """Ask what is not known yet."""
    if question := asked(draft):
        draft.say(question)


def keep(draft: Draft) -> None:
    """The choice as the answer to the open question."""
    if question := asked(draft):
        draft.conversation.answers[question] = draft.choice


def is_last(event: EventData) -> bool:
    """A guard: does this answer complete the guide?"""
    draft = draft_of(event)
    question = asked(draft)
    return question is None or next_question(draft.conversation.answers | {question: draft.choice}) is None


def go_on(event: EventData) -> None:
    """Keep the answer and ask the next question."""
    draft = draft_of(event)
    keep(draft)
    ask(draft)


def list_helpers(event: EventData) -> None:
    """What to know first, then whom to call; lines that are closed now are named as closed."""
    draft = draft_of(event)
    keep(draft)
    for key in said(draft.conversation.answers, draft.library.topics.directory, draft.now):
        draft.say(key)
    if draft.conversation.channel is Channel.voice:
        draft.say("cost_text_offer")


def again(event: EventData) -> None:
    """An answer that we could not read: the same question once more."""
    draft = draft_of(event)
    draft.conversation.misread += 1
    ask(draft)
