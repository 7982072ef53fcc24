"""The gate: what makes a text unfit to be said. Every check looks at all of it, so that one run names everything."""

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from flows.catalog.contents import Contents
from flows.catalog.menu import Choice, Menu, fold
from flows.catalog.message import Kind, Message, placeholders
from flows.readability import ease, grade
from flows.segments import foreign_letters, segments
from flows.words import Channel, Language

Problem = tuple[str, str, str]

# Parts of a text message that a reply may cost, by kind and language.
SEGMENT_BUDGET = {
    Kind.emergency: {Language.en: 1, Language.es: 1},
    Kind.normal: {Language.en: 2, Language.es: 4},
    Kind.topic: {Language.en: 2, Language.es: 4},
    Kind.page: {Language.en: 1, Language.es: 1},
}
# The hardest English grade and the lowest Spanish ease (Fernández-Huerta: 70 is "fairly easy", sixth grade).
HARDEST_GRADE = {Kind.emergency: 4.0, Kind.normal: 6.0, Kind.topic: 6.0}
LOWEST_EASE = {Kind.emergency: 75.0, Kind.normal: 70.0, Kind.topic: 70.0}
WORDS_PER_SECOND = 150 / 60
LONGEST_FIRST_PROMPT, LONGEST_PROMPT = 8.0, 45.0
DIRECTORY_VALID = timedelta(days=92)
OPT_OUT_WORDS = frozenset("stop stopall unsubscribe cancel end quit revoke optout".split())
PAGING_WORDS = frozenset("now ahora urgent urgente 911".split())
CARRIER_WORDS = OPT_OUT_WORDS | frozenset("start unstop yes help info".split())
# STOP, START and HELP may be named, since carriers want them named; the others may never be asked for.
ASKED_RESERVED = re.compile(r"\b(?i:reply|text|send|responda|envíe|mande)\s+(YES|END|CANCEL|QUIT|INFO|UNSUBSCRIBE)\b")
OFFERED = re.compile(
    r"(?<![\w.,:/$#-])(\d)(?![\w%°/-]|[.,:]\d|\s*(?:minut|hour|hora|day|día|dia\b|week|semana|month|mes|year|año"
    r"|AM\b|PM\b|am\b|pm\b|mg\b|times|veces|to\b|a \d|or \d|o \d|of\b|de\b|out of|topics|temas|more\b))"
)
NUMBER_SPOKEN_SINGLY = re.compile(r"\d{3,}")
# A person (0, 4), "text me" (8) and the other language (9) answer at any point, whatever the menu.
EVERYWHERE = {Channel.voice: frozenset("089"), Channel.sms: frozenset("049")}


def check_wordings(contents: Contents) -> Iterator[Problem]:
    """Placeholders must be plain, and the same in every language of a channel."""
    for message in contents.messages.values():
        names: dict[Channel, frozenset[str]] = {}
        for language, channel, text in message.wordings():
            try:
                found = placeholders(text)
            except ValueError as error:
                yield message.file, message.key, f"{language}.{channel}: {error}"
                continue
            if names.setdefault(channel, found) != found:
                missing = ", ".join(sorted(names[channel] ^ found))
                yield message.file, message.key, f"{channel}: the languages differ in placeholders: {missing}"


def check_sources(contents: Contents) -> Iterator[Problem]:
    """Every message says where its facts come from."""
    for message in contents.messages.values():
        if not message.source:
            yield message.file, message.key, "has no source"


def check_segments(contents: Contents) -> Iterator[Problem]:
    """A text stays within its parts; English keeps to the cheap alphabet."""
    for message in contents.messages.values():
        for language, channel, text in message.wordings():
            if channel is not Channel.sms:
                continue
            budget, count = SEGMENT_BUDGET[message.kind][language], segments(filled(text, contents.sample))
            if count > budget:
                yield message.file, message.key, f"{language}.sms takes {count} segments, {budget} allowed"
            if language is Language.en and (foreign := foreign_letters(text)):
                yield message.file, message.key, f"en.sms has letters outside GSM-7: {foreign}"


def check_reading(contents: Contents) -> Iterator[Problem]:
    """What a patient gets can be read by a sixth-grader, in an emergency by a fourth-grader."""
    for message in contents.messages.values():
        for language, channel, text in message.wordings():
            if message.kind is Kind.page:
                continue
            if language is Language.en and (hard := grade(text, contents.names)) > HARDEST_GRADE[message.kind]:
                limit = HARDEST_GRADE[message.kind]
                yield message.file, message.key, f"en.{channel} reads at grade {hard:.1f}, {limit:.0f} allowed"
            if language is Language.es and (soft := ease(text, contents.names)) < LOWEST_EASE[message.kind]:
                limit = LOWEST_EASE[message.kind]
                yield message.file, message.key, f"es.{channel} has reading ease {soft:.0f}, {limit:.0f} needed"


def check_prompts(contents: Contents) -> Iterator[Problem]:
    """A voice prompt is over before the caller forgets its beginning."""
    for message in contents.messages.values():
        limit = LONGEST_FIRST_PROMPT if message.first else LONGEST_PROMPT
        for language, channel, text in message.wordings():
            if channel is Channel.voice and (length := spoken_seconds(filled(text, contents.sample))) > limit:
                yield message.file, message.key, f"{language}.voice takes {length:.1f} s, {limit:.0f} s allowed"


def check_menus(contents: Contents) -> Iterator[Problem]:
    """One input means one thing, every choice has words in each language, and no reserved word is needed."""
    for menu in contents.menus.values():
        meaning: dict[str, str] = {}
        for choice in menu.choices:
            place = f"menu.{menu.name}.{choice.id}"
            if choice.digit and not re.fullmatch(r"[0-9]", choice.digit):
                yield menu.file, place, f"digit {choice.digit} is not one key"
            for language, words in choice.words.items():
                if not words:
                    yield menu.file, place, f"has no words in {language}"
                elif not choice.reserved and not choice.digit and CARRIER_WORDS.issuperset(map(fold, words)):
                    yield menu.file, place, f"can only be chosen by a reserved word in {language}"
            for phrase in choice.inputs():
                if why := taken(phrase, choice):
                    yield menu.file, place, why
                if meaning.setdefault(phrase, choice.id) != choice.id:
                    yield menu.file, place, f"{phrase!r} also means {meaning[phrase]}"


def taken(phrase: str, choice: Choice) -> str | None:
    """Why an input cannot be an answer: it means something of its own wherever it is said."""
    if phrase in OPT_OUT_WORDS and not choice.reserved:
        return f"takes the opt-out word {phrase}"
    return f"takes {phrase}, which pages the team wherever it is said" if phrase in PAGING_WORDS else None


def check_labels(contents: Contents) -> Iterator[Problem]:
    """The keys that a text offers are the keys of its menu, all of them."""
    for message in contents.messages.values():
        if message.menu and message.menu not in contents.menus:
            yield message.file, message.key, f"names a menu that is not there: {message.menu}"
        for language, channel, text in message.wordings():
            if asked := ASKED_RESERVED.search(text):
                yield message.file, message.key, f"{language}.{channel} asks for the reserved word {asked[1]}"
            if message.menu in contents.menus:
                yield from wrong_labels(message, language, channel, text, contents.menus[message.menu])


def wrong_labels(message: Message, language: Language, channel: Channel, text: str, menu: Menu) -> Iterator[Problem]:
    """The difference between the keys in one text and the keys of its menu."""
    offered = frozenset(OFFERED.findall(text))
    shown = frozenset(c.digit for c in menu.choices if c.digit and not c.hidden)
    for digit in sorted(offered - menu.digits() - EVERYWHERE[channel]):
        yield message.file, message.key, f"{language}.{channel} offers {digit}, which menu.{menu.name} does not have"
    for digit in sorted(shown - offered):
        yield message.file, message.key, f"{language}.{channel} does not offer {digit} of menu.{menu.name}"


def check_reviews(contents: Contents) -> Iterator[Problem]:
    """Every file says who reviewed it and when, and its words are the words that were reviewed."""
    for file, review in contents.reviews.items():
        if not review.get("by"):
            yield file, "review", "does not say by whom"
        if not isinstance(review.get("on"), date):
            yield file, "review", "has no date"
        if review.get("words") != contents.fingerprints[file]:
            yield file, "review", f"is older than its words (now {contents.fingerprints[file]}): review, then sign"


def check_use(contents: Contents, used: Collection[str]) -> Iterator[Problem]:
    """What flows say is there, and what is there is said; a used key ending in .* stands for a family."""
    families = tuple(key[:-1] for key in used if key.endswith(".*"))
    for key in sorted(set(used) - contents.messages.keys()):
        if not key.endswith(".*"):
            yield "content", key, "is said by a flow but stands in no file"
    for message in contents.messages.values():
        if message.key not in used and not message.key.startswith((*families, "topic.", "org.")):
            yield message.file, message.key, "is said by no flow"


def check_directory(contents: Contents, today: date) -> Iterator[Problem]:
    """A telephone number that nobody tried for three months may be wrong by now."""
    for file, key, checked in contents.checked:
        if today - checked > DIRECTORY_VALID:
            yield file, key, f"was last checked on {checked}: check it again"
        if checked > today:
            yield file, key, f"claims to have been checked on {checked}, which is to come"


CHECKS = (
    check_wordings,
    check_sources,
    check_segments,
    check_reading,
    check_prompts,
    check_menus,
    check_labels,
    check_reviews,
)


def filled(text: str, sample: dict[str, str]) -> str:
    """The text with example values, so that its length is that of a real one."""
    for name, value in sample.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def spoken_seconds(text: str) -> float:
    """How long a text takes to say at 150 words a minute; a number is said digit by digit."""
    digits = sum(len(number) - 1 for number in NUMBER_SPOKEN_SINGLY.findall(text))
    return (len(re.findall(r"\w[\w'’]*", text)) + digits) / WORDS_PER_SECOND
