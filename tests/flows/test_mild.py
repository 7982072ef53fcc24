"""What is small, short, old or has a cause pages nobody on a late day, and does beside a grave word."""

import pytest

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Level

# Reference C3, columns SAME-DAY and ROUTINE, with the days on which they hold.
MILD: tuple[tuple[int, str], ...] = (
    (45, "Heart gave a little hiccup while I was doing dishes, just the once, gone before I could sit down"),
    (120, "My ticker raced for a few seconds climbing the stairs and then it settled right down"),
    (400, "A fleeting thump in my chest, maybe five seconds, I was startled by the dog"),
    (45, "el corazón me dio un brinquito al levantarme, nomás uno, ya estoy normal"),
    (400, "taquicardia de un momentito al discutir con mi hermano, enseguida se calmó"),
    (45, "pinprick of blood from one nostril, dry heat in the house, it stopped in half a minute"),
    (120, "had a two second nosebleed, dabbed it and done"),
    (120, "nicked myself shaving, a dot of blood, dried right up"),
    (45, "gums bled a tiny bit when flossing, stopped right away"),
    (45, "dos gotitas de sangre de la nariz, por la calefacción, ya no sale"),
    (400, "las encías sangraron un poquito al cepillarme, se paró al momento"),
    (45, "a bruise the size of a dime on my hip, walked into the table"),
    (400, "noticed a faint little bruise on her calf, only one, she bumped the bed"),
    (120, "solo un moradito en la rodilla, me pegué con la cama"),
    (120, "my hands have the same slight tremor they've had for ages, doctor is aware of it"),
    (400, "el temblor fino que ya conocen, no ha cambiado"),
    (400, "My memory is a bit fuzzy like it has been ever since treatment, nothing has changed"),
    (120, "la neblina mental que tengo desde el tratamiento sigue igual, hago mis cuentas sola"),
    (120, "I'm jittery about Thursday's scan"),
    (120, "been a touch cranky because I can't sleep with the neighbor's construction"),
    (120, "estoy nervioso por los resultados del martes"),
    (120, "está de mal humor por la mudanza, normal"),
    (400, "cold in the movie theater, put on a sweater and was fine, temp 98.2"),
    (400, "me dio frío en el super por el refrigerador, me puse suéter y ya, 36.4"),
    (400, "tired in the evenings only, alert all day long"),
    (400, "sleepy at bedtime, sharp as a tack during the day"),
    (120, "me duermo viendo la novela de noche como toda la vida, de día bien"),
    (45, "three or four hives on my belly, no swelling anywhere"),
    (120, "dos ronchitas en la muñeca, será un mosquito, no hay hinchazón"),
    (45, "PICC won't flush today, no redness"),
    (45, "el PICC no deja pasar el suero, sin enrojecimiento"),
    (120, "forgot my cholesterol pill last night"),
    (120, "my fog is no worse, same as last year"),
    (400, "ando con el ánimo bajo, pero quitarme la vida jamás"),
)

# The same words with a grave companion, or of a thing that is not small.
GRAVE: tuple[tuple[int, str], ...] = (
    (45, "nosebleed for forty minutes, it won't quit"),
    (45, "a few drops of blood in my urine this morning"),
    (120, "small bruises popping up all over both legs"),
    (120, "one big bruise on my thigh and it keeps growing"),
    (45, "tiny nosebleed but it comes back every day"),
    (400, "coughed up a streak of blood"),
    (45, "sangrado chiquito de nariz todos los días"),
    (45, "unas gotitas de sangre en la orina"),
    (120, "escupí un hilito de sangre al toser"),
    (45, "flutter in my chest on and off all day"),
    (120, "my heart raced for a second and my chest hurts"),
    (400, "palpitations, brief, and short of breath"),
    (400, "vuelcos del corazón toda la noche"),
    (120, "el corazón me brinca unos segundos y casi me desmayo"),
    (120, "pulse jumped to 135 for a moment"),
    (120, "the tremor was stable until yesterday, now it is much worse"),
    (400, "same tremor as always but now her leg jerks too"),
    (400, "el temblor de siempre pero hoy le brinca la pierna"),
    (120, "chemo fog same as ever but today she doesn't know where she is"),
    (120, "la niebla de siempre pero hoy no sabe dónde está"),
    (45, "no worse, but still confused"),
    (120, "the fine tremor is known but since monday it shakes harder, no, worse"),
    (120, "suddenly irritable, not himself, sees bugs on the wall"),
    (400, "nervous about the scan and hearing voices"),
    (400, "nervioso por el estudio y oye voces"),
    (400, "sleepy at night and can't stay awake during the day either"),
    (400, "mucho sueño de noche y también de día, no se mantiene despierto"),
    (120, "got cold in the shower and shook so hard my teeth chattered"),
    (120, "me dio frío en la ducha y temblaba tanto que me castañeteaban los dientes"),
    (120, "felt cold at the bus stop and now temp is 101"),
    (45, "two hives and my lips are swelling"),
    (120, "few hives, spreading all over my body"),
    (120, "pocas ronchas pero se extienden por todo el cuerpo"),
    (120, "the picc won't flush and there is pus"),
    (400, "el catéter no lava y el cuello está hinchado"),
    (400, "she tripped over the rug and hit her head"),
    (120, "he keeps tripping over nothing, bumping into door frames, only bruises"),
    (120, "se tropieza a cada rato con todo, puros moretones"),
    (400, "she keeps forgetting her pills and what day it is"),
    (400, "no se acuerda si tomó las pastillas, muy confundida"),
    (400, "quitarme la vida nunca me había parecido tan buena idea"),
    (400, "de matarme nada me detiene"),
)

# Small things of a day that is not known, or inside the windows, where the table pages.
EARLY: tuple[tuple[int | None, str], ...] = (
    (None, "brief flutter in my chest, gone now"),
    (None, "one small bruise on my arm"),
    (None, "chemo fog, no change"),
    (None, "irritable because of the insurance mess"),
    (None, "three small hives on my arm"),
    (None, "the picc won't flush"),
    (None, "sleepy at night, wide awake all day"),
    (None, "tripped over the rug, just a scrape"),
    (12, "una gotita de sangre de la nariz, paró sola"),
    (12, "temblor conocido, sin cambios"),
    (12, "niebla mental de siempre, sigue igual"),
    (12, "dos ronchitas en el brazo"),
    (12, "me tropecé con el perro, un raspón"),
    (12, "de noche me duermo pronto, de día bien despierto"),
)


def _level(text: str, day: int | None, lexicon: Lexicon) -> Level | None:
    reading = read(text, lexicon)
    return triage(reading.evidence, Circumstances(day=day), reading).level


@pytest.mark.parametrize(("day", "text"), MILD)
def test_what_is_mild_on_a_late_day_pages_nobody(day: int, text: str, lexicon: Lexicon) -> None:
    """What the table calls same-day or routine on this day is not paged."""
    level = _level(text, day, lexicon)
    assert level is None or level < Level.URGENT


@pytest.mark.parametrize(("day", "text"), GRAVE)
def test_a_mild_word_beside_a_grave_one_still_pages(day: int, text: str, lexicon: Lexicon) -> None:
    """No small, old or short word lowers a sign that is new, growing, or has another beside it."""
    level = _level(text, day, lexicon)
    assert level is not None and level >= Level.URGENT


@pytest.mark.parametrize(("day", "text"), EARLY)
def test_a_mild_word_inside_the_windows_still_pages(day: int | None, text: str, lexicon: Lexicon) -> None:
    """A day that is unknown or early is inside every window, however small the sign."""
    level = _level(text, day, lexicon)
    assert level is not None and level >= Level.URGENT
