"""What must page nobody: the known questions of the knowledge pages, and words that only sound like a sign."""

import tomllib
from pathlib import Path

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon, parse
from flows.screen.read import read
from tests.evaluation.screen_card import PAGED, level_of

HERE = Path(__file__).parent
CONTENT = HERE.parents[1] / "flows" / "content"
# Known questions that do report a sign, somebody's and now: they page, and their answer comes with it.
LIVE = frozenset((HERE / "known_live.txt").read_text("utf-8").splitlines())
MOST_LIVE = 0.015

QUIET = (
    "so is the bag they hang made just for me or off the shelf",
    "id like to talk to someone whos been thru it",
    "We're overwhelmed. Don't know where to begin, is there any assistance for families like us?",
    "¿Dan ayuda con comidas para el paciente y la persona que lo cuida?",
    "q le hace ese receptor al tumor",
    "ya no le hace nada el Darzalex",
    "no es necesario, ahora que hago",
    "¿A los cuántos días aparecería la confusión?",
    "will he forget things",
    "is the confusion reversible",
    "my brother died of a heart attack in 09",
    "in the movie the guy kills himself, real sad",
    "mi abuelo tenía parkinson y le temblaban las manos",
    "no puedo pagar",
    "le dije adiós, mi fabricación tarda",
    "los copagos me tienen ahogada, hay alguna fundación que ayude",
    "cómo le digo a mis niños que su papá va a estar fuera",
    "I saw a warning about colitis with Carvykti. What is it?",
    "is the flu shot and shingles one ok after car t",
    "i dont want to be a burden on the clinic by calling so late",
)
BESIDE = (
    "shes talking to people who arent there",
    "he's confused about what day it is",
    "dad is confused about where he is",
    "my son keeps asking the same question",
    "the infusion gave me chills",
    "chills when he gets up",
    "after the treatment the rash spread to his neck",
    "why is he confused",
    "why is my fever so high",
    "can i get help he is confused and getting worse",
    "will he wake up he isnt responding",
    "he has a rash reaction all over",
    "se le cae el vaso de la mano",
    "ya tuvo convulsiones",
    "por qué le da fiebre",
    "la fiebre no se le quita",
    "dolor de cabeza como un martillo",
    "no puede venir tiene fiebre",
    "le empieza la fiebre y tiembla",
    "tiene un derrame no puedo despertarlo",
    "escalofríos por la noche",
    "no me acuerdo de los nombres de mis hijos",
    "ya no puedo más, que me lleve dios",
    "no hago pipí desde ayer",
    "hace popó con sangre",
    "ya no puedo más",
    "cuido a mi mamá y ya no puedo más, ayuda",
    "i dont want to be a burden anymore",
    "soy una carga para mi familia",
    "me llama con otro nombre",
    "he can't talk right",
    "tiene el cuerpo con ronchas y se le caen las cosas de la mano",
)


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    """The shipped lexicon."""
    return parse({path.name: path.read_text("utf-8") for path in sorted(CONTENT.glob("lexicon*.toml"))})


def known() -> list[str]:
    """Every known question of every topic, in both languages."""
    pages = [tomllib.loads(path.read_text("utf-8")) for path in sorted(CONTENT.glob("topics_*.toml"))]
    topics = [topic for page in pages for topic in page.get("topic", {}).values()]
    return [asked for topic in topics for words in ("en", "es") for asked in topic.get(words, {}).get("questions", ())]


def test_a_known_question_pages_nobody(shipped: Lexicon) -> None:
    """A question that the knowledge pages know pages nobody, except those listed that report a sign of somebody."""
    assert [asked for asked in known() if asked not in LIVE and level_of(asked, shipped) in PAGED] == []


def test_the_listed_questions_stay_few() -> None:
    """The list of known questions that may page is short, and no way out for a pattern that is too loose."""
    assert len(LIVE) <= MOST_LIVE * len(known())


def test_what_pages_nobody(shipped: Lexicon) -> None:
    """Questions, old illnesses and words of daily life that once paged somebody."""
    assert [text for text in QUIET if level_of(text, shipped) in PAGED] == []


def test_what_is_said_alike_pages(shipped: Lexicon) -> None:
    """Beside each thing that is left alone stands one that sounds alike and is somebody's, now: it pages."""
    assert [text for text in BESIDE if level_of(text, shipped) not in PAGED] == []


def test_what_is_asked_about_is_still_seen(shipped: Lexicon) -> None:
    """A sign that is only asked about stays in the reading as talk, so that the line on when to call is added."""
    for text in ("is the confusion reversible", "la fiebre puede venir"):
        assert {one.scope for one in read(text, shipped).evidence} == {Scope.hypothetical}
