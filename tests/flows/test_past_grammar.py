"""Tests of grammar: what Spanish says with word order, a yes and a cry; and that no quieting rule hides a sign."""

import pytest

from flows.screen.evidence import Scope
from flows.screen.lexicon import Lexicon
from flows.screen.read import read


def present(text: str, lexicon: Lexicon) -> set[str]:
    """The signs that a text says are there now."""
    return {one.sign for one in read(text, lexicon).evidence if one.scope == Scope.present}


# What is quiet, the same words when they are meant, and the sign that they then are.
QUIET_AND_LIVE = {
    # What is named before, after or within its denial is not there; the same words without it are.
    "denial": [
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
        ("¿fiebre? que va", "¿por qué tiene fiebre? no se le quita", "fever"),
        ("mareo (-), disnea (-)", "mareo (+), disnea (+)", "dizzy_bp"),
        ("fiebre, tos, confusión: nada de eso", "fiebre, tos, confusión: nada le ayuda", "confusion"),
        ("no noté que le temblaran las manos", "no sé por qué le temblaron las manos", "tremor"),
        ("no anda confundido para nada", "no anda mareado, anda confundido", "confusion"),
        ("la lengua no se le ha hinchado", "la lengua se le ha hinchado y no le cabe", "allergy"),
        ("no tiene fiebre ni sangra", "no tiene fiebre, vomita sangre", "bleed"),
        ("escribió su nombre sin temblar", "escribió su nombre todo tembloroso", "handwriting"),
        ("nadie en la casa tiene fiebre", "nadie lo cuida y tiene fiebre", "fever"),
    ],
    # A condition or a question names no sign of now; an answer and an exclamation do.
    "a yes and a cry": [
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
    # Winters, ages, tenses and tales are long ago; minutes, hours and a present tense are not.
    "long past": [
        ("me desmayé hará doce años", "me desmayé hará doce minutos", "dizzy_bp"),
        ("la abuela se cayó hace tres inviernos", "la abuela se cayó hace tres horas", "fall"),
        ("me caí de un caballo a los veinte y me quebré el codo", "me caí a los veinte minutos de llegar", "fall"),
        ("estuve en coma por el accidente del 87", "está en coma por el accidente", "unresponsive"),
        ("la única vez que me desmayé fue en la boda", "la única vez que se paró hoy se desmayó", "dizzy_bp"),
        ("mi hijo era chiquito cuando convulsionó", "mi hijo es chiquito y convulsionó", "seizure"),
        ("mi letra era horrible en primaria", "mi hija va en primaria y su letra salió horrible", "handwriting"),
        ("yo me mareaba en los aviones", "me mareaba al pararme hoy", "dizzy_bp"),
        ("mi abuela contaba que le dio un derrame", "dice mi abuela que le duele el pecho", "chest_pain"),
        ("en mayo no hablaba y hoy canta en el coro", "en mayo hablaba y hoy no habla", "speech"),
        ("tuvo fiebre. Eso fue en octubre, ya estamos en junio", "tuvo fiebre. Eso fue hace una hora", "fever"),
        ("mientras estuvo internada estaba confundida", "mientras comía se puso confundida", "confusion"),
        ("aquella confusión de la UCI fue dura", "aquella confusión de la UCI le ha vuelto", "confusion"),
    ],
    # What is asked of people in general or comes out of a leaflet is taught; what somebody has is there.
    "lesson": [
        ("por qué sangra la gente con plaquetas bajas", "por qué está sangrando con plaquetas bajas", "bleed"),
        ("¿se hincha uno con la cortisona?", "se hincha más con la cortisona", "swelling"),
        ("la tarjeta explica lo de la convulsión", "se le cayó la tarjeta y convulsionó", "seizure"),
        ("en la clase dijeron que puede dar temblor", "en la clase le dio temblor", "tremor"),
        ("el folleto dice confusión", "el folleto dice llamar y él está confundido", "confusion"),
        ("supongamos que empieza la fiebre", "supongo que es la fiebre", "fever"),
        ("me interesa saber de la fiebre", "para saber si es grave: le dio una convulsión", "seizure"),
        ("¿cuántos grados debo reportar, 38?", "qué temperatura tan alta, tiene 39", "vital_temperature"),
        ("el 988 es la línea para crisis de suicidio", "hablé de mi plan de suicidio", "suicide"),
        ("un síndrome que da fiebre", "el que tiene fiebre es mi papá", "fever"),
        ("nos enseñó a reconocer la confusión", "nos enseñó los signos, le dio confusión", "confusion"),
        ("me da miedo que le vaya a dar un derrame", "me da miedo, le dio un derrame", "stroke"),
        ("si un día se me va el habla, qué hago", "de pronto se me va el habla, qué hago", "speech"),
    ],
    # What a thing, a team or a debt does, or an idiom says, is no sign; of a body the same words are.
    "figure": [
        ("el equipo se desangró en el segundo tiempo", "mi papá se desangra", "bleed"),
        ("la presión de las llantas está baja", "la presión de mi mamá está baja", "dizzy_bp"),
        ("te perdí de vista en el mercado", "perdí la vista en el mercado", "vision"),
        ("me cayó muy bien tu novia", "se me cayó mi mamá, muy mal", "fall"),
        ("ese trámite es un dolor de cabeza para los vecinos", "es un dolor de cabeza terrible", "headache"),
        ("mi debilidad son los churros", "mi debilidad es en un brazo", "weakness"),
        ("tengo debilidad por los boleros", "tengo debilidad por un lado", "weakness"),
        ("el río viene hinchado", "el tobillo viene hinchado", "swelling"),
        ("hubo una confusión con los boletos", "hay confusión con su nombre, no lo recuerda", "confusion"),
        ("mis nietos son inquietos", "mi esposo está muy inquieto", "agitation"),
        ("la deuda nos tiene ahogados", "la tos lo tiene ahogado", "breath"),
        ("perdió el equilibrio el presupuesto", "perdió el equilibrio mi papá", "balance"),
        ("temblor de magnitud 5", "temblor en la mano", "tremor"),
        ("duerme sus ocho horas", "no despierta aunque durmió sus ocho horas", "unresponsive"),
        ("tengo ganas de vivir", "ya no tengo ganas de vivir", "suicide"),
        ("sin ganas de morirse", "con ganas de morirse", "suicide"),
        ("quedé dormida viendo la tele", "quedó dormida y no reacciona", "unresponsive"),
        ("el motor del carro tose", "se ahoga, en el carro tose sangre", "bleed"),
        ("sin voz de tanto gritar", "de pronto sin voz, no puede hablar", "speech"),
    ],
}
ROWS = [pytest.param(*row, id=f"{kind}: {row[0]}") for kind, rows in QUIET_AND_LIVE.items() for row in rows]


@pytest.mark.parametrize(("quiet", "live", "sign"), ROWS)
def test_grammar_hides_no_sign(quiet: str, live: str, sign: str, lexicon: Lexicon) -> None:
    """What is denied, asked, long past, taught or a figure of speech is no sign; the same words meant are."""
    assert sign not in present(quiet, lexicon)
    assert sign in present(live, lexicon)
