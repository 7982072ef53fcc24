"""The topics and the matcher: what is known, what is never said, and what a question leads to."""

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.catalog import Catalog
from flows.catalog import parse as parse_catalog
from flows.knowledge.match import NURSE, SAFETY, Match, match
from flows.knowledge.topics import Section, Topic, Topics, parse
from flows.segments import segments
from flows.words import Channel, Language
from tests.evaluation.questions_scorecard import AT_FIRST_SIGHT, NOBODY

CONTENT = Path(__file__).parents[2] / "flows/content"
EVALUATION = Path(__file__).parents[1] / "evaluation"
FILES = {p.name: p.read_text(encoding="utf-8") for p in sorted(CONTENT.glob("topics*.toml"))}
TOPICS = parse(FILES | {"common": (CONTENT / "lexicon_common.toml").read_text(encoding="utf-8")})
CATALOG = parse_catalog(FILES)
PLACES = list(product(Language, Channel))


def rows(name: str) -> list[list[str]]:
    """The rows of one set of questions."""
    return [line.split("\t") for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(params=list(TOPICS), ids=lambda topic: str(topic.id))
def topic(request: pytest.FixtureRequest) -> Topic:
    """Each topic in turn."""
    found: Topic = request.param
    return found


def test_there_are_enough_topics_on_every_shelf() -> None:
    """At least 45 topics, and no empty section."""
    assert len(TOPICS) >= 45
    assert all(TOPICS.section(section) for section in Section)
    assert sum(len(TOPICS.section(section)) for section in Section) == len(TOPICS)


def test_a_topic_can_be_said_in_full(topic: Topic) -> None:
    """Every part of a topic has words in each language and channel."""
    for key, (language, channel) in product(topic.keys, PLACES):
        assert CATALOG.say(key, language, channel, {"emergency": "911"})


@pytest.mark.parametrize("language", Language)
def test_topics_are_found_by_their_own_questions(language: Language) -> None:
    """Of the known questions, 97 in 100 lead to their topic, offer it, or name a medicine and lead to a nurse."""
    known = [(topic.id, question) for topic in TOPICS for question in topic.questions[language]]
    missed = [q for topic, q in known if not {topic, NURSE} & {(m := match(q, TOPICS, language)).topic, *m.offered}]
    assert len(missed) <= 0.03 * len(known), missed


def test_most_replies_are_short() -> None:
    """The median answer takes at most two parts in English and four in Spanish."""
    for language, most in ((Language.en, 2), (Language.es, 4)):
        counts = sorted(segments(CATALOG.say(t.answer, language, Channel.sms, {"emergency": "911"})) for t in TOPICS)
        assert counts[len(counts) // 2] <= most


def test_side_effects_end_with_what_to_do_now() -> None:
    """Every answer about a side effect says what to do if it is happening, and none leaves it to a window."""
    for found in TOPICS.section(Section.side_effects):
        for language, channel in PLACES:
            words = CATALOG.say(found.answer, language, channel, {"emergency": "the emergency number"})
            assert "the emergency number" in words, found.id


# What the seeds have wrong or out of date, and what must never be said (reference A3, G4).
NEVER_SAID = [
    r"certified", r"few dozen", r"genetic test", r"up to two weeks after", r"\b8 weeks\b(?!\.)", r"don't worry",
    r"do not worry",
    r"no se preocupe", r"be strong", r"sea fuerte", r"normal side effect", r"[ÁñÊÓÆ]{3}", r"grade [1-4]\b", r"\bmg\b",
    r"1-844-459-6742", r"1-888-805-4555", r"1-800-559-7875", r"800-675-8416", r"888-999-6743", r"DRG", r"NTAP",
    r"monoclonal",
]  # fmt: skip


@pytest.mark.parametrize("pattern", NEVER_SAID)
def test_what_is_wrong_or_unsafe_is_never_said(pattern: str) -> None:
    """No answer repeats what the sources have wrong, an unconfirmed number, a dose, a grade or a comfort."""
    for key, (language, channel) in product(CATALOG.messages, PLACES):
        words = CATALOG.messages[key].texts.get((language, channel), "")
        assert not re.search(pattern, words), key


# The numbered facts of the reference that concern a patient, each with words that show it is said.
FACTS = [
    ("what_is", "T cells"), ("what_is", "lab"), ("living_drug", "living drug"), ("own_cells", "one person"),
    ("how_it_works", "lock and a key"), ("gene_therapy", "gene therapy"), ("target_test", "test the cancer cells"),
    ("collection", "2 to 4 hours"), ("tingling", "calcium"), ("making", "2 to 6 weeks"), ("making", "frozen"),
    ("chemo", "low dose chemo"), ("infusion", "30 to 60 minutes"), ("infusion", "two days"),
    ("after_infusion", "watched"), ("how_long", "weeks"), ("kymriah", "up to age 25"),
    ("yescarta", "large B-cell"), ("abroad", "not approved by the FDA"), ("cancers_treated", "multiple myeloma"),
    ("leukemia", "came back"), ("children", "B-ALL"), ("trials", "pays for the drug"), ("crs", "fever"),
    ("crs", "rash"), ("crs_when", "can start later"), ("nerves", "seizure"),
    ("nerves_when", "with or without a fever"), ("treated", "spot these reactions early"),
    ("side_effects", "hospital"), ("driving", "until your CAR T team says"), ("driving", "8 weeks"),
    ("report", "right away"), ("cost", "$475,000"), ("cost", "$500,000"), ("coverage", "not all"),
    ("medicaid", "your state"), ("cost_questions", "deductible"), ("hospital_people", "nurse navigator"),
    ("travel", "caregiver"), ("directory", "888-793-9355"), ("directory", "1-800-227-2345"),
    ("where_given", "special training"), ("webinars", "email"), ("booklets", "booklets"),
    ("second_opinion", "another cancer doctor"), ("choose_provider", "trained"), ("stay_near", "At least 2 weeks"),
    ("headache", "either"), ("medicare", "rules are met"), ("trials", "trial"), ("trial_cost", "drug is paid"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), FACTS)
def test_the_facts_that_concern_a_patient_are_told(name: str, words: str) -> None:
    """Each fact of the reference stands in the topic that a patient would look under."""
    parts = [CATALOG.say(key, Language.en, Channel.sms, {"emergency": "911"}) for key in TOPICS[name].keys]
    assert words in " ".join(parts)


def test_the_facts_are_near_the_top_of_their_shelf() -> None:
    """A list shows six titles at a time: two pages of a section are within four replies of the main menu."""
    for name, _ in FACTS:
        shelf = [topic.id for topic in TOPICS.section(TOPICS[name].section)]
        assert shelf.index(name) < 12 or name == "leukemia", name


def share(name: str, language: Language) -> tuple[float, float, float]:
    """Right at once or first offered; right among the two; answered wrongly."""
    first = offered = wrong = 0
    asked = rows(name)
    for wanted, question in asked:
        right, found = wanted.split("|"), match(question, TOPICS, language)
        best = found.topic or (found.offered[0] if found.offered else None)
        first += best in right
        offered += any(one in right for one in (found.topic, *found.offered))
        wrong += found.topic is not None and found.topic not in right
    return first / len(asked), offered / len(asked), wrong / len(asked)


@pytest.mark.parametrize(("name", "language"), list(product(AT_FIRST_SIGHT, Language)))
def test_people_find_the_right_topic(name: str, language: Language) -> None:
    """The right topic comes first in 85 of 100 questions, is offered in 93, and a wrong one is given in at most 3."""
    first, offered, wrong = share(f"{name}_{language}.tsv", language)
    assert first >= 0.85
    assert offered >= 0.93
    assert wrong <= 0.03


def test_questions_on_medicines_lead_to_a_nurse() -> None:
    """A medicine or a dose is always a question for a nurse."""
    for language, question in rows("questions_medicine.tsv"):
        assert match(question, TOPICS, Language(language)).topic == NURSE, question


ER_OR_WAIT = [
    "should i take him to the ER or wait", "do i go to the emergency room or sleep on it",
    "should we drive her to the er",
    "is it ok to wait for the clinic to open", "should i take mom to the hospital tonight", "er or wait til tomorrow?",
    "can i drive him to emergency myself",
    "lo llevo a urgencias o me espero", "vamos a emergencias o esperamos a mañana", "será que la llevo al hospital",
    "puedo esperar hasta mañana para ir a urgencias",
]  # fmt: skip


@pytest.mark.parametrize("question", ER_OR_WAIT)
def test_whether_to_go_to_the_er_gets_the_safety_line(question: str) -> None:
    """Go or wait is never a question on medicines, nor a choice of two: do not wait, in one part of a text."""
    assert match(question, TOPICS).topic == SAFETY
    for language in Language:
        assert segments(CATALOG.say(TOPICS[SAFETY].answer, language, Channel.sms, {"emergency": "911"})) == 1


@pytest.mark.parametrize(
    "question", ["should i take him off his prednisone", "can i give her tylenol", "can he take it"]
)
def test_a_medicine_given_to_somebody_is_still_a_medicine(question: str) -> None:
    """Taking a person somewhere is no medicine; taking a person off one is."""
    assert match(question, TOPICS).topic == NURSE


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("the copay for my eliquis is high, can i take half", NURSE), ("el copago de mi pastilla de 5 mg", NURSE),
        ("the copay for my eliquis is too high", "copay"), ("puedo tomar una copita de vino", "daily_life"),
        ("hay medicina para los efectos secundarios", "treated"), ("hay medicina para la náusea", NURSE),
        ("puedo tomar tylenol con una cervecita", NURSE),
    ],
)  # fmt: skip
def test_a_price_or_a_drink_is_no_medicine_unless_one_is_taken_too(question: str, topic: str) -> None:
    """What a medicine costs and a glass of wine have their answers; taking one, or how much, is for a nurse."""
    found = match(question, TOPICS)
    assert (found.topic or found.offered[0]) == topic


def test_questions_without_an_answer_get_none() -> None:
    """At least nine of ten questions that no topic answers are left to a person."""
    asked = [row for name in NOBODY for row in rows(f"{name}.tsv")]
    silent = [q for language, q in asked if match(q, TOPICS, Language(language)).topic in (None, NURSE)]
    assert len(silent) >= 0.9 * len(asked)


@given(st.text(max_size=1600))
@settings(max_examples=50)
def test_any_text_can_be_asked(text: str) -> None:
    """No bytes break the matcher, and what it names is a topic."""
    found = match(text, TOPICS)
    assert found.topic is None or found.topic in TOPICS
    assert set(found.offered) <= set(TOPICS.by_id)


def test_an_empty_question_has_no_answer() -> None:
    """Nothing asked, nothing answered."""
    assert match("", TOPICS) == Match()


def test_the_catalog_and_the_topics_agree() -> None:
    """Every part of every topic is a message, and every such message belongs to a topic."""
    keys = {key for topic in TOPICS for key in topic.keys}
    assert {key for key in CATALOG.messages if key.startswith("topic.")} == keys


def test_topics_without_matching_tables_still_browse() -> None:
    """The menus need no matcher."""
    found: Topics = parse({"a.toml": FILES["topics_process.toml"]})
    assert found.section(Section.process)
    assert isinstance(CATALOG, Catalog)
