"""Reading: one text in, everything that the screen saw in it out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from flows.screen.clause import one_thought
from flows.screen.denial import SPENT
from flows.screen.draft import ANSWERED_NO, LAID, NEGATIVE_WORDS, NOTHING
from flows.screen.evidence import About, Evidence, Reading, Scope
from flows.screen.figures import Setting
from flows.screen.ground import lay
from flows.screen.lexicon import HINT, Lexicon
from flows.screen.match import matches
from flows.screen.net import caught
from flows.screen.numbers import ALL, numbers
from flows.screen.pattern import Ground, Pattern, Span, covered
from flows.screen.plea import opt_out_of, plea_of
from flows.screen.polarity import Polarity, polarity_of
from flows.screen.scope import about_of, scope_of
from flows.screen.tokens import Token, compose, tokens
from flows.screen.vitals import vitals

MILDER = frozenset(
    "mild slow chronic felt_cold tiny few itch minor nearly gums crooked general tripped one_dose at_night "
    "worried".split()
)
VAGUE = frozenset({"unclear", "alone", "drove"})
# Where idioms and words of daily life stand: they say nothing of an illness, also not to the second net.
IDIOM = " idiom"
LONG = 6
FEW = 8
AROUND = ("degrees", "filler", "small", "now", "recent", "self", "other", "relative", "again")
PRODUCT = "product_"
VOWEL = re.compile("[aeiouy]")
STRUCK = re.compile(r"[bcdfghjklmnpqrstvwxz]{5}|[asdfgh]{4}[asdfghjkl]{2}|q[^uaei]|^(.)\1{3,}$")
LAUGHTER = re.compile(r"(?:[hj]?[aeiou]{1,2}|l+o*|ks|k+|m+|z+|x+|w+|sh|gr+|rs|hm|wk|c)+[hlmsxz]?")
SCOPE_ORDER = (Scope.present, Scope.resolved, Scope.hypothetical, Scope.past, Scope.negated)
QUALIFIERS = ("severe", "mild", "sudden", "slow", "chronic", "persistent", "one_side", "all_over", "recent", "worse")


def read(text: str, lexicon: Lexicon) -> Reading:
    """The evidence in a text, with pleas, opt-outs and whether it could be read at all."""
    composed = compose(text)
    typed = tokens(composed)
    words = [word for token in typed for word in _known(token, lexicon)]
    ground = lay(words, lexicon)
    signs = _signs(words, ground, composed)
    measured = list(_vitals(words, ground, composed, _there(signs)))
    evidence = [*(one for one in signs if not (measured and one.sign == "unclear")), *measured]
    opt_out = opt_out_of(words, ground)
    evidence += _hints(words, ground, composed, lexicon) if not evidence else []
    evidence += _netted(words, ground, composed, lexicon) if not evidence and opt_out is None else []
    caregiver = bool(ground.spans.get("relative")) or any(e.about == About.other for e in evidence)
    return Reading(
        evidence=tuple(evidence),
        opt_out=opt_out is not None,
        opt_out_word=opt_out,
        plea=plea_of(words, ground, composed),
        unreadable=_unreadable(typed, composed, lexicon),
        languages=frozenset(lang for word in words for lang in lexicon.languages.get(word.text, ())),
        caregiver=caregiver,
        product=next((name.removeprefix(PRODUCT) for name in sorted(ground.spans) if name.startswith(PRODUCT)), None),
    )


def _known(token: Token, lexicon: Lexicon) -> list[Token]:
    """The token as a word that the lexicon knows, or as two that were run together (`jointpain`)."""
    if token.value is not None or token.text in lexicon.words or token.text in ALL:
        return [token]
    meant = _run_together(token.text, lexicon) or lexicon.spelling.correct(token.text)
    if lexicon.begins_like(token.text) and not _richer(meant, token.text, lexicon):
        return [token]
    first, *second = meant.split(" ")
    return [token._replace(text=first), *(token._replace(text=word, pause=0) for word in second)]


def _richer(meant: str, typed: str, lexicon: Lexicon) -> bool:
    """Whether mending a word that begins like a known one says more (`forgettful`, `jointpain`)."""
    return " " in meant or lexicon.concepts(meant) > lexicon.concepts(typed)


def _run_together(word: str, lexicon: Lexicon) -> str | None:
    return lexicon.spelling.parted(word) if len(word) > LONG else None


def _signs(words: Sequence[Token], ground: Ground, text: str) -> list[Evidence]:
    found, masks = _found(words, ground)
    ground.spans[IDIOM] = masks
    kept = {key: value for key, value in found.items() if not any(_hides(mask, key[1]) for mask in masks)}
    # The "no" of `no pee` or `don't feel well` is spent: it denies nothing that follows.
    ground.spans.setdefault(SPENT, []).extend(
        span
        for (_, span), patterns in kept.items()
        if words[span[0]].text in NEGATIVE_WORDS or polarity_of(patterns, words[span[0] : span[1]]).negative
    )
    return _merged(
        [
            (span, _evidence(sign, span, patterns, words, ground, text))
            for (sign, span), patterns in sorted(kept.items(), key=lambda item: item[0][1])
        ]
    )


def _found(words: Sequence[Token], ground: Ground) -> tuple[dict[tuple[str, Span], list[Pattern]], list[Span]]:
    """What every pattern found: the signs, and the idioms that may hide them; what is only talked about is laid out."""
    found: dict[tuple[str, Span], list[Pattern]] = {}
    masks: list[Span] = []
    for pattern in ground.patterns:
        for span in matches(pattern, ground):
            if pattern.sign == NOTHING:
                whole = not any(word.pause for word in words[span[0] + 1 : span[1]])
                masks += [span] if whole and one_thought(span, words, ground) else []
            elif pattern.sign in LAID:
                ground.spans.setdefault(LAID[pattern.sign], []).append(span)
            else:
                found.setdefault((pattern.sign, span), []).append(pattern)
    return found, masks


def _hides(mask: Span, sign: Span) -> bool:
    """Whether an idiom takes a sign away: it covers it, or begins in it and runs on (`can't stand | noisy people`)."""
    overlap = mask[0] < sign[1] and sign[0] < mask[1]
    inside = sign[0] <= mask[0] and mask[1] <= sign[1]
    return overlap and (not inside or mask == sign)


def _evidence(
    sign: str, span: Span, patterns: Sequence[Pattern], words: Sequence[Token], ground: Ground, text: str
) -> Evidence:
    about = about_of(span, ground)
    scope = scope_of(span, polarity_of(patterns, words[span[0] : span[1]]), words, ground)
    if any(ANSWERED_NO in pattern.needs for pattern in patterns):
        scope = Scope.present  # the no says that it cannot be done
    given = frozenset(quality for pattern in patterns for quality in pattern.qualities)
    if sign == "suicide" and "plan" in given and scope == Scope.hypothetical:
        scope = Scope.present  # an "if" before a plan is a threat
    near = frozenset(name for name in QUALIFIERS if _beside(span, name, words, ground))
    typed = text[words[span[0]].start : words[span[1] - 1].end]
    return Evidence(sign, typed, scope, about, given | near)


def _beside(span: Span, concept: str, words: Sequence[Token], ground: Ground) -> bool:
    """Whether a word such as "bad" or "sudden" stands within the sign's words or up to four words away."""
    for start, end in ground.spans.get(concept, ()):
        if words[start].pause == 0 and covered((start, end), "unsaid", ground):
            continue  # `no worse`, `ni peor`, `stood up suddenly`; not: `no, worse`
        if start - span[1] <= 4 and span[0] - end <= 4 and ground.stops[start] == ground.stops[span[0]]:
            return True
    return False


def _merged(mentions: Iterable[tuple[Span, Evidence]]) -> list[Evidence]:
    """One entry per sign and scope, with all the qualities."""
    merged: dict[tuple[str, Scope], tuple[Span, Evidence]] = {}
    for mention in mentions:
        key = (mention[1].sign, mention[1].scope)
        merged[key] = _joined(merged[key], mention) if key in merged else mention
    return sorted((one for _, one in merged.values()), key=lambda one: SCOPE_ORDER.index(one.scope))


def _joined(first: tuple[Span, Evidence], second: tuple[Span, Evidence]) -> tuple[Span, Evidence]:
    """Two mentions of a sign as one; what makes it milder stays only if it was said of both (`feel cold … rigors`)."""
    (here, one), (there, other) = first, second
    both = one.qualities | other.qualities
    overlap = here[0] < there[1] and there[0] < here[1]
    milder = both if overlap else one.qualities & other.qualities
    # Of two that overlap the shorter says it: the longer holds words of other signs (`confused and short of breath`).
    shorter_first = len(one.words) <= len(other.words)
    span, kept = first if shorter_first == overlap else second
    return span, replace(kept, about=one.about, qualities=(both - MILDER) | (milder & MILDER))


def _hints(words: Sequence[Token], ground: Ground, text: str, lexicon: Lexicon) -> list[Evidence]:
    """Words that are unknown but begin like a sign (`collapades`): worth one question, unless they are denied."""
    return [
        Evidence("unclear", text[word.start : word.end])
        for at, word in enumerate(words)
        if word.text[:HINT] in lexicon.hints and not lexicon.spelling.knows(word.text)
        if scope_of((at, at + 1), Polarity(), words, ground) == Scope.present
    ][:1]


def _netted(words: Sequence[Token], ground: Ground, text: str, lexicon: Lexicon) -> list[Evidence]:
    """A text of which nothing was understood, in words that the sick use: worth one question."""
    free = [word for at, word in enumerate(words) if not covered((at, at + 1), IDIOM, ground)]
    heavy = caught(free, lexicon.net, len(ground.spans.get("everyday", ())))
    return [Evidence("unclear", " … ".join(text[word.start : word.end] for word in heavy))] if heavy else []


def _there(signs: Iterable[Evidence]) -> frozenset[str]:
    """The signs that are there now, beside which a bare number is a temperature or a pulse."""
    return frozenset(one.sign for one in signs if one.scope == Scope.present) - VAGUE


def _vitals(words: Sequence[Token], ground: Ground, text: str, beside: frozenset[str]) -> Iterable[Evidence]:
    found = numbers(words)
    counted = {at for number in found for at in range(number.start, number.end)}
    around = {at for name in AROUND for start, end in ground.spans.get(name, ()) for at in range(start, end)}
    alone = len(found) == 1 and len(words) <= FEW and set(range(len(words))) <= counted | around
    return vitals(found, ground, text, Setting(alone, beside, words))


def _unreadable(words: Sequence[Token], text: str, lexicon: Lexicon) -> bool:
    """Nothing at all, letters struck at random, or one letter again and again."""
    if not words:
        return not any(ord(sign) > 0x2000 for sign in text)
    return all(word.value is None and _struck(word.text, lexicon) for word in words)


def _struck(word: str, lexicon: Lexicon) -> bool:
    if len(word) > 3 and len(set(word)) == 1:
        return word[0] not in "hmzxwl"
    if lexicon.spelling.knows(word) or LAUGHTER.fullmatch(word) or not word.isalpha() or not word.isascii():
        return False
    return bool(STRUCK.search(word)) or (len(word) > 3 and not VOWEL.search(word))
