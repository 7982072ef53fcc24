"""How hard a text is to read: Flesch-Kincaid grade for English, Fernández-Huerta ease for Spanish.

Names, numbers, links and placeholders say nothing about how hard a sentence is, so they count as no words at all.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from flows.words import Language

NEUTRAL = re.compile(
    r"\{\w*\}|https?://\S+|\b\S+\.(?:org|gov|com)\S*|[$#]?\+?\d+(?:[,.\-:]\d+)*%?(?:st|nd|rd|th)?\b", re.I
)
SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
HIATUS = re.compile(r"(?:[^tcsg]i[ao]|[aeiou]ing|eo(?!u)|ua(?!r|l)|[^q]ue[lt]|creat|react|iet|ious$|ien[ct])")
# The formulas were made for samples of a hundred words; on fewer than this they say nothing.
FEWEST_WORDS = {Language.en: 4, Language.es: 8}
SPANISH_STRONG = "aeoáéóíú"
SPANISH_WEAK = "iuü"
# Words that the rules below count wrongly and that patients' texts are full of.
ENGLISH_EXCEPTIONS = {
    "area": 3, "being": 2, "business": 2, "diarrhea": 4, "doing": 2, "going": 2, "every": 2, "evening": 2,
    "hours": 1, "hour": 1, "idea": 3, "medicine": 3, "medicines": 3, "nausea": 3, "people": 2, "something": 2,
    "someone": 2, "sometimes": 2, "somewhere": 2, "our": 1, "your": 1, "yours": 1, "fever": 2, "leukemia": 4,
    "home": 1, "once": 1, "anyone": 3, "everyone": 3, "therapy": 3, "insurance": 3, "quiet": 2, "trial": 2,
    "trials": 2, "used": 1, "create": 2, "science": 2, "client": 2, "diet": 2, "fluid": 2, "fluids": 2,
    "theater": 3, "real": 1, "really": 2, "usually": 4, "actually": 4, "manual": 3, "dual": 2, "sure": 1,
}  # fmt: skip


def grade(text: str, names: Collection[str] = ()) -> float:
    """The Flesch-Kincaid school grade of an English text; 0 below grade 0, and for a few words."""
    words, sentences = measure(text, names)
    if len(words) < FEWEST_WORDS[Language.en]:
        return 0.0
    syllables = sum(english_syllables(word) for word in words)
    return max(0.0, 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59)


def ease(text: str, names: Collection[str] = ()) -> float:
    """The Fernández-Huerta ease of a Spanish text: from 70 on a sixth-grader can read it; 100 for a few words."""
    words, sentences = measure(text, names)
    if len(words) < FEWEST_WORDS[Language.es]:
        return 100.0
    syllables = sum(spanish_syllables(word) for word in words)
    return min(100.0, 206.84 - 60.0 * syllables / len(words) - 1.02 * len(words) / sentences)


def measure(text: str, names: Collection[str]) -> tuple[list[str], int]:
    """The words that count and the number of sentences that hold at least one of them."""
    plain = NEUTRAL.sub(" ", without_names(text, names))
    sentences = [WORD.findall(part) for part in SENTENCE_END.split(plain)]
    words = [word.casefold() for part in sentences for word in part]
    return words, max(1, sum(1 for part in sentences if part))


def without_names(text: str, names: Collection[str]) -> str:
    """The text without the listed names."""
    return pattern_of(frozenset(names)).sub(" ", text) if names else text


@lru_cache(maxsize=8)
def pattern_of(names: frozenset[str]) -> re.Pattern[str]:
    """The names as one pattern, longest first, so that "Blood Cancer United" goes before "Blood"."""
    listed = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.I)


def score(text: str, language: Language, names: Collection[str] = ()) -> str:
    """The figure that a reviewer sees beside a text."""
    if language is Language.en:
        return f"grade {grade(text, names):.1f}"
    return f"ease {ease(text, names):.0f}"


def english_syllables(word: str) -> int:
    """The spoken syllables of an English word, by the usual rules for silent letters."""
    word = re.sub(r"['’].*", "", word.casefold())
    if word in ENGLISH_EXCEPTIONS:
        return ENGLISH_EXCEPTIONS[word]
    count = len(ENGLISH_VOWELS.findall(word)) + len(HIATUS.findall(word))
    if re.search(r"[^aeiouy]e$", word) and not re.search(r"[^aeiouy]le$", word):
        count -= 1
    if re.search(r"[^aeiouytd]ed$", word) or re.search(r"[^aeiouysxzcgh]es$", word):
        count -= 1
    return max(1, count)


def spanish_syllables(word: str) -> int:
    """The syllables of a Spanish word: strong and accented vowels each carry one, weak ones lean on them."""
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.casefold())
    word = re.sub(r"y(?=$|[^aeiouáéíóú])", "i", word)
    count, weak_before = 0, False
    for index, letter in enumerate(word):
        if letter in SPANISH_STRONG:
            count += 1
            weak_before = False
        elif letter in SPANISH_WEAK:
            near = word[index - 1 : index] + word[index + 1 : index + 2]
            leans = any(x in SPANISH_STRONG for x in near) or weak_before
            count += 0 if leans else 1
            weak_before = not leans
        else:
            weak_before = False
    return max(1, count)
