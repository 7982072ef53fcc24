"""Deciding: the rules asked about the evidence; the highest level wins, and day, silence or hope never lower it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flows.screen.evidence import Evidence, Reading, Scope
from flows.triage.circumstances import Circumstances, Disposition
from flows.triage.limits import SHIPPED, Limits
from flows.triage.measured import as_signs
from flows.triage.rule import Rule
from flows.triage.rules import RULES
from flows.triage.signs import ASKED_AS, NO_SECOND_AMBER, PAIRING, SERIOUS_ORDER, STILL_COUNTS_WHEN_OVER
from flows.words import Level

Fired = tuple[Rule, Evidence]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Evidence sorted for the rules: what is there now, what is over or only named."""

    present: tuple[Evidence, ...]
    over: tuple[Evidence, ...]
    named: tuple[Evidence, ...]


def triage(
    evidence: Sequence[Evidence],
    about: Circumstances,
    reading: Reading | None = None,
    limits: Limits = SHIPPED,
) -> Disposition:
    """The level that the rules give to the evidence of a conversation, and why."""
    child = bool(about.child) or (about.age is not None and about.age < 18)
    weighed = _weigh([one for raw in evidence if (one := as_signs(raw, limits, child)) is not None])
    fired = [
        (_hardened(rule, about, limits), one)
        for one in weighed.present
        for rule in RULES.get(one.sign, ())
        if _holds(rule, one, weighed.present, about, limits)
    ]
    level, rules = _plea(*_highest(fired, weighed.present), reading)
    signs = _ordered({one.sign for _, one in fired})
    return Disposition(
        level=level,
        ask=_question(level, signs, weighed, reading),
        soft=level == Level.SAME_DAY and _inside(limits.body_window, about.day) and all(rule.soft for rule, _ in fired),
        mention=bool(weighed.named or weighed.over),
        rules=rules,
        signs=signs,
    )


def _weigh(evidence: Sequence[Evidence]) -> Weighed:
    """What is over counts as present when it may be masked or has just been, since it is not known to stay away."""
    masked = any(one.sign == "medicine" and one.scope in (Scope.present, Scope.resolved) for one in evidence)
    present: list[Evidence] = []
    over: list[Evidence] = []
    named: list[Evidence] = []
    for one in evidence:
        if one.scope == Scope.present:
            present.append(one)
        elif one.scope != Scope.resolved:
            named.append(one)
        elif masked or "recent" in one.qualities or one.sign in STILL_COUNTS_WHEN_OVER:
            present.append(one)
        else:
            over.append(one)
    return Weighed(tuple(present), tuple(over), tuple(named))


def _hardened(rule: Rule, about: Circumstances, limits: Limits) -> Rule:
    """The rule; the soft cell of a sign that was taken off the soft list pages inside day 30."""
    hard = rule.soft and rule.sign not in limits.soft
    if not hard:
        return rule
    return replace(rule, level=Level.URGENT if _inside(limits.body_window, about.day) else rule.level, soft=False)


def _inside(window: int, day: int | None) -> bool:
    return day is None or day <= window


def _holds(rule: Rule, one: Evidence, present: Sequence[Evidence], about: Circumstances, limits: Limits) -> bool:
    if rule.having and not rule.having & one.qualities:
        return False
    if rule.lacking & one.qualities:
        return False
    if rule.within is not None and not _inside(getattr(limits, rule.within), about.day):
        return False
    if rule.bcma and not _late_bcma(about, limits):
        return False
    return not rule.together or _beside(rule.together, one, present)


def _late_bcma(about: Circumstances, limits: Limits) -> bool:
    product = (about.product or "").casefold()
    return (about.day is None or about.day > limits.body_window) and (not product or product in limits.bcma)


def _beside(wanted: frozenset[str], one: Evidence, present: Iterable[Evidence]) -> bool:
    """Whether another sign that is wanted was said, in words of its own; what was felt is another than a number."""
    return any(
        (other.sign != one.sign or other.unit != one.unit)
        and not _same_words(one, other)
        and (other.sign in wanted or any(f"{other.sign}.{quality}" in wanted for quality in other.qualities))
        for other in present
    )


def _same_words(one: Evidence, other: Evidence) -> bool:
    first, second = one.words.casefold(), other.words.casefold()
    return first in second or second in first


def _highest(fired: Sequence[Fired], present: Sequence[Evidence]) -> tuple[Level | None, tuple[str, ...]]:
    level = max((rule.level for rule, _ in fired), default=None)
    names = [rule.id for rule, _ in sorted(fired, key=lambda pair: -pair[0].level)]
    if level == Level.URGENT and _paired(fired, present):
        return Level.EMERGENCY, tuple(dict.fromkeys(["C2.2.pair", *names]))
    if level == Level.SAME_DAY and _two_ambers(fired):
        return Level.URGENT, tuple(dict.fromkeys(["C2.2.two", *names]))
    return level, tuple(dict.fromkeys(names))


def _paired(fired: Sequence[Fired], present: Sequence[Evidence]) -> bool:
    """Any urgent sign with new confusion, breathing trouble, a faint, or someone who can't be woken."""
    return any(rule.level == Level.URGENT and _beside(PAIRING - {one.sign}, one, present) for rule, one in fired)


def _two_ambers(fired: Sequence[Fired]) -> bool:
    # The bump that a bruise came from is no second complaint.
    ambers = [
        one
        for rule, one in fired
        if rule.level == Level.SAME_DAY and one.sign not in NO_SECOND_AMBER and "tripped" not in one.qualities
    ]
    return any(one.sign != other.sign and not _same_words(one, other) for one in ambers for other in ambers)


def _plea(level: Level | None, rules: tuple[str, ...], reading: Reading | None) -> tuple[Level | None, tuple[str, ...]]:
    plea = reading.plea if reading else None
    raised = {"emergency": Level.EMERGENCY, "now": Level.URGENT}.get(plea or "")
    if raised is None or (level is not None and level >= raised):
        return level, rules
    return raised, (f"C3.35.{plea}", *rules)


def _ordered(signs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(signs, key=lambda sign: (SERIOUS_ORDER.get(sign, len(SERIOUS_ORDER)), sign)))


def _question(level: Level | None, signs: Sequence[str], weighed: Weighed, reading: Reading | None) -> str | None:
    """The deciding question of the most serious sign; without one, of what is over, of a bare plea, of noise."""
    if signs:
        return ASKED_AS.get(signs[0], signs[0])
    if weighed.over:
        return _ordered({one.sign for one in weighed.over})[0]
    if any(one.sign == "unclear" for one in weighed.present):
        return "vague"
    if level is None and reading is not None:
        if reading.plea == "help":
            return "plea"
        if reading.unreadable and not weighed.named:
            return "unreadable"
    return None
