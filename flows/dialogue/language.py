"""Which language a text is written in: by the small words that only one of them has, then by what the lexicon knows."""

import re

from flows.screen.lexicon import Lexicon
from flows.words import Language

ENGLISH = frozenset(
    (
        "the my is are was and has have had she her him his i im hes shes it its you your we they them that this "
        "what how why when where who with for from but not dont doesnt cant wont isnt just now feel feels feeling "
        "get got getting in on at of to do does did been be will would should can could help please thanks thank "
        "after today dad mom mum husband wife son daughter fever chills pain blood bleeding seizure breathe breath "
        "confused dizzy sick all so very too up out been there here hello hi hey"
    ).split()
)
SPANISH = frozenset(
    (
        "el la los las un una unos y o pero es esta estoy soy tiene tengo tenia mi mis su sus se le lo les nos que "
        "como cuando donde quien por para con del al de en muy mas hoy ayer ahora ya desde hace hay fue ha puede "
        "puedo siento siente duele esposo esposa papa mama hijo hija gracias ayuda hola buenas buenos senora senor "
        "cuanto cuesta quiero necesito porque tambien si fiebre calentura dolor sangre despierta respira habla "
        "temblor mareo voy va vamos van vino viene vienen morir muero muere murio morira vomita vomite vomito "
        "vomitando vomitos orina pecho cabeza brazo pierna barriga estomago espalda boca nariz ojos oido garganta "
        "piel tiembla tiemblo temblando escalofrios sueno duerme dormido dormida cansado cansada debil confundido "
        "confundida mareado mareada caido cayo cae desmayo desmayado desmayada ahoga ahogo aire respirar "
        "respirando hablar caminar mover mueve despertar reacciona responde contesta sangra sangrando moretones "
        "ronchas hinchado hinchada nauseas gripe infeccion convulsiona convulsiones ataque convulsionando peor "
        "mucho mucha muchos muchas poco nada algo alguien nadie bien mal malo enfermo enferma abuelo abuela "
        "hermano hermana madre padre nino nina bebe ella ellos nosotros usted ustedes yo esto eso ese esa aqui "
        "alli antes despues noche manana tarde dia dias semana mes vez veces tomo toma medicina pastilla pastillas "
        "enfermera seguro costo ambulancia urgencias llame llamar llamo digame puedes podemos ayudame ayudeme "
        "miedo siguen llegar sigue estan estamos tratamiento celulas manejar comer pagar trabajar"
    ).split()
)
EITHER = frozenset("no a me he has come once son pan sin doctor nausea convulsion grave seria tu tos vas".split())
PLAIN = str.maketrans("áéíóúüñ’", "aeiouun'")
MIXED = 0.25  # the smaller language's share of the telling words, from which a text counts as both


def languages_of(text: str, lexicon: Lexicon) -> frozenset[Language]:
    """The languages of a text: one, both where it mixes them, or none where no word tells."""
    words = re.findall(r"[a-z]+", text.lower().translate(PLAIN).replace("'", ""))
    found = [language for word in words if (language := _language(word, lexicon)) is not None]
    counts = {language: found.count(language) for language in Language}
    return frozenset(language for language, count in counts.items() if found and count / len(found) >= MIXED)


def _language(word: str, lexicon: Lexicon) -> Language | None:
    if word in EITHER:
        return None
    if word in ENGLISH or word in SPANISH:
        return Language.en if word in ENGLISH else Language.es
    known = lexicon.languages.get(word, frozenset())
    return Language(next(iter(known))) if len(known) == 1 else None
