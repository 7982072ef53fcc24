"""Tests of grammar: what Spanish says with word order, a yes and a cry; and that no quieting rule hides a sign."""

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read


def present(text: str, lexicon: Lexicon) -> set[str]:
    """The signs that a text says are there now."""
    return {one.sign for one in read(text, lexicon).evidence if one.scope == Scope.present}


@pytest.mark.parametrize(
    ("denied", "live", "sign"),
    [
        ("mareos no tengo", "mareos tengo", "dizzy_bp"),
        ("de fiebre nada", "fiebre de nada sirve la pastilla", "fever"),
        ("convulsiones, eso nunca", "convulsiones como nunca", "seizure"),
        ("temblor ✗", "temblor ✓", "tremor"),
        ("tampoco ha tenido escalofríos", "ha tenido escalofríos", "chills"),
        ("no le he visto moretones", "le he visto moretones", "bleed"),
        ("nadie se desmayó", "se desmayó", "dizzy_bp"),
        ("no ha perdido el equilibrio", "ha perdido el equilibrio", "balance"),
        ("no se cayó, camina sola", "no, se cayó", "fall"),
        ("no perdió la memoria, se acuerda de todo", "no se acuerda, perdió la memoria", "confusion"),
        ("nunca me ha dado una convulsión", "nunca me había dado una convulsión", "seizure"),
        ("la lengua normal, no se hinchó", "la lengua se hinchó", "allergy"),
        ("el doctor descartó convulsiones", "el doctor vio convulsiones", "seizure"),
        ("tos sí, fiebre no", "tos no, fiebre sí", "fever"),
        ("no me ahogo", "me ahogo al subir, sentado no", "breath"),
        ("el habla normal, sin arrastrar palabras", "el habla normal no le sale", "speech"),
        ("mi letra igual que siempre", "mi letra ya no es igual que siempre", "handwriting"),
    ],
)
def test_a_denial_takes_the_verb_it_belongs_to(denied: str, live: str, sign: str, lexicon: Lexicon) -> None:
    """What is named before, after or within its denial is not there; the same words without it are."""
    assert sign not in present(denied, lexicon)
    assert sign in present(live, lexicon)


@pytest.mark.parametrize(
    ("quiet", "live", "sign"),
    [
        ("si tiene fiebre, a quién llamo", "sí tiene fiebre", "fever"),
        ("si tiene fiebre llamo al hospital", "si tiene fiebre", "fever"),
        ("si se desmaya llame", "sí, se desmayó", "dizzy_bp"),
        ("¿qué fiebre es peligrosa?", "qué fiebre tan alta", "fever"),
        ("¿qué dolor de pecho se reporta?", "qué dolor de pecho tan horrible", "chest_pain"),
        ("qué se hace en caso de convulsión", "que convulsionó", "seizure"),
        ("el mareo por qué puede dar", "el mareo no se me quita, por qué", "dizzy_bp"),
        (
            "¿las alucinaciones entran en los efectos?",
            "mi papá tiene alucinaciones, ¿entran en los efectos?",
            "agitation",
        ),
    ],
)
def test_a_yes_and_a_cry_ask_nothing(quiet: str, live: str, sign: str, lexicon: Lexicon) -> None:
    """A condition or a question names no sign of now; an answer and an exclamation do."""
    assert sign not in present(quiet, lexicon)
    assert sign in present(live, lexicon)
