"""What a text reports of the patient that is no sign: better, worse, in a hospital, adult or child; and what only asks.

Read clause by clause like `told`: a question, a plan, a denial or last year counts for nothing.
"""

import re

from flows.dialogue.told import (
    AND,
    CLAUSE,
    ER,
    LEADS,
    NOT_ES,
    SUBJECT,
    SUJETO,
    URGENCIAS,
    clauses,
    plain,
    reported,
    says,
)

ADULT_AGE, OLDEST = 18, 120
WHO = rf"(?:{SUBJECT}|i|we|the patient)"
IS = r"(?:'s|'m|'re|s|m|re| is| am| are)"
SOON = r"(?: (?:already|now|just|back|here|all|still))*"
CLINIC = rf"(?:hospital|{ER})"
CLINICA = rf"(?:hospital|clinica|{URGENCIAS})"
MORE = r"(?: (?:already|now|just|doing|feeling|getting|so|all|much|a lot|a bit|a little|way|really|pretty|totally))*"
WELL = r"(?:better|fine|ok|okay|good|alright|all right|well)"
# What may stand behind it; anything else ("better to wait", "bien mal") makes it another thing.
ENDS = r"(?: (?:now|already|again|today|here|tonight|this morning|than before|thanks|thank you|thank god))*$"
CIERRE = r"(?: (?:ya|ahora|hoy|otra vez|gracias|muchas gracias|gracias a dios|que antes))*$"

BETTER = (
    rf"\b(?:{WHO}|it|everything|all){IS}?(?: (?:is|am|are|feels?|seems?|looks?|got|feeling))*{MORE} {WELL}{ENDS}",
    rf"^(?:(?:already|now|much|feeling|feels|doing|getting|a lot|a bit|a little|all|so) )+{WELL}{ENDS}",
    r"^better(?: now| already| thanks| thank you)+$",
    r"\b(?:esta|estoy|estamos|va|sigue|siente|siento|anda|encuentra|ve)(?: (?:ya|mucho|un poco|mas|todo|muy))* "
    rf"(?:mejor|bien){CIERRE}",
    rf"^(?:(?:ya|mucho|un poco|todo) )*(?:mejor|todo bien){CIERRE}",
    rf"\bya (?:(?:se|le|me) )*(?:paso|mejoro){CIERRE}",
)
WORSE = (
    rf"\b(?:{WHO}|it){IS}?(?: (?:is|am|are|feels?|seems?|looks?|got))*{MORE} worse\b",
    r"^(?:(?:much|getting|a lot|even) )*worse(?: now| again)*$",
    r"\b(?:esta|estoy|va|sigue|siente|siento|anda|ve|pone|puso)(?: (?:ya|mucho|un poco|mas|aun))* peor\b",
    r"^(?:(?:ya|mucho|un poco|va|cada vez) )*peor(?: ahora| otra vez)*$|\b(?:empeoro|esta empeorando|va empeorando)\b",
)
IN_HOSPITAL = (
    rf"\b{WHO}{IS}{SOON} (?:at|in|inside) (?:the |a )?{CLINIC}\b",
    rf"^(?:(?:now|already|here) )*(?:at|in) (?:the )?{CLINIC}\b",
    rf"\b(?:took|brought|rushed|drove|got) (?:him|her|them|me|us|{SUBJECT})(?: in)? to (?:the |a |our )?{CLINIC}\b",
    rf"\b{WHO} (?:just )?(?:arrived at|made it to|got to) (?:the )?{CLINIC}\b",
    rf"\b{WHO}(?:{IS}| was| got| were| has been)(?: just| now| being)* admitted\b",
    rf"\b(?:estoy|estamos|esta|estan)(?: (?:ya|aqui|ahora))* en (?:el |un |la )?{CLINICA}\b",
    rf"\b(?:llevaron|llevamos|trajeron|trajimos|traje|lleve|ingresaron) (?:al|a|en|a la) (?:el )?{CLINICA}\b",
    rf"\b(?:llegue|llegamos|llegaron|llego) (?:al|a|a la) {CLINICA}\b|\b(?:lo|la|le|me) (?:internaron|ingresaron)\b",
)
ADULT = (
    r"(?:he|she|patient|husband|wife|dad|mom|father|mother)(?:'s|s| is) (?:an adult|a grown(?:-| )?up|a grown "
    r"(?:man|woman)|a man|a woman|over 18|not (?:a|the) (?:child|kid|minor)|no child)\b",
    r"\b(?:i'm|im|i am) (?:an adult|not a (?:child|kid|minor))\b",
    r"^(?:(?:sorry|no|oops|it's|its|i meant|i mean|meant|actually|wait) )*(?:an )?adult$",
    r"(?<!no )\b(?:es|soy) (?:un |una )?(?:adulto|adulta|mayor de edad)\b",
    r"\bno (?:es|soy) (?:un |una )?(?:menor|nin[oa])\b",
    r"^(?:(?:perdon|no|disculpe|quise decir|digo) )*adult[oa]$",
)
CHILD = (
    r"(?:he|she|patient)(?:'s|s| is) (?:a (?:child|kid|minor|toddler|baby)|under 18|"
    r"not (?:an adult|a grown(?:-| )?up))(?: (?:now|sorry|though|actually))*$",
    r"^(?:(?:sorry|no|oops|it's|its|i meant|i mean|meant|actually|wait) )*(?:a )?(?:child|kid)$",
    r"(?<!no )\bes (?:un |una )?(?:menor|nin[oa]|bebe)(?! (?:que|con))\b|\bno es (?:un |una )?adult[oa]\b",
    r"^(?:(?:perdon|no|disculpe|quise decir|digo) )*(?:menor|nin[oa])$",
)
AGES = (
    re.compile(rf"\b(?P<who>{WHO}){IS} (?:only |just )?(?P<years>\d{{1,3}})(?: (?:years?|yrs?)(?: old)?| yo| y o)\b"),
    re.compile(
        rf"(?:\b(?P<who>{SUJETO}) )?\b(?:tiene|tengo) (?:solo )?(?P<years>\d{{1,3}}) anos\b"
        r"(?! (?:con|de|tomando|sin|en)\b)"
    ),
)
# Whose few years are the patient's; "my son is 9" may be said of somebody who stands beside the bed.
NOBODY_ELSE = (None, "he", "she", "i", "the patient", "patient", "el", "ella")
MEANT = re.compile(r"\b(?:will|was|were|if|when|cuando|si|era)\b")
ASKS = re.compile(
    r"^(?:please |por favor )?(?:tell me|explain|i want to know|i'd like to know|i would like to know|info(?:rmation)? "
    r"(?:on|about)|dime|digame|expliqu?eme|explica|quiero saber|quisiera saber|informacion (?:sobre|de))\b"
)
POLITE = re.compile(r"^(?:please|pls|por favor|thanks|thank you|gracias|ok|okay)\b ?")


def better(text: str) -> bool:
    """Are they said to be better, or well?"""
    return reported(BETTER, text, NOT_ES)


def worse(text: str) -> bool:
    """Are they said to be worse?"""
    return reported(WORSE, text, NOT_ES)


def in_hospital(text: str) -> bool:
    """Is the patient said to be in a hospital now?"""
    return reported(IN_HOSPITAL, text, NOT_ES)


def age_group(text: str) -> str | None:
    """`adult` or `child`, where a text says which the patient is; None where it says neither or both."""
    said = [clause for clause in clauses(text) if not MEANT.search(clause)]
    groups = {name for name, patterns in (("adult", ADULT), ("child", CHILD)) for one in said if says(patterns, one)}
    groups |= {group for one in said for pattern in AGES if (group := _by_years(pattern, one))}
    return groups.pop() if len(groups) == 1 else None


def _by_years(pattern: re.Pattern[str], clause: str) -> str | None:
    found = pattern.search(clause)
    if found is None or int(found["years"]) > OLDEST:
        return None
    if int(found["years"]) >= ADULT_AGE:
        return "adult"
    return "child" if found["who"] in NOBODY_ELSE else None


def asks(text: str) -> bool:
    """Does any part of the text clearly ask something?"""
    for words, mark in CLAUSE.findall(plain(text)):
        for part in AND.split(words):
            said = POLITE.sub("", part.strip())
            first, _, rest = said.partition(" ")
            if "?" in mark or ASKS.search(said) or (rest and first.removesuffix("'s") in LEADS):
                return True
    return "¿" in text
