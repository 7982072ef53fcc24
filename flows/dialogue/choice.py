"""What a text chose of what this state asked: a digit, a label, a word of a menu."""

from flows.dialogue.draft import Draft
from flows.dialogue.menus import entries, shown
from flows.dialogue.questions import is_yes_no
from flows.dialogue.told import is_question
from flows.knowledge.cost_guide import next_question
from flows.states import State

YES_NO = (State.asking, State.deciding, State.danger_words)
# Any words are an answer to these; where a menu fits them, its choice is.
MENU_OF = {
    State.menu: "main",
    State.person: "person",
    State.called_911: "called_911",
    State.where: "where",
    State.age_group: "age_group",
    State.product: "product",
    **dict.fromkeys(YES_NO, "yes_no"),
}
NO_CHOICE = ("english", "spanish", "hello", "thanks")
# A question is no answer to these, though it may name a choice.
NO_QUESTION = (State.called_911, State.where, State.age_group, State.person)


def choose(draft: Draft) -> str | None:
    """What the text chose of what this state asked, or None."""
    state, text = draft.conversation.state, draft.inbound.text
    if state is State.anything_new:
        # Only the whole of what was said: "no, he is worse" is news.
        return draft.library.catalog.means("anything_new", text)
    if state is State.offer:
        offered = draft.conversation.answers.get("offered", "").split(",")
        yes = draft.library.catalog.choose("yes_no", text) if len(offered) == 1 else None
        return _nth(offered, text) or (offered[0] if yes == "yes" else None)
    if state is State.sections:
        return _nth(entries(draft), text)
    if state in (State.section, State.topic):
        return _nth([topic.id for topic in shown(draft)], text)
    menu = next_question(draft.conversation.answers) if state is State.cost_guide else MENU_OF.get(state)
    asked = draft.conversation.answers.get("asked", "vague")
    if draft.library.catalog.means("anywhere", text) in NO_CHOICE:
        return None  # "no hablo inglés" is no "no", and "hola" is no "sola"
    if state in (State.asking, State.deciding) and not is_yes_no(draft.library.catalog, asked):
        return None
    if state in NO_QUESTION and is_question(text):
        return None  # "does the ER cost" says nothing of where they are
    return draft.library.catalog.choose(menu, text) if menu else None


def _nth(names: list[str], text: str) -> str | None:
    """The name that a typed or pressed number stands for."""
    number = text.strip().rstrip(".)")
    return names[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(names) else None
