"""The conversation as one table: which event, in which state, leads where, and what it does. Read it from the top.

What may happen everywhere stands first, so that no state can forget it: danger, a doubt, an opt-out, a plea, a person.
Events are named by `recognise`; what the rows do stands in `everywhere`, `check`, `menus` and `thinking`. A row that
ends in `waiting` inside a case is followed by the event `next`, which asks whatever is still open.
"""

from collections.abc import Callable

from transitions import EventData

from flows.dialogue import calls, check, cost, everywhere, keywords, menus, reports, thinking
from flows.dialogue.draft import draft_of
from flows.dialogue.questions import next_is
from flows.machine import machine, row
from flows.states import AFTER_PAGE, RESTING, THINKING, State
from flows.words import Language, Level


def chose(*choices: str) -> Callable[[EventData], bool]:
    """A guard: is the answer one of these?"""

    def guard(event: EventData) -> bool:
        return draft_of(event).choice in choices

    return guard


def in_case(event: EventData) -> bool:
    """A guard: is a case open for this patient that is paged for?"""
    case = draft_of(event).conversation.case
    return case is not None and case.level >= Level.URGENT


def mild_and_day_unknown(event: EventData) -> bool:
    """A guard: was a soft sign answered mildly, and do we not know the day?"""
    return undecided(event) and draft_of(event).conversation.circumstances.day is None


def undecided(event: EventData) -> bool:
    """A guard: does a soft sign of this patient wait for its deciding answer?"""
    case = draft_of(event).conversation.case
    return case is not None and not case.decided


def listed(event: EventData) -> bool:
    """A guard: does the centre know this number?"""
    return draft_of(event).conversation.circumstances.listed


def first_time(event: EventData) -> bool:
    """A guard: is this the first answer in a row that we could not read?"""
    return draft_of(event).conversation.misread == 0


# Where an answer is awaited: a thank-you or an OK is none.
QUESTIONS = (
    *AFTER_PAGE,
    *THINKING,
    State.asking,
    State.danger_words,
    State.what_is_wrong,
    State.person,
    State.anything_new,
)

EVERYWHERE = [
    row("danger", "*", State.waiting, do=everywhere.danger),
    row("doubt", "*", State.asking, do=everywhere.doubt),
    row("just_ask", "*", State.asking, do=everywhere.just_ask),
    row("quiet_doubt", "*", None, do=everywhere.quiet_doubt),
    row("muted", "*", None),
    row("stop", "*", State.start, do=keywords.stop),
    row("may_be_stop", "*", None, do=keywords.may_be_stop),
    row("start", "*", State.waiting, when=in_case, do=keywords.start_in_case),
    row("start", "*", State.menu, do=keywords.start),
    row("wrong_number", "*", State.start, do=keywords.wrong_number),
    row("help", "*", State.asking, do=keywords.help_),
    row("told_911", "*", State.waiting, when=in_case, do=everywhere.told_911),
    row("told_911", "*", State.asking, do=everywhere.just_ask),
    row("cannot_call", "*", State.waiting, do=everywhere.cannot_call),
    row("died", "*", State.waiting, do=everywhere.died),
    row("may_be_dead", "*", State.waiting, do=everywhere.may_be_dead),
    row("age", "*", State.waiting, when=in_case, do=reports.corrected_age),
    row("age", "*", None, do=reports.corrected_age),
    row("better", "*", State.waiting, when=in_case, do=reports.better),
    row("better", "*", None, do=reports.better),
    row("worse", "*", State.waiting, do=reports.worse),
    row("in_hospital", "*", State.waiting, when=in_case, do=reports.in_hospital),
    row("in_hospital", "*", None, do=reports.in_hospital),
    row("flood", "*", None, do=keywords.flood),
    row("foreign", "*", State.person, do=keywords.foreign),
    row("other_center", "*", State.waiting, when=in_case, do=everywhere.other_center),
    row("other_center", "*", State.what_is_wrong, do=everywhere.other_center_first),
    row("relay", State.anything_new, State.waiting, do=everywhere.relay),
    row("relay", "*", None, do=everywhere.relay),
    row("uncalled", State.anything_new, State.waiting, do=everywhere.asks_after),
    row("uncalled", "*", None, do=everywhere.asks_after),
    row("status", State.anything_new, State.waiting, do=everywhere.asks_after),
    row("status", "*", None, do=everywhere.asks_after),
    row("mistake", "*", None, do=everywhere.mistake),
    row("thanks", QUESTIONS, None, do=keywords.ask_again),
    row("thanks", "*", None, when=in_case, do=everywhere.status),
    row("thanks", "*", None, do=keywords.thanks),
    row("person", "*", State.waiting, when=in_case, do=everywhere.asks_after),
    row("person", "*", State.person, do=menus.asked_for_person),
    row("other_language", "*", None, do=keywords.other_language),
    row("english", "*", None, do=keywords.switch(Language.en)),
    row("spanish", "*", None, do=keywords.switch(Language.es)),
    row("mention", "*", None, do=everywhere.mention),
    row("question", (*RESTING, State.offer), State.topic, do=everywhere.question),
    row("question", "*", None, do=everywhere.question),
    row("offer", (*RESTING, State.offer), State.offer, do=menus.offer),
    row("offer", "*", None, do=everywhere.misread),
    row("no_answer", "*", State.menu, do=menus.no_answer),
    row("media", "*", None, do=everywhere.media),
    row("back", State.topic, State.section, do=menus.back),
    row("back", State.section, State.sections, do=menus.sections_again),
    row("more", State.topic, None, do=menus.more),
    row("more", State.section, None, do=menus.more),
    row("menu", "*", State.menu, do=menus.menu),
    row("back", "*", State.menu, do=menus.menu),
    row("more", "*", State.menu, do=menus.menu),
    row("hello", State.start, State.menu, do=menus.welcome),
    row("hello", QUESTIONS, None, do=keywords.ask_again),
    row("hello", "*", None, when=in_case, do=everywhere.status),
    row("hello", "*", State.menu, do=menus.menu),
]

# The questions before any page: a call that ends in one of them is picked up again.
CHECKED = (State.what_is_wrong, State.asking, State.danger_words, *THINKING)

MENUS = [
    row("answer", State.menu, State.what_is_wrong, when=chose("sick"), do=check.begin),
    row("answer", State.menu, State.sections, when=chose("about", "cost"), do=menus.browse),
    row("answer", State.menu, State.person, when=chose("person"), do=menus.ask_person),
    row("answer", State.menu, None, do=keywords.other_language),
    row("answer", State.sections, State.cost_guide, when=chose(cost.GUIDE), do=cost.begin),
    row("answer", State.sections, State.section, do=menus.open_section),
    row("answer", State.cost_guide, State.menu, when=cost.is_last, do=cost.list_helpers),
    row("answer", State.cost_guide, None, do=cost.go_on),
    row("misread", State.cost_guide, None, when=first_time, do=cost.again),
    row("answer", State.section, State.topic, do=menus.topic),
    row("answer", State.topic, State.topic, do=menus.topic),
    row("answer", State.offer, State.topic, do=menus.topic),
    row("answer", State.person, State.waiting, when=chose("sick"), do=menus.page_for_person),
    row("answer", State.person, State.menu, do=menus.task_for_person),
    row("misread", State.person, None, when=first_time, do=check.again),
    row("misread", State.person, State.menu, do=menus.task_for_person),
]

CHECK = [
    row("answer", State.what_is_wrong, State.danger_words, do=check.nothing_named),
    row("misread", State.what_is_wrong, None, when=first_time, do=check.again),
    row("misread", State.what_is_wrong, State.danger_words, do=check.nothing_named),
    row("answer", State.asking, State.waiting, when=chose("yes"), do=check.doubtful),
    row("answer", State.asking, State.infusion_date, when=mild_and_day_unknown, do=check.mild_then_date),
    row("answer", State.asking, State.menu, when=undecided, do=check.mild),
    row("answer", State.asking, State.danger_words, do=check.mild),
    row("misread", State.asking, State.menu, when=check.never_made_sense, do=everywhere.misread),
    row("misread", State.asking, State.waiting, do=check.doubtful),
    row("answer", State.danger_words, State.waiting, when=chose("yes"), do=check.danger_words),
    row("answer", State.danger_words, State.thinking_year, when=check.wants_thinking, do=check.no_danger_words),
    row("answer", State.danger_words, State.menu, do=check.no_danger_words),
    row("misread", State.danger_words, None, when=first_time, do=check.again),
    row("misread", State.danger_words, State.waiting, do=check.danger_words),
]

AFTER = [
    row("answer", State.called_911, State.waiting, do=check.called_911),
    row("answer", State.where, State.waiting, do=check.where),
    row("answer", State.deciding, State.waiting, do=check.deciding),
    row("answer", State.infusion_date, State.waiting, when=in_case, do=check.infusion),
    row("answer", State.infusion_date, State.menu, do=check.infusion_of_task),
    row("answer", State.age_group, State.waiting, do=check.age_group),
    row("answer", State.product, State.waiting, do=check.product),
    row("answer", State.patient_name, State.waiting, do=check.kept),
    row("misread", AFTER_PAGE, None, when=first_time, do=check.again),
    row("misread", State.patient_name, State.waiting, do=reports.no_name),
    row("misread", [state for state in AFTER_PAGE if state is not State.patient_name], State.waiting, do=check.kept),
    *(row("next", State.waiting, state, when=next_is(state), do=check.ask_next) for state in AFTER_PAGE),
    row("next", State.waiting, State.waiting, do=check.ask_next),
    row("misread", State.waiting, None, when=in_case, do=everywhere.noted),
]

THINK = [
    row("answer", THINKING, State.waiting, when=thinking.missed, do=thinking.page),
    row("answer", THINKING, None, when=thinking.miss, do=thinking.again),
    row("answer", State.thinking_year, State.thinking_month, do=thinking.next_item),
    row("answer", State.thinking_month, State.thinking_count, do=thinking.next_item),
    row("answer", State.thinking_count, State.menu, do=thinking.done),
]

SILENCE = [
    row("silence", State.called_911, State.waiting, do=check.silence_911),
    row("silence", AFTER_PAGE[1:], State.waiting, do=check.silence_after_page),
    row("silence", State.asking, State.menu, when=check.never_made_sense, do=check.silence_unread),
    row("silence", (State.asking, State.danger_words, *THINKING), State.waiting, do=check.silence_in_doubt),
    row("silence", State.what_is_wrong, State.waiting, do=check.silence_unfinished),
    row("silence", State.person, State.waiting, when=listed, do=menus.page_for_person),
    row("silence", State.person, State.menu, do=menus.task_for_person),
    row("silence", "*", None),
]

# Who calls back while somebody is paged for them is asked what is new, and then waits.
BACK = [
    row("answer", State.anything_new, None, when=chose("yes"), do=calls.something_new),
    row("answer", State.anything_new, State.waiting, when=in_case, do=calls.nothing_new),
    row("misread", State.anything_new, State.waiting, when=in_case, do=everywhere.noted),
]

# On the phone: the first prompt, silence heard twice, and a call that ends in the middle.
CALLS = [
    row("call", "*", State.anything_new, when=calls.waits_for_human, do=calls.back),
    row("call", "*", State.menu, do=calls.entry),
    row("quiet", AFTER_PAGE, State.waiting, do=calls.quiet_after_page),
    row("quiet", (State.asking, State.danger_words, *THINKING), State.waiting, do=check.silence_in_doubt),
    row("quiet", State.anything_new, State.waiting),
    row("quiet", State.person, State.waiting, when=calls.someone_there, do=menus.page_for_person),
    row("quiet", State.person, State.menu, do=calls.silent_line),
    row("quiet", State.waiting, None, when=in_case),
    row("quiet", "*", State.person, do=menus.ask_person),
    row("hung_up", (*CHECKED, State.person), State.waiting, when=calls.worrying, do=calls.broken_off),
    row("hung_up", CHECKED, State.menu, do=calls.unfinished),
    row("hung_up", State.person, State.menu, do=menus.task_for_person),
    row("hung_up", "*", None),
]

LAST = [row("misread", "*", State.menu, do=everywhere.misread)]
TABLE = [*EVERYWHERE, *MENUS, *CHECK, *AFTER, *THINK, *SILENCE, *BACK, *CALLS, *LAST]
DIALOGUE = machine(State, TABLE, State.start)
# After these, whatever is still open in a case is asked; the others leave a question that stands where it is.
ASKS_NEXT = frozenset(
    "danger told_911 cannot_call may_be_dead other_center answer misread age better worse in_hospital".split()
)
