"""The scorecard of the screen: the examination phrases, counted by what they should give, with 95 % intervals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import sqrt
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from flows.screen.lexicon import Lexicon
from flows.screen.read import read
from flows.triage import Circumstances, triage
from flows.words import Level

HERE = Path(__file__).parent
BEGIN, END = "<!-- screen: begin -->", "<!-- screen: end -->"
PAGED = ("urgent", "emergency")

HEAD = """## The safety screen

Measured on `tests/evaluation/phrases_exam.tsv`, phrases that were written for this purpose and kept apart: the lexicon
was built and tuned on the seed phrases and on `phrases_practice.tsv`. The misses among the examination phrases were not
read, but their counts by sign were seen while tuning, so the figures flatter somewhat. Every phrase is given with an
unknown day. Intervals are 95 % (Wilson). The words are ours, so the figures say how the screen does on careful
paraphrases, not on the street; patients' own words were measured as well, on collections whose licences keep them out
of this repository (see `docs/decisions/0005-concepts-not-lists-screen.md`).
"""

ANCHORS = """
For comparison, published figures: 23 symptom checkers named the right urgency for 80 % of emergencies and 57 % of all
vignettes (Semigran 2015); NHS 111 by telephone had a sensitivity of 74.2 % and a specificity of 61.5 % (BMJ Qual Saf
2024); the best language models on the same vignettes reached 92 % for emergencies. They judge whole vignettes and this
judges single sentences, so they are anchors and not opponents.
"""

BLIND = """
### Blind phrases

`tests/evaluation/phrases_blind_en.tsv` and `phrases_blind_es.tsv` (545 English, 611 Spanish) were written blind for
this purpose: their authors had the table of signs (reference C3) and had never seen the lexicon. They were asked for
what people really text: comparisons, dialect, oddities of a relative told at length. *First sight* is the honest
figure: measured before anybody had read a phrase of them. Then one half, drawn by hash, was read and learnt from by
concept; *unread half* is the other half, measured before it was read too. *Today* is what the screen gives now, after
both were read: it guards against falling back, and says nothing about phrases that nobody has seen.
"""

SECOND = """
### Blind phrases, the second time

`tests/evaluation/phrases_second_en.tsv` and `phrases_second_es.tsv` (327 English, 457 Spanish) were written in the
same way, after the first had been learnt from, again by people who had never seen the lexicon; the Spanish ones are
told as stories, as families tell them. *First sight* is the honest figure of what the first set had taught. Then one
half, drawn by hash, was read and learnt from; of the other no missed sign was read, but its misses were counted by
sign. At first sight that other half was paged in 87.4 % (English) and 87.0 % (Spanish): what the one half taught
helped the other by a point or two, because what is still missed is odd in its own way each time. The quiet phrases of
both halves were read when false pages were tightened, so that they have no unread half.
"""

THIRD = """
### Blind phrases, the third time

`tests/evaluation/phrases_third_en.tsv` and `phrases_third_es.tsv` (1,336 English, 1,088 Spanish) were written so once
more, two authors for the signs of each language and one for what must not page, who were asked for texts that
look alarming and are not (idioms, exaggeration, old illnesses, questions in general). Their words were learnt from in
another way: six other authors wrote some 800 phrases each about one group of signs, going through the whole vocabulary
of a sign; from those the concepts were widened, and of this set only the half drawn by hash was read. *Unread half* is
the other one: no phrase of it was read, but its misses were counted by sign while learning, more than once.
"""

FOURTH = """
### Blind phrases, the fourth time

`tests/evaluation/phrases_fourth_en.tsv` and `phrases_fourth_es.tsv` (760 English, 762 Spanish) were written after the
third had been learnt from: one author for the signs of each language, almost half of them emergencies, and one for what
must not page. Their *first sight* is the honest figure of all that went before. Then other authors wrote the near
neighbours that the screen lacked (an emergency and the same sign less grave; rare words; figures of speech, denials,
old illnesses and leaflets), and what those taught was written down by concept. Of this set only the half drawn by hash
was read; *unread half* is the other one, measured in sum while learning.
"""

FIFTH = """
### Blind phrases, the fifth time

`tests/evaluation/phrases_fifth_en.tsv` and `phrases_fifth_es.tsv` (631 English, 627 Spanish) were written after the
fourth had been learnt from, in the same way, half of the signs emergencies; what must not page was written by
grammar: denials, old illnesses, lessons and figures of speech in every frame. Then other authors wrote some 1,400
emergencies without the word of the textbook and 1,050 quiet texts, which were learnt from by concept. Of this set only
the half drawn by hash was read; *unread half* was measured in sum while learning, and once by which pattern fired.
"""


TOLD = MappingProxyType({"blind": BLIND, "second": SECOND, "third": THIRD, "fourth": FOURTH, "fifth": FIFTH})


class Phrase(NamedTuple):
    """One phrase: what it should give, its language, stratum and sign; then what it gave."""

    want: str
    language: str
    stratum: str
    sign: str
    text: str
    got: str


def phrases(lexicon: Lexicon, name: str = "phrases_exam.tsv") -> list[Phrase]:
    """The phrases of a file with what the screen and the rules give them."""
    lines = (HERE / name).read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [Phrase(want, lang, part, sign, text, level_of(text, lexicon)) for want, lang, part, sign, text in rows]


def level_of(text: str, lexicon: Lexicon) -> str:
    """The level of a text by its name, `ask`, or `none`."""
    reading = read(text, lexicon)
    said = triage(reading.evidence, Circumstances(), reading)
    if said.level is None or said.level == Level.ROUTINE:
        return "ask" if said.ask else "none"
    return said.level.name.lower()


def interval(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return (max(0.0, (middle - spread) / (1 + z * z / of)), min(1.0, (middle + spread) / (1 + z * z / of)))


def line(name: str, found: Sequence[Phrase], good: Callable[[Phrase], bool]) -> str:
    """One row of the card: how many of these phrases are good, with the interval."""
    hits = sum(good(one) for one in found)
    low, high = interval(hits, len(found))
    return f"| {name} | {hits} / {len(found)} | {hits / len(found):.1%} | {low:.1%} to {high:.1%} |"


def paged(one: Phrase) -> bool:
    """A human is paged."""
    return one.got in PAGED


def _pages(one: Phrase) -> bool:
    return one.want in ("page", "emergency")


MEANT: Mapping[str, Callable[[Phrase], bool]] = MappingProxyType(
    {
        "signs that page: paged": _pages,
        "signs that page: not passed over": _pages,
        "emergencies: paged": lambda one: one.want == "emergency",
        "emergencies: told 911": lambda one: one.want == "emergency",
        "urgent signs not called emergency": lambda one: one.want == "page",
        "not paged: denial": lambda one: one.stratum == "denial",
        "not paged: past": lambda one: one.stratum == "past",
        "not paged: educational": lambda one: one.stratum == "educational",
        "not paged: figurative": lambda one: one.stratum == "figurative",
        "not paged: harmless": lambda one: one.stratum == "harmless",
        "not paged: ordinary": lambda one: one.stratum == "ordinary",
        "asked: not passed over": lambda one: one.want == "soft",
    }
)
GOOD: Mapping[str, Callable[[Phrase], bool]] = MappingProxyType(
    {
        **{name: lambda one: not paged(one) for name in MEANT},
        "signs that page: paged": paged,
        "signs that page: not passed over": lambda one: one.got != "none",
        "emergencies: paged": paged,
        "emergencies: told 911": lambda one: one.got == "emergency",
        "urgent signs not called emergency": lambda one: one.got != "emergency",
        "asked: not passed over": lambda one: one.got != "none",
    }
)


def card(found: Sequence[Phrase], blind: Mapping[str, Sequence[Phrase]]) -> str:
    """The whole card, in Markdown: the examination, and the blind sets by name."""
    page = [one for one in found if one.want in ("page", "emergency")]
    emergency = [one for one in found if one.want == "emergency"]
    quiet = [one for one in found if one.want == "quiet"]
    rows = [
        line("signs that page: paged", page, paged),
        line("signs that page: not passed over", page, lambda one: one.got != "none"),
        line("emergencies: paged", emergency, paged),
        line("emergencies: told 911", emergency, lambda one: one.got == "emergency"),
        line("urgent signs not called emergency", _want(found, "page"), lambda one: one.got != "emergency"),
        line("soft signs: not passed over", _want(found, "soft"), lambda one: one.got != "none"),
        line("quiet texts: nobody paged", quiet, lambda one: not paged(one)),
    ]
    rows += [line(f"paged, {language}", group, paged) for language, group in _groups(page, "language")]
    rows += [line(f"paged, {stratum}", group, paged) for stratum, group in _groups(page, "stratum")]
    rows += [line(f"not paged, {name}", group, lambda one: not paged(one)) for name, group in _groups(quiet, "stratum")]
    rows += [line(f"paged, sign {sign}", group, paged) for sign, group in _groups(page, "sign")]
    table = ["| what | count | share | 95 % interval |", "|---|---|---|---|", *rows]
    sets = [line for name, told in TOLD.items() for line in (told, *sights(blind[name], name))]
    return "\n".join([BEGIN, HEAD, *table, *sets, ANCHORS, END])


def sights(found: Sequence[Phrase], name: str) -> list[str]:
    """A set of blind phrases: at first sight, in the half that was not read, and today."""
    rows = ["| what | language | first sight | unread half | today |", "|---|---|---|---|---|"]
    lines = [line.split("\t") for line in (HERE / "blind_sights.tsv").read_text("utf-8").splitlines()[1:]]
    seen = [
        (sight, language, what, int(hits), int(of))
        for of_set, sight, language, what, hits, of in lines
        if of_set == name
    ]
    half = {(language, what): share(hits, of) for sight, language, what, hits, of in seen if sight == "half"}
    for sight, language, what, hits, of in seen:
        if sight == "first":
            now = [one for one in found if one.language == language and MEANT[what](one)]
            today = sum(GOOD[what](one) for one in now) / len(now)
            told = (share(hits, of), half.get((language, what), "all were read"), f"{today:.1%}")
            rows.append(f"| {what} | {language} | {' | '.join(told)} |")
    return rows


def share(hits: int, of: int) -> str:
    """A share with its interval."""
    low, high = interval(hits, of)
    return f"{hits / of:.1%} ({low:.1%} to {high:.1%})"


def _want(found: Iterable[Phrase], want: str) -> list[Phrase]:
    return [one for one in found if one.want == want]


def _groups(found: Sequence[Phrase], by: str) -> list[tuple[str, list[Phrase]]]:
    names = sorted({getattr(one, by) for one in found})
    return [(name, [one for one in found if getattr(one, by) == name]) for name in names]


def spliced(page: str, section: str) -> str:
    """The page with its screen section replaced, or added at the end."""
    if BEGIN not in page:
        return (page.rstrip() + "\n\n" if page.strip() else "# Scorecard\n\n") + section + "\n"
    return page[: page.index(BEGIN)] + section + page[page.index(END) + len(END) :]
