"""What a text reports beside signs: that 911 was called, that they cannot call, that the patient has died.

Read clause by clause, and only where it is plainly said: a question, a plan, a refusal or last year counts for nothing.
"""

import re
import unicodedata

SUBJECT = (
    r"(?:he|she|they|(?:(?:my|our|the|his|her) )?(?:dad|daddy|father|mom|mommy|mother|mum|husband|wife|son|daughter|"
    r"brother|sister|partner|patient|baby|child|boy|girl|kid|grandma|grandpa|grandmother|grandfather|uncle|aunt))"
)
SUJETO = (
    r"(?:el|ella|(?:mi|el|la|su) (?:esposo|esposa|marido|mujer|papa|mama|padre|madre|hijo|hija|hermano|hermana|"
    r"abuelo|abuela|suegro|suegra|tio|tia|pareja|paciente|nino|nina|bebe))"
)
HELP = r"(?:911|(?:the |an )?ambulance|ems|(?:the )?(?:paramedics?|medics))"
AYUDA = r"(?:911|la ambulancia|una ambulancia|los paramedicos)"
ER = r"(?:er|e r|emergency room|emergency department)"
URGENCIAS = r"(?:urgencias|emergencias|la sala de (?:urgencias|emergencias))"

# Help is called, coming, or there.
CALLED = (
    rf"\b(?:called|calling|phoned|dialed|dialled|dialing|rang) {HELP}\b",
    rf"\bon (?:the )?(?:phone|line) with {HELP}\b",
    rf"\b{HELP}(?:'s| is| are| has| have| just| already)* "
    r"(?:here|there|coming|come|arrived|on (?:the|its|their) way)\b",
    r"(?:\b(?:i'm|i am|im|we're|we are|he's|he is|she's|she is|they're|they are)|^were|^at|^in)(?: already| now| here)*"
    rf"(?: (?:at|in))? (?:the )?(?:{ER}|ambulance)\b",
    r"\b(?:on (?:the|our|my|his|her) way|heading|driving|taking (?:him|her|them|me|us)) "
    rf"to (?:the )?(?:{ER}|hospital)\b",
    rf"\b{HELP} (?:took|has|is taking|are taking) (?:him|her|them|me|us)\b",
    rf"\b(?:ya|si|acabo de|acabamos de|estoy|estamos) (?:llame|llamo|llamamos|llamaron|llamar|llamando) "
    rf"(?:al|a) {AYUDA}\b",
    rf"\b(?:llamamos|llamaron) (?:al|a) {AYUDA}\b",
    rf"\b{AYUDA} (?:ya )?(?:esta aqui|estan aqui|llego|llegaron|viene|vienen|(?:esta|estan|va|van) en camino)\b",
    rf"\bya (?:viene|vienen|llego|llegaron|esta|estan)(?: aqui)?(?: {AYUDA})\b",
    rf"(?:\b(?:estoy|estamos|ya estamos|ya estoy)|^esta|^ya esta)(?: ya)? en (?:{URGENCIAS}|la ambulancia)\b",
    rf"\b(?:voy|vamos|camino|llevamos|llevaron|llevo) (?:camino )?(?:a|al) (?:{URGENCIAS}|hospital)\b",
)
# Help cannot be called: the patient or another forbids it, or the phone does not do it.
CANNOT = (
    rf"\b(?:can't|cant|cannot|unable to|not able to|couldn't|couldnt) (?:call|dial|phone|reach|get) {HELP}\b",
    rf"\b{SUBJECT} (?:won't|wont|doesn't|doesnt|refuses?|does not|will not|forbids?)\b.{{0,24}}"
    rf"\b(?:call|dial|phone|{HELP})\b(?! (?:me|you|them|my|the|back))",
    rf"\bno (?:puedo|podemos|logro) llamar (?:al|a) {AYUDA}\b",
    rf"\bno (?:me deja|nos deja|quiere)\b.{{0,24}}\b(?:llamar|llame|llamemos|{AYUDA})\b",
)
# The same in answer to "Did you call?", where less says it.
CANNOT_HERE = (
    *CANNOT,
    r"\b(?:won't|wont|doesn't|doesnt|refuses?|does not|will not)\b.{0,12}\b(?:let|want|allow|like|go)\b",
    r"^(?:he|she|they|dad|mom) refuses?\b",
    r"\b(?:can't|cant|cannot) (?:call|dial)$",
    r"\bno (?:(?:phone )?(?:signal|service|minutes)|tengo (?:senal|saldo|minutos))\b",
    r"\bno (?:me|nos) deja\b|\bno quiere\b|\bse niega\b",
)
DIED = (
    rf"\b{SUBJECT}(?:'s| has| have| just| already)* (?:died|passed away|passed on|deceased)\b",
    rf"\b(?:{SUJETO} )?(?:ya )?(?:se )?(?:nos )?(?:murio|fallecio|ha muerto|ha fallecido)\b",
)
# Perhaps not: somebody must look, now.
MAYBE_DEAD = (
    rf"\b{SUBJECT}(?:'s| is| might be| may be| looks| seems|s)(?: probably)? "
    r"dead(?:$| (?!tired|serious|wrong|set|right))",
    rf"\bi think {SUBJECT}(?:'s| is| has| just)* (?:dead|died|gone)\b",
    rf"\b(?:{SUJETO} )?(?:esta|parece) muert[oa](?!\w| de\b)",
    rf"\bcreo que (?:{SUJETO} )?(?:ya )?(?:se )?(?:murio|fallecio|esta muert[oa])",
)
# With one of these a clause reports nothing that is so now.
UNDONE = re.compile(
    r"\b(?:not|n't|isn't|isnt|haven't|havent|hasn't|hasnt|didn't|didnt|don't|dont|never|nobody|should|shall|do i|"
    r"did you|have you|can i|could|would|will|gonna|going to|want|wanted|need|if|when|before|last (?:week|month|year|"
    r"fall|spring|summer|winter)|years?|months?|weeks?|almost|nearly|how|cost|bill|tried|trying|in (?:19|20)\d\d|"
    r"nunca|nadie|debo|deberia|puedo|cuando|hace|pasad[oa]|cuanto|cuesta|casi|anos|meses|semanas)\b"
)
THINGS = re.compile(r"\b(?:telefono|celular|bateria|carro|coche|perro|gato|phone|battery|car|dog|cat)\b")
NOT_ES = re.compile(r"\b(?:no|ni|todavia|aun)\b")
CLAUSE = re.compile(r"([^.,;!?\n]+)([.,;!?\n]*)")
AND = re.compile(r"\b(?:and|but|so|y|pero)\b")
LEADS = frozenset(
    "does do did is are was will would can could should how what when where who why which cuanto cuanta cuesta que "
    "como cuando donde quien por puede puedo debo hay".split()
)


def plain(text: str) -> str:
    """Lower case without accents; apostrophes straight."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(one for one in folded if not unicodedata.combining(one))


def is_question(text: str) -> bool:
    """Is the whole text a question, by its mark or its first word?"""
    words = re.findall(r"[a-z']+", plain(text))
    return text.rstrip().endswith("?") or (len(words) > 1 and words[0] in LEADS)


def clauses(text: str) -> list[str]:
    """The clauses that state something: no questions, nothing undone."""
    found = []
    for words, mark in CLAUSE.findall(plain(text)):
        if "?" in mark:
            continue
        found += [part.strip() for part in AND.split(words)]
    return [clause for clause in found if clause and not is_question(clause)]


def called_for_help(text: str) -> bool:
    """Is help called, coming, or there?"""
    # "llamé al 911" is a report, "llame al 911" a cry: only the accent tells them apart.
    return "llamé al 911" in text.casefold() or reported(CALLED, text, NOT_ES)


def cannot_call(text: str, *, asked: bool = False) -> bool:
    """Can they not call for help? `asked`: in answer to our question, where less says it."""
    return any(says(CANNOT_HERE if asked else CANNOT, clause) for clause in clauses(text))


def died(text: str) -> bool:
    """Is the patient said to have died?"""
    return reported(DIED, text, THINGS)


def may_be_dead(text: str) -> bool:
    """Does somebody believe that the patient is dead, so that 911 must look?"""
    return reported(MAYBE_DEAD, text, THINGS)


def reported(patterns: tuple[str, ...], text: str, barred: re.Pattern[str]) -> bool:
    """Does a clause say one of these, that is so now, and holds nothing barred?"""
    return any(
        not UNDONE.search(clause) and not barred.search(clause) and says(patterns, clause) for clause in clauses(text)
    )


def says(patterns: tuple[str, ...], clause: str) -> bool:
    """Does a clause say one of these?"""
    return any(re.search(pattern, clause) for pattern in patterns)
