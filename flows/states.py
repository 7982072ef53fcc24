"""The states of a conversation, and which of them are questions."""

from enum import StrEnum


class State(StrEnum):
    """What we last said and so what an answer would mean. Name equals value: `transitions` looks states up by name."""

    start = "start"
    menu = "menu"
    sections = "sections"
    section = "section"
    topic = "topic"
    offer = "offer"
    cost_guide = "cost_guide"
    person = "person"
    what_is_wrong = "what_is_wrong"
    asking = "asking"
    called_911 = "called_911"
    where = "where"
    deciding = "deciding"
    patient_name = "patient_name"
    infusion_date = "infusion_date"
    age_group = "age_group"
    product = "product"
    waiting = "waiting"
    anything_new = "anything_new"
    danger_words = "danger_words"
    thinking_year = "thinking_year"
    thinking_month = "thinking_month"
    thinking_count = "thinking_count"


# The questions after a page, in this order: three that a specialist needs first, then those that find the chart.
AFTER_PAGE = (
    State.called_911,
    State.where,
    State.deciding,
    State.patient_name,
    State.infusion_date,
    State.age_group,
    State.product,
)
THINKING = (State.thinking_year, State.thinking_month, State.thinking_count)
# Where nothing is asked, so that a text is a question or a new matter.
RESTING = (State.start, State.menu, State.sections, State.section, State.topic, State.waiting)
