"""That nobody has called them, or that they want to be called: what whoever has the case must hear at once.

Read in the whole text, questions too ("why has nobody called?"). That nobody called 911 is another thing.
"""

import re

from flows.dialogue.told import AYUDA, HELP, plain

NO_ONE = r"(?:no ?one|no-one|nobody|none of you)"
SOMEBODY = r"(?:anyone|anybody|someone|somebody|they|you|you guys|ya'?ll|y'all|your team|the team|the doctor|the nurse)"
NOT = r"(?:not|never|hasn'?t|haven'?t|didn'?t|don'?t|doesn'?t|ain'?t|won'?t)"
FILL = r"(?: (?:has|have|had|is|are|did|does|even|ever|still|yet|just|really|actually|tried to|bothered to))*"
CALLED = r"(?:calls?|called|calling|phoned|rang|rung|contacted|reached out|gotten back|got back)"
NOT_911 = rf"(?! (?:for )?{HELP}\b)"
SPANISH_FILL = r"(?: (?:me|nos|le|les|ha|han|a|an|he|hemos|se|todavia|aun|ya|siquiera))*"
LLAMADO = (
    r"(?:llamado|llamaron|llamo|llaman?|hablado|hablaron|hablan?|marcado|marcaron|marco|marcan?|"
    r"contactado|contactaron|contacto|comunicado|comunicaron)"
)
NO_AL_911 = rf"(?! (?:a|al) {AYUDA}\b)"

# Says outright who was not called: so too where we asked whether 911 was called.
PLAIN = (
    rf"\b{NO_ONE}(?:'s)?{FILL} {CALLED} (?:me|us)\b",
    rf"\b(?:{SOMEBODY}{FILL} {NOT}|{NOT}{FILL} {SOMEBODY}){FILL} {CALLED} (?:me|us)\b",
    rf"\b{NOT}{FILL} (?:been|be) (?:called|contacted)\b",
    rf"\b{NOT}{FILL} (?:get|got|gotten|receive|received|have|had)(?: (?:a|any|the|my|your|that|phone))* "
    r"(?:calls?|callback)\b",
    rf"\b{NOT}{FILL} (?:heard|hear) (?:back|from (?:you|any|some|the|your))",
    r"\bno (?:phone )?(?:calls?|callbacks?)(?: ?back)?(?: yet| so far| from you| from anyone)?$",
    r"\bwaiting (?:for|on) (?:(?:a|the|your|my|that|this) (?:phone )?(?:call|callback)|"
    r"(?:you|them|someone|somebody|anyone)(?: guys)? to call)\b",
    r"(?:^|\b(?:please|pls|plz|can|could|will|would|someone|somebody|anyone|anybody|you|guys|to|just|and|so) )"
    r"(?:call|phone|ring) (?:me|us|him|her|them|my \w+)"
    r"(?=$| (?:back|now|please|pls|asap|again|soon|today|right|already|at|on|as)\b)",
    r"\bwhen (?:will|is|are|does|do)\b.{0,20}\bcall(?:ing)? (?:me|us)\b",
    rf"\bnadie{SPANISH_FILL} (?:me|nos){SPANISH_FILL} {LLAMADO}\b{NO_AL_911}",
    rf"\b(?:no|nunca|tampoco|ni) (?:me|nos){SPANISH_FILL} {LLAMADO}\b{NO_AL_911}",
    r"\b(?:no|nunca|tampoco|ni)(?: (?:me|nos|he|hemos|ha|han|todavia|aun))* "
    r"(?:recibido|recibi|recibimos|recibo|entrado|entro|llegado|llego|tenido) (?:ninguna |la |una |su )?llamadas?\b",
    r"\b(?:ninguna llamada|sin (?:ninguna )?llamadas?)\b",
    r"\besperando (?:a )?(?:(?:la|una|su) llamada|que (?:me|nos|alguien)\b)",
    r"\b(?:llamenme|llameme|llamame|llamennos|llamenos|hablenme|hableme|marquenme|marqueme)(?! (?:a|al)\b)",
    r"\bque (?:alguien )?(?:me|nos) (?:llamen?|hablen?|marquen?)\b",
    r"\b(?:me|nos) (?:puede|pueden|podria|podrian) (?:llamar|marcar)\b",
    r"\b(?:puede|pueden|podria|podrian)(?: alguien)? (?:llamar|marcar)(?:me|nos)\b",
    r"\bcuando (?:me|nos) (?:llaman|van a llamar|llamaran|hablan|marcan)\b",
)
# Leaves out who was not called.
SHORT = (
    rf"\b{NO_ONE}(?:'s)?{FILL} {CALLED}\b{NOT_911}",
    rf"\b(?:{SOMEBODY}{FILL} {NOT}|{NOT}{FILL} {SOMEBODY}){FILL} {CALLED}\b{NOT_911}",
    rf"\bnadie{SPANISH_FILL} {LLAMADO}\b{NO_AL_911}",
    rf"\b(?:no|nunca)(?: (?:han?|todavia|aun))* (?:llamado|llamaron|llaman|hablado|marcado)\b{NO_AL_911}",
    r"\b(?:still|been) waiting\b",
    r"\b(?:sigo|seguimos|todavia|aun)(?: \w+)? esperando\b",
)
CLAUSES = re.compile(r"[.,;!?¿¡\n]+")


def uncalled(text: str, *, asked_911: bool = False) -> bool:
    """Do they say that nobody has called them, or ask for the call? `asked_911`: they were asked if 911 was called."""
    patterns = PLAIN if asked_911 else (*PLAIN, *SHORT)
    clauses = [" ".join(clause.split()) for clause in CLAUSES.split(plain(text))]
    return any(re.search(pattern, clause) for clause in clauses for pattern in patterns)
