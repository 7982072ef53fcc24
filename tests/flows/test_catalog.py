"""The catalog: what it says, what it understands, and everything that it refuses."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.catalog import Catalog, CatalogError, NotInCatalog, parse, sign
from flows.words import Channel, Language

TODAY = date(2026, 11, 21)
MENU = """
[menu.main]
sick = { digit = "1", en = ["sick", "symptom", "i feel sick"], es = ["enfermo", "síntoma", "me siento mal"] }
about = { digit = "2", en = ["treatment"], es = ["tratamiento"] }
cost = { digit = "3", en = ["cost", "money"], es = ["costo", "dinero"] }

[menu.yes_no]
yes = { digit = "1", en = ["yes", "y", "yeah"], es = ["sí"] }
no = { digit = "2", en = ["no", "nope"], es = ["no"] }
"""
GREETING = """
[message.greeting]
source = "G7"
menu = "main"
en.sms = "Hi {name}. 1 sick, 2 treatment, 3 cost."
en.voice = "Hi {name}. Sick? Press 1. Treatment? Press 2. Cost? Press 3."
es.sms = "Hola {name}. 1 enfermo, 2 terapia, 3 costo."
es.voice = "Hola {name}. ¿Enfermo? Oprima 1. ¿Terapia? Oprima 2. ¿Costo? Oprima 3."
"""


def signed(text: str) -> str:
    """A file as its reviewer leaves it."""
    return sign(text, TODAY, by="Dr. A. Example")


def catalog(text: str = MENU + GREETING) -> Catalog:
    """The catalog of one signed file."""
    return parse({"a.toml": signed(text)}, today=TODAY)


def problems(text: str, used: set[str] | None = None, more: Mapping[str, str] | None = None) -> str:
    """All that the gate says against one signed file."""
    with pytest.raises(CatalogError) as refused:
        parse({"a.toml": signed(text), **(more or {})}, used, TODAY)
    return str(refused.value)


def message(**fields: str) -> str:
    """One message, sound but for the fields given."""
    sound = {"en.sms": "Call us.", "en.voice": "Call us.", "es.sms": "Llame.", "es.voice": "Llame.", "source": "G7"}
    lines = [f'{name} = "{value}"' for name, value in {**sound, **fields}.items() if value]
    return "[message.a]\n" + "\n".join(lines) + "\n"


def test_it_says_a_key_in_each_language_and_channel() -> None:
    """A key, a language and a channel give the reviewed words with their values."""
    words = catalog().say("greeting", Language.es, Channel.sms, {"name": "Ana"})
    assert words == "Hola Ana. 1 enfermo, 2 terapia, 3 costo."


def test_values_lose_their_control_characters() -> None:
    """What a stranger typed cannot break a reply."""
    words = catalog().say("greeting", Language.en, Channel.sms, {"name": "A\x00\u202e\nna"})
    assert words.startswith("Hi A na.")


@pytest.mark.parametrize(("key", "values"), [("nothing", {}), ("greeting", {})])
def test_a_flow_that_asks_wrongly_fails_loudly(key: str, values: dict[str, str]) -> None:
    """An unknown key or a missing value is an error that names it, never a half sentence."""
    with pytest.raises(NotInCatalog, match=r"nothing|name"):
        catalog().say(key, Language.en, Channel.sms, values)


def test_the_version_follows_the_words() -> None:
    """Other words are another version; another review date is not."""
    assert catalog().version != catalog(MENU + GREETING.replace("Hola", "Buenas")).version
    assert catalog().version == parse({"a.toml": sign(MENU + GREETING, date(2026, 1, 1))}).version


ANSWERS = [
    ("main", "1", "sick"), ("main", " 1. ", "sick"), ("main", "1)", "sick"), ("main", "option 1", "sick"),
    ("main", "Press 3 please", "cost"), ("main", "one", "sick"), ("main", "uno", "sick"), ("main", "dos!", "about"),
    ("main", "la primera", "sick"), ("main", "the third one", None), ("main", "opción dos", "about"),
    ("main", "1️⃣", "sick"), ("main", "２", "about"), ("main", "COST", "cost"), ("main", "cots", "cost"),
    ("main", "traetment", "about"), ("main", "sintoma", "sick"), ("main", "Síntoma.", "sick"),
    ("main", "me siento mal", "sick"), ("main", "help with the cost", "cost"), ("main", "1 sick", "sick"),
    ("main", "1 cost", None), ("main", "cost and treatment", None), ("main", "im not sick", None),
    ("main", "4", None), ("main", "12", None), ("main", "2 weeks", None), ("main", "1 or 2", None), ("main", "", None),
    ("main", "911", None), ("main", "?", None), ("main", "i dont know, cost?", None),
    ("yes_no", "Yes.", "yes"), ("yes_no", "SI", "yes"), ("yes_no", "sí, claro", "yes"), ("yes_no", "no", "no"),
    ("yes_no", "no thanks", "no"), ("yes_no", "no gracias", "no"), ("yes_no", "no sé", None), ("yes_no", "no se", None),
    ("yes_no", "yes and no", None), ("yes_no", "not sure", None), ("yes_no", "yes i do", "yes"),
    ("yes_no", "yes but no fever", None), ("yes_no", "no i dont", "no"),
]  # fmt: skip


@pytest.mark.parametrize(("menu", "text", "choice"), ANSWERS)
def test_an_answer_means_one_choice_or_none(menu: str, text: str, choice: str | None) -> None:
    """Answers are read with their typos, accents, number words and padding; doubtful ones are not guessed."""
    assert catalog().choose(menu, text) == choice


@given(st.text(max_size=200))
def test_any_text_can_be_an_answer(text: str) -> None:
    """No bytes break the reading of an answer."""
    assert SOUND.choose("main", text) in {None, "sick", "about", "cost"}


SOUND = catalog()
REFUSED = [
    (message(**{"es.voice": ""}), "es.voice is missing"),
    (message(**{"en.sms": "  "}), "en.sms is missing"),
    (message(source=""), "has no source"),
    (message(**{"en.sms": "Call {name}."}), "sms: the languages differ in placeholders: name"),
    (message(**{"en.sms": "Call {0!r}."}), "not a plain placeholder"),
    (message(**{"en.sms": "It’s us."}), "letters outside GSM-7: ’"),
    (message(**{"en.sms": "a b c d e. " * 30}), "en.sms takes 3 segments, 2 allowed"),
    (message(kind="emergency", **{"es.sms": "Llame ya. " * 17}), "es.sms takes 2 segments, 1 allowed"),
    (message(**{"en.voice": "Comprehensive multidisciplinary evaluation necessitates hospitalization."}), "grade"),
    (
        message(**{"es.sms": "Evaluación imprescindible ante complicaciones neurológicas posteriores a infusiones."}),
        "reading ease",
    ),
    (message(**{"en.voice": "Call us now. " * 40}), "takes 48.0 s, 45 s allowed"),
    (message(kind="loud"), "'loud' is not a valid Kind"),
    (message(colour="red"), "unknown field colour"),
    (message(menu="nowhere"), "names a menu that is not there: nowhere"),
    (message(**{"en.sms": "Reply YES to go on."}), "asks for the reserved word YES"),
    (MENU + message(menu="yes_no"), "en.sms does not offer 1 of menu.yes_no"),
    (MENU + message(menu="yes_no", **{"en.sms": "1 yes, 2 no, 3 maybe"}), "offers 3, which menu.yes_no does not have"),
    (
        '[menu.m]\na = { digit = "1", en = ["x"], es = ["y"] }\nb = { digit = "1", en = ["z"], es = ["w"] }',
        "also means a",
    ),
    ('[menu.m]\na = { digit = "1", en = ["x"] }', "has no words in es"),
    ('[menu.m]\na = { digit = "12", en = ["x"], es = ["y"] }', "is not one key"),
    ('[menu.m]\na = { en = ["yes"], es = ["sí"] }', "reserved word in en"),
    ('[menu.m]\na = { digit = "1", en = ["cancel"], es = ["quitar"] }', "takes the opt-out word cancel"),
    ('[menu.m]\na = { digit = "1", en = ["now"], es = ["pronto"] }', "which pages the team"),
    ("[mesage.a]\nx = 1\n[menu.m]\n", "mesage: is no table"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_the_gate_refuses_unfit_words(text: str, why: str) -> None:
    """Each kind of unfit content is refused, with its place."""
    assert why in problems(text)


def test_everything_wrong_is_named_at_once() -> None:
    """One run of the gate names all problems, each with file and key."""
    found = problems(message(source="", **{"es.sms": "", "en.sms": "It’s {name}."}))
    assert len(found.splitlines()) >= 3
    assert all(line.startswith("a.toml: a: ") for line in found.splitlines())


def test_a_first_prompt_is_short() -> None:
    """Whoever calls hears how to get help within eight seconds."""
    slow = message(**{"en.voice": "We are very glad that you have called us here today. " * 2}) + "first = true\n"
    assert "8 s allowed" in problems(slow)


def test_words_changed_after_their_review_are_refused() -> None:
    """A changed text needs a new review; signing it again is enough."""
    reviewed = signed(message())
    changed = reviewed.replace("Call us.", "Phone us.")
    with pytest.raises(CatalogError, match="older than its words"):
        parse({"a.toml": changed})
    assert parse({"a.toml": signed(changed)}).has("a")


def test_a_file_without_a_review_is_refused() -> None:
    """Unreviewed words are never said."""
    with pytest.raises(CatalogError, match="does not say by whom"):
        parse({"a.toml": message()})


def test_the_keys_of_flows_and_files_must_agree() -> None:
    """A key that no flow says, and a flow's key that is in no file, are both refused; families may be named."""
    assert "is said by a flow but stands in no file" in problems(message(), {"a", "b"})
    assert "is said by no flow" in problems(message(), set())
    assert parse({"a.toml": signed(message())}, {"a.*", "a"}).has("a")


def test_a_key_may_stand_in_one_place_only() -> None:
    """The same key in two files is refused, since one of them would be lost."""
    assert "is also in" in problems(message(), more={"b.toml": signed(message())})


def test_a_broken_file_is_a_problem_among_others() -> None:
    """A file that is no TOML does not hide what else is wrong."""
    found = problems(message(source=""), more={"b.toml": "[message"})
    assert "b.toml: file: is no TOML" in found
    assert "has no source" in found


def test_files_of_other_readers_are_left_alone() -> None:
    """Limits and phrases have their own readers."""
    assert parse({"a.toml": signed(message()), "clinical.toml": "[limits]\nfever = 38.0\n"}).has("a")


ORGANIZATION = """
[organization.helpers]
name = "The Helpers"
phone = "1-800-555-0100"
source = "F"
checked = {checked}
en.does = "rides."
en.hours = "any time."
es.does = "viajes."
es.hours = "a toda hora."
"""


def test_a_directory_entry_becomes_a_line_and_grows_stale() -> None:
    """An organization is said in one line, digit by digit on the phone, and must have been checked in 92 days."""
    words = catalog(ORGANIZATION.replace("{checked}", "2026-11-01"))
    assert words.say("org.helpers", Language.en, Channel.sms) == "The Helpers: rides. 1-800-555-0100, any time."
    assert "8 0 0, 5 5 5" in words.say("org.helpers", Language.en, Channel.voice)
    assert "check it again" in problems(ORGANIZATION.replace("{checked}", "2026-08-20"))


TOPIC = """
[message.topic_more]
source = "G1"
en.sms = "Reply MORE."
en.voice = "Say more."
es.sms = "Responda MAS."
es.voice = "Diga más."
[topic.cells]
section = "about"
source = "A1.1"
en.title = "Cells"
en.answer = ["They are your cells.", "They fight."]
en.questions = ["what are they"]
es.title = "Células"
es.answer = ["Son sus células.", "Luchan."]
es.questions = ["qué son"]
"""


def test_a_topic_is_said_in_parts() -> None:
    """The parts of a topic are keys of their own, and all but the last say how to go on."""
    words = catalog(TOPIC)
    assert words.say("topic.cells", Language.en, Channel.sms) == "They are your cells. Reply MORE."
    assert words.say("topic.cells.2", Language.es, Channel.voice) == "Luchan."


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('["Son sus células.", "Luchan."]', '"Son sus células."', "as many in every language"),
        ("They fight.", "Reply 1.", "one channel only"),
        ('es.title = "Células"\n', "", "es.title is missing"),
        ('section = "about"', 'section = "about"\nclosing = "never"', "needs message.topic_closing_never"),
    ],
)
def test_an_unfit_topic_is_refused(old: str, new: str, why: str) -> None:
    """A topic is whole in both languages and makes sense in both channels."""
    assert why in problems(TOPIC.replace(old, new))
