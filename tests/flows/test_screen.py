"""The screen: danger signs in the words that people use, in English, Spanish and both."""

from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.screen import spelling
from flows.screen.evidence import About, Scope
from flows.screen.lexicon import Lexicon, LexiconError, parse
from flows.screen.pattern import Ground, Span
from flows.screen.read import read
from flows.triage import Circumstances, Disposition, triage
from flows.words import Level


def said(text: str, lexicon: Lexicon, day: int | None = None) -> Disposition:
    """What the rules say to a text."""
    reading = read(text, lexicon)
    return triage(reading.evidence, Circumstances(day=day), reading)


def signs(text: str, lexicon: Lexicon, scope: Scope = Scope.present) -> set[str]:
    """The signs that a text mentions in that way."""
    return {one.sign for one in read(text, lexicon).evidence if one.scope == scope}


def test_examples_of_the_lexicon(lexicon: Lexicon) -> None:
    """Every entry finds its own examples as present signs, and leaves alone what it says it must."""
    wrong = [
        example.text for example in lexicon.examples if (example.sign in signs(example.text, lexicon)) != example.found
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my dad has 102 fever and hes talking gibberish", Level.EMERGENCY),
        ("tiene calentura pero ya se le quitó con pastilla", Level.URGENT),
        ("bleeding won't stop", Level.EMERGENCY),
        ("tiene fever de 102", Level.URGENT),
        ("le dio un seizure", Level.EMERGENCY),
        ("está muy confused", Level.URGENT),
        ("no puede breathe", Level.EMERGENCY),
        ("her temp is one oh two point five", Level.URGENT),
        ("treinta y nueve y medio de temperatura", Level.URGENT),
        ("temperatura de 38,5", Level.URGENT),
        ("temp 102 4", Level.URGENT),
        ("oxygen is 89", Level.EMERGENCY),
        ("bp is 78 over 40", Level.EMERGENCY),
        ("presión 85 con 50", Level.URGENT),
        ("pulse 118", Level.URGENT),
        ("feeeever", Level.URGENT),
        ("shes confussed and shakking", Level.EMERGENCY),
        ("is it normal that he can't remember my name", Level.URGENT),
        ("probably nothing but my chest feels tight", Level.EMERGENCY),
        ("I don't want to bother anyone, only 100.6", Level.URGENT),
        ("911", Level.EMERGENCY),
        ("🆘", Level.EMERGENCY),
        ("AHORA", Level.URGENT),
    ],
)
def test_danger_is_found(text: str, level: Level, lexicon: Lexicon) -> None:
    """A danger sign gets at least its level from the table, whatever stands around it."""
    found = said(text, lexicon).level
    assert found is not None and found >= level


@pytest.mark.parametrize(
    "text",
    [
        "she can't talk to me",
        "pounding in my head on one side",
        "can't move on one side",
        "her breathing is out of control",
        "my balance is off",
        "shaking, and my head hurts",
        "he is gasping and dying for air",
        "it feels hard to take a deep breath",
        "fell in the shower",
        "no duerme del dolor de pecho",
        "forgetful, weakness so bad it is a struggle",
        "tired of waiting, now she has chest pain",
        "the bill confused me but he is confused and feverish",
    ],
)
def test_idioms_hide_no_sign(text: str, lexicon: Lexicon) -> None:
    """Words that are often an idiom are still read as a sign where they are none."""
    level = said(text, lexicon).level
    assert level is not None and level >= Level.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "confused about my bill",
        "thank you so much",
        "no fever no chills",
        "she denies fever, chills, cough or chest pain",
        "sin fiebre ni escalofríos",
        "not dizzy, not confused, no headache",
        "what is cytokine release syndrome?",
        "can car t cause seizures?",
        "I had a seizure in 2003 as a kid",
        "shaking my head at this bill",
        "I need to get this off my chest",
        "who do I call about parking",
        "gracias por todo",
        "36.5 todo bien",
        "bp 122/78",
        "room 102",
        "STOP",
    ],
)
def test_ordinary_texts_stay_quiet(text: str, lexicon: Lexicon) -> None:
    """An ordinary text, a denial, a question about the treatment or an opt-out pages nobody."""
    level = said(text, lexicon).level
    assert level is None or level < Level.URGENT


@pytest.mark.parametrize(
    ("text", "sign", "scope"),
    [
        ("no fever", "fever", Scope.negated),
        ("fever: no", "fever", Scope.negated),
        ("she is no longer confused", "confusion", Scope.resolved),
        ("the rash went away", "rash", Scope.resolved),
        ("I had chest pain last year", "chest_pain", Scope.past),
        ("what if I get a fever", "fever", Scope.hypothetical),
        ("do you have a fever?", "fever", Scope.hypothetical),
        ("how much is a seizure if my husband is having one right now", "seizure", Scope.present),
        ("¿el seguro paga si mi esposo está teniendo una convulsión ahora mismo?", "seizure", Scope.present),
        ("can't breathe", "breath", Scope.present),
        ("not breathing right", "breath", Scope.present),
        ("no despierta", "unresponsive", Scope.present),
        ("no puede hablar", "speech", Scope.present),
        ("dizzy again, like last year", "dizzy_bp", Scope.present),
        ("fainted on my paper round when I was fourteen", "dizzy_bp", Scope.past),
        ("me desmayé en la escuela cuando tenía quince", "dizzy_bp", Scope.past),
        ("had a seizure at 27, one and only", "seizure", Scope.past),
        ("mi abuelo tuvo un infarto en el 74", "chest_pain", Scope.past),
        ("she was confused in the hospital", "confusion", Scope.past),
        ("I had car t in 2023, fever since", "fever", Scope.present),
        ("I had chemo in 2022 and I am having chest pain", "chest_pain", Scope.present),
        ("he had seizures as a kid and he had one again", "seizure", Scope.present),
        ("dizzy like when I was 12", "dizzy_bp", Scope.present),
        ("he had a seizure an hour ago", "seizure", Scope.present),
        ("nothing hurting in my chest", "chest_pain", Scope.negated),
        ("he didn't pass out, he bent down", "dizzy_bp", Scope.negated),
        ("no se tambalea al caminar", "balance", Scope.negated),
        ("no, se desmayó", "dizzy_bp", Scope.present),
        ("no reaction to my voice", "unresponsive", Scope.present),
        ("the poster says a drooping face means stroke", "weakness", Scope.hypothetical),
        ("the booklet says stroke and my husband's face is drooping", "weakness", Scope.present),
        ("they told us to watch for tremors and she has tremors", "tremor", Scope.present),
        ("nos explicaron que da temblor", "tremor", Scope.hypothetical),
    ],
)
def test_scope(text: str, sign: str, scope: Scope, lexicon: Lexicon) -> None:
    """How a sign is mentioned is read from the words, ages and tenses around it; a "not" of its own is no denial."""
    assert sign in signs(text, lexicon, scope)
    assert scope == Scope.present or sign not in signs(text, lexicon)


@pytest.mark.parametrize(
    ("text", "opt_out"),
    [
        ("STOP", True),
        ("stop texting me please", True),
        ("no me escriban más", True),
        ("Cancelar", True),
        ("no mas mensajes", True),
        ("ALTO", True),
        ("i dont want these messages anymore", True),
        ("ya no quiero recibir mensajes", True),
        ("please stop", True),
        ("cancel my appointment", False),
        ("i want to stop living", False),
        ("no para de sangrar", False),
        ("bleeding won't stop", False),
        ("make it stop", False),
        ("I want it to end", False),
        ("can't quit shaking", False),
        ("la presión está alta", False),
    ],
)
def test_opt_out_is_whole_or_plain(text: str, opt_out: bool, lexicon: Lexicon) -> None:
    """Only a message that is nothing but the wish for no more texts opts out."""
    assert read(text, lexicon).opt_out is opt_out


@pytest.mark.parametrize(
    ("text", "plea"),
    [
        ("help", "help"),
        ("AYUDA por favor", "help"),
        ("NOW", "now"),
        ("urgente", "now"),
        ("911", "emergency"),
        ("call me", "person"),
        ("quiero hablar con una persona", "person"),
        ("status", "status"),
        ("my helper is here", None),
    ],
)
def test_pleas(text: str, plea: str | None, lexicon: Lexicon) -> None:
    """A bare cry for help is told from a sentence that has the word in it."""
    assert read(text, lexicon).plea == plea


@pytest.mark.parametrize(
    ("text", "product"), [("car vicky in march", "carvykti"), ("yes carta", "yescarta"), ("x", None)]
)
def test_products(text: str, product: str | None, lexicon: Lexicon) -> None:
    """A product is known by its name and by how people and phones spell it."""
    assert read(text, lexicon).product == product


@pytest.mark.parametrize("text", ["", "   ", "....", "sdfkjhsdf", "aaaa", "ksjdhf qwrt"])
def test_unreadable(text: str, lexicon: Lexicon) -> None:
    """Nothing, and letters struck at random, are told from words that are only unknown."""
    assert read(text, lexicon).unreadable
    assert not read("buongiorno", lexicon).unreadable


def test_caregiver(lexicon: Lexicon) -> None:
    """A text about somebody else is known as one."""
    assert read("my husband has a fever", lexicon).caregiver
    assert not read("I have a fever", lexicon).caregiver


@given(st.text(max_size=1600))
@example("\ud800 fever \0 \u202e")
@example("‮no puedo respirar")
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read(lexicon: Lexicon, text: str) -> None:
    """No text of any characters makes the screen fail."""
    assert said(text, lexicon) is not None


def test_bad_lexicon_is_refused_with_everything() -> None:
    """A lexicon with faults is refused, and all of them are named."""
    with pytest.raises(LexiconError, match=r"a\.toml.*b\.toml.*no concept <gone>"):
        parse({"a.toml": "][", "b.toml": "concept.x.fr = 'y'", "c.toml": '[[sign]]\nid="z"\nphrases="<gone> x"'})


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("my husband has a fever", About.other),
        ("I have a fever", About.self),
        ("me duele el pecho", About.self),
        ("le duele el pecho", About.other),
        ("she is confused and I am scared", About.other),
        ("fever of 102", About.unknown),
    ],
)
def test_whose_sign(text: str, about: About, lexicon: Lexicon) -> None:
    """A sign belongs to the person who was named last before it."""
    assert read(text, lexicon).evidence[0].about == about


@pytest.mark.parametrize(
    ("text", "sign", "value"),
    [
        ("her temp is 38'5", "vital_temperature", 38.5),
        ("fever 39,2", "vital_temperature", 39.2),
        ("temp was 1024", "vital_temperature", 102.4),
        ("temp 102 4", "vital_temperature", 102.4),
        ("one oh two point five fever", "vital_temperature", 102.5),
        ("a hundred and one point six", "vital_temperature", 101.6),
        ("treinta y ocho y medio", "vital_temperature", 38.5),
        ("he's at 103", "vital_temperature", 103.0),
        ("tiene 39", "vital_temperature", 39.0),
        ("spo2: 91%", "vital_oxygen", 91.0),
        ("pulse 118", "vital_pulse", 118.0),
        ("bp 84/50", "vital_pressure", 84.0),
        ("presión de 88 sobre 50", "vital_pressure", 88.0),
        ("breathing 30 times a minute", "vital_breaths", 30.0),
        ("pulse 88 oxygen 85", "vital_oxygen", 85.0),
        ("pulse 88 oxygen 98", "vital_pulse", 88.0),
        ("temp 102, bp 86/50", "vital_temperature", 102.0),
        ("temp 102, bp 86/50", "vital_pressure", 86.0),
        ("BP 130/85 HR 88 SpO2 90", "vital_oxygen", 90.0),
        ("87 percent on the finger clip", "vital_oxygen", 87.0),
        ("el aparatito del dedo marca 84", "vital_oxygen", 84.0),
        ("sats in the low eighties", "vital_oxygen", 82.0),
        ("systolic in the nineties", "vital_pressure", 95.0),
        ("pulse so faint that I can hardly count it, 37", "vital_pulse", 37.0),
        ("heart rate one forty", "vital_pulse", 140.0),
        ("heart rate 150 two hours after lunch", "vital_pulse", 150.0),
        ("respira treinta y pico veces por minuto", "vital_breaths", 35.0),
        ("veintiocho respiraciones por minuto", "vital_breaths", 28.0),
        ("thirty-nine point two", "vital_temperature", 39.2),
        ("treintaynueve de fiebre", "vital_temperature", 39.0),
        ("101 and climbing", "vital_temperature", 101.0),
        ("I think she is at 101 or 102", "vital_temperature", 101.0),
        ("35.4 and feeling rotten", "vital_temperature", 35.4),
        ("la tensión a 8/5", "vital_pressure", 80.0),
        ("bp is 25 below his usual", "vital_pressure", 25.0),
        ("la presión le bajó 20", "vital_pressure", 20.0),
        ("the top number says 84", "vital_pressure", 84.0),
        ("not sure if 101 is bad", "vital_temperature", 101.0),
        ("bp normally runs 140, today 112", "vital_pressure", 28.0),
    ],
)
def test_vitals_are_read(text: str, sign: str, value: float, lexicon: Lexicon) -> None:
    """A vital sign is read in figures and words, with its kind."""
    assert (sign, value) in {(one.sign, one.value) for one in read(text, lexicon).evidence}


@pytest.mark.parametrize(
    "text",
    [
        "room 101",
        "call me at 555 1234",
        "I'm 72 years old",
        "he is 40",
        "it costs 99.99",
        "my sugar is 105",
        "platelets 20",
        "meet at 10.30",
        "101 dalmatians",
        "day 14",
        "temps in the 90s this weekend",
        "tengo 60 o 70 años",
        "me faltan 50 o 60",
        "it took 38s to load",
        "my bill is 20 lower than usual",
        "he is at 102 Main Street",
        "music from the 80s and 90s",
    ],
)
def test_other_numbers_are_no_vitals(text: str, lexicon: Lexicon) -> None:
    """An age, a price, a room or a blood count is not taken for a vital sign."""
    assert not any(one.sign.startswith("vital_") for one in read(text, lexicon).evidence)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("since the pills my toes feel strange and cold and odd", True),
        ("see you at the game tonight, bring pizza", False),
        ("my address is 14 Oak Street", False),
        ("Maria Gomez", False),
        ("gracias, nos vemos el lunes en la clinica", False),
    ],
)
def test_words_of_the_sick_are_asked_about(text: str, asked: bool, lexicon: Lexicon) -> None:
    """A text of which nothing was understood is asked about when its words are those of the sick, and never paged."""
    found = said(text, lexicon)
    assert (found.ask is not None or found.level is not None) is asked
    assert found.level is None or found.level < Level.URGENT


SIGNS = [
    "my dad has a fever of 103",
    "she cant find her words",
    "my chest feels tight",
    "no puede respirar",
    "le dio una convulsión",
    "he keeps calling the nurse by the wrong name and sees bugs on the wall",
    "se le traba la lengua",
    "his handwriting looks like a child wrote it",
]
HARMLESS = [
    "thanks for picking up.",
    "we live on Oak Street.",
    "hi, this is Maria.",
    "gracias por contestar.",
    "we parked in lot B.",
    "the nurse is nice.",
    "buenas tardes.",
]


@given(st.sampled_from(SIGNS), st.lists(st.sampled_from(HARMLESS), max_size=4), st.lists(st.sampled_from(HARMLESS)))
@settings(max_examples=60, deadline=None)
def test_harmless_words_hide_no_sign(lexicon: Lexicon, sign: str, before: list[str], after: list[str]) -> None:
    """A sign that pages alone pages among harmless sentences, however many."""
    level = said(" ".join([*before, sign + ".", *after]), lexicon).level
    assert level is not None and level >= Level.URGENT


@given(
    st.sampled_from(SIGNS),
    st.sampled_from([str.upper, str.lower, str.title, lambda text: text + "!!!", "  {} ".format]),
)
@settings(max_examples=40, deadline=None)
def test_case_and_marks_change_nothing(lexicon: Lexicon, sign: str, written: Callable[[str], str]) -> None:
    """A sign is read whatever its case, and with marks around it."""
    assert said(written(sign), lexicon).level == said(sign, lexicon).level


WORST = {
    "one endless word": "fever" * 320,
    "one letter": "a" * 1600,
    "digits": "1 " * 800,
    "temperatures": "102 " * 400,
    "the same word": "no " * 533,
    "typos": " ".join("fveer bleeeding confuzed siezure tremblng mareadda"[n % 40 :][:9] for n in range(170)),
    "negations": "i cant he cant " * 106,
    "small words": "he cant not get up no is in her head and out of it can the hand was on that to my " * 20,
    "long words": ("feverishconfusionbleedingseizure" * 3 + " ") * 16,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST.keys())
def test_no_text_costs_much(text: str, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest message of anything asks for a bounded number of likenesses, joins and beginnings of words."""
    lexicon.spelling._remembered.clear()
    lexicon.remembered.clear()
    work = {"likely": 0, "joined": 0, "keys": 0}
    likely, joined, keys = spelling._likely, Ground.joined, spelling._keys

    def count_likely(typed: str, meant: str) -> bool:
        work["likely"] += 1
        return likely(typed, meant)

    def count_joined(self: Ground, left: Span, right: Span, join: str) -> bool:
        work["joined"] += 1
        return joined(self, left, right, join)

    def count_keys(word: str) -> set[str]:
        work["keys"] += len(keys(word))
        return keys(word)

    monkeypatch.setattr(spelling, "_likely", count_likely)
    monkeypatch.setattr(Ground, "joined", count_joined)
    monkeypatch.setattr(spelling, "_keys", count_keys)
    read(text[:1600], lexicon)
    assert work["likely"] <= 5_000 and work["joined"] <= 40_000 and work["keys"] <= 10_000, work


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("The booklet says call for 100.4", []),
        ("temp 101.5, what does the booklet say", [101.5]),
        ("call when the fever is 100.4 or higher? mine is 101", [101.0]),
        ("the sheet says call for 100.4 and I have 101.3", [101.3]),
        ("his temp was 103 in 2014", []),
        ("had car t in 2023, temp 102", [102.0]),
        ("no fever, temp 101", [101.0]),
        ("what if it reaches 101", []),
        ("should I call if his temp goes to 100.4?", []),
        ("they told us to call at 100.4", []),
        ("told to call at 100.4 and it went to 101.2", [101.2]),
        ("the nurse told us to call and his temp hit 103", [103.0]),
        ("is 100.4 the cutoff", []),
        ("do we call at 100.4 or 101", []),
        ("should we call, he's at 101 or 102", [101.0]),
        ("if I walk my oxygen drops to 85", [85.0]),
        ("si llega a 38.5 qué hago", []),
        ("si camino la saturación baja a 85", [85.0]),
        ("la enfermera dijo que avisemos con 38.5", []),
        ("my pulse is 150 on the treadmill", []),
        ("pulse 140, not even on the treadmill", [140.0]),
        ("my bp used to be 90/60", []),
        ("it used to be normal, today 85 over 60", [85.0]),
        ("bp 85/50, normal for him", [85.0]),
    ],
)
def test_numbers_that_are_only_taught_or_long_past(text: str, present: list[float], lexicon: Lexicon) -> None:
    """A number out of a leaflet or of years ago is no vital sign of today; a number is never denied."""
    found = [one.value for one in read(text, lexicon).evidence if one.scope == Scope.present and one.value]
    assert found == present


SMALL_LEXICON = """
[[sign]]
id = "balance"
phrases = "walk* <end>|today"

[[sign]]
id = "fever"
phrases = "<begin>|now hot <number>|very"
"""


@pytest.mark.parametrize(
    ("text", "sign", "found"),
    [
        ("she can not walk", "balance", True),
        ("not walking today at all", "balance", True),
        ("not walking the dog", "balance", False),
        ("hot 101", "fever", True),
        ("is now hot very much", "fever", True),
        ("a hot 101", "fever", False),
    ],
)
def test_ends_and_numbers_may_be_one_choice_of_several(text: str, sign: str, found: bool) -> None:
    """The end of a sentence, its beginning and a number are choices like any word."""
    assert (sign in signs(text, parse({"small.toml": SMALL_LEXICON}))) == found
