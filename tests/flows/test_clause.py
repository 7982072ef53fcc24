"""Clauses: whatever is denied, long past, asked, taught or a figure of speech, a danger said beside it pages."""

import itertools

import pytest

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Level

PAGES = (Level.URGENT, Level.EMERGENCY)
# What is quiet, how it goes on, and what is wrong now: each with each.
NOTHING_WRONG = {
    "en": (
        "no fever or chills",
        "denies pain",
        "she hasn't had a fever",
        "not vomiting",
        "fever: no",
        "there's no bleeding",
        "no longer has a fever",
        "last year he had pneumonia",
        "he had a heart attack in 2015",
        "as a kid he had seizures",
        "he had a fever a year ago",
        "the booklet talks about fever",
        "they told us to watch for chills",
        "is nausea normal",
        "is dizziness common after CAR T",
        "thanks for the fever handout",
        "my phone died",
        "the dog is sick",
        "my neighbor had a stroke",
        "he passed out flyers at church",
    ),
    "es": (
        "no tiene fiebre",
        "sin fiebre ni escalofríos",
        "niega dolor",
        "no vomita",
        "fiebre no",
        "nada de tos",
        "la fiebre ya se le quitó",
        "el año pasado le dio neumonía",
        "en 2015 tuvo un infarto",
        "de niño tenía convulsiones",
        "el folleto habla de la fiebre",
        "me dijeron que vigile la fiebre",
        "¿es común el mareo?",
        "el perro está enfermo",
        "mi celular se murió",
        "mi vecino tuvo un derrame",
    ),
}
GOES_ON = {"en": (" and ", ", ", " but ", ". "), "es": (" y ", " pero ", ". ")}
WRONG_NOW = {
    "en": (
        "he is having a seizure",
        "she is very confused",
        "he can't breathe",
        "my chest hurts",
        "his face is drooping",
        "he is throwing up blood",
        "her lips are turning blue",
        "he won't wake up",
        "now she can't talk",
        "I feel really dizzy",
    ),
    "es": (
        "está convulsionando",
        "está muy confundida",
        "no puede respirar",
        "le duele el pecho",
        "tiene la cara caída",
        "está vomitando sangre",
        "se está poniendo morada",
        "no despierta",
        "ahora no puede hablar",
        "me siento muy mareado",
    ),
}
SAID = [pytest.param(quiet, language, id=quiet) for language, heads in NOTHING_WRONG.items() for quiet in heads]
# A verb in a list, a plan or a tale is no news.
STILL_QUIET = (
    "no fever, chills, vomiting or diarrhea",
    "she hasn't coughed, fainted or thrown up",
    "no trouble with his arm and his leg",
    "no nausea and vomiting",
    "no fever and he is eating fine",
    "no chills and she isn't confused",
    "last year he had pneumonia and got confused from it",
    "we call if he gets confused and he falls",
    "no tiene fiebre ni mareos y come bien",
    "no tose y no vomita",
    "el año pasado tuvo fiebre y se desmayó",
    "hay que llamar si tiene fiebre y está confundido",
    "mi carro tose y se ahoga",
)


def level(text: str, lexicon: Lexicon) -> Level | None:
    """The level of a text by itself, day unknown."""
    seen = read(text, lexicon)
    return triage(seen.evidence, Circumstances(), seen).level


@pytest.mark.parametrize(("quiet", "language"), SAID)
def test_nothing_said_before_hides_what_is_there_now(quiet: str, language: str, lexicon: Lexicon) -> None:
    """A denial, a date, a question, a lesson or a thing governs its own clause, and none that begins after it."""
    said = (quiet + joined + wrong for joined, wrong in itertools.product(GOES_ON[language], WRONG_NOW[language]))
    assert [text for text in said if level(text, lexicon) not in PAGES] == []


@pytest.mark.parametrize("text", STILL_QUIET)
def test_lists_and_plans_go_on_over_an_and(text: str, lexicon: Lexicon) -> None:
    """What goes on with the list, the plan or the tale pages nobody."""
    assert level(text, lexicon) not in PAGES


IN_DANGER_NOW = (
    "my neighbor is not waking up",
    "my roommate is not breathing",
    "my coworker just collapsed",
    "the dog found him unconscious",
    "mi vecina no respira",
    "el vecino lo encontró tirado",
)


@pytest.mark.parametrize("text", IN_DANGER_NOW)
def test_whoever_is_in_danger_now_is_helped(text: str, lexicon: Lexicon) -> None:
    """That it is a neighbor, or that somebody else found them, hides no danger of this minute."""
    assert level(text, lexicon) in PAGES
    assert level("my neighbor had a stroke last spring", lexicon) not in PAGES


SAID_TO_BE_SO = (
    ("call if he is confused. He is", "call if he is confused, and what if he is?"),
    ("they said watch for seizures. he just had one", "they said watch for seizures. he does yoga"),
    ("is it normal to have seizures? because she is having one", "is it normal to have seizures? because I read so"),
    ("he had seizures as a kid and this one isn't stopping", "he had seizures as a kid and outgrew them"),
    ("me dijeron que llame si tiene fiebre, pues ya tiene", "me dijeron que llame si tiene fiebre. ya tiene cita"),
    ("la hoja dice que llame si está confundido. Lo está", "la hoja dice que llame si está confundido. ¿Y si lo está?"),
)


@pytest.mark.parametrize(("now", "not_now"), SAID_TO_BE_SO)
def test_what_was_talked_about_and_is_then_there_pages(now: str, not_now: str, lexicon: Lexicon) -> None:
    """A leaflet, a question or an old tale is no shield when the next words say that it is there."""
    assert level(now, lexicon) in PAGES
    assert level(not_now, lexicon) not in PAGES


SPOKEN = (
    "last year he had pneumonia he won't wake up",
    "in 2015 he had a heart attack my chest hurts",
    "no fever she passed out twice",
    "no fever or chills had a seizure",
    "is nausea normal she doesn't know who I am",
    "the booklet talks about fever he can't breathe",
    "no tiene fiebre vomita sangre",
    "sin fiebre perdió el conocimiento",
    "el año pasado le dio neumonía no despierta",
    "es normal tener náuseas está muy confundida",
)


@pytest.mark.parametrize("text", SPOKEN)
def test_speech_without_a_comma_pages_all_the_same(text: str, lexicon: Lexicon) -> None:
    """What is transcribed from speech has no commas: a new subject or verb begins its clause by itself."""
    assert level(text, lexicon) in PAGES
