"""One case as its page shows it: what it is about first, then the rest of the story."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.console.board import due_word, tone
from bot.console.facts import NOT_ASKED, Fact, PhoneLine, first_facts, phone_lines
from bot.console.lines import Beat, Call, Line, beats, calls, transcript
from bot.console.wording import ANSWERED, LEVELS, OUTCOMES, QUESTIONS, REASONS, STATES, THINKING, UNITS
from bot.world import World
from flows.case import CaseState
from flows.triage.rules import TABLE
from flows.words import Level
from storage.casebook import Chart
from storage.tables import CaseRow


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case of this patient."""

    code: str
    level: str
    opened_at: datetime
    outcome: str
    closed: bool


@dataclass(frozen=True)
class Story:
    """Everything on the page of a case."""

    case: CaseRow
    level: str
    tone: str
    state: str
    owner: str
    mine: bool
    due: str
    words: list[str]
    reasons: list[str]
    more_reasons: list[str]
    child: bool
    facts: list[Fact]
    phones: list[PhoneLine]
    chart: list[Fact]
    vitals: list[str]
    thinking: list[Fact]
    gaps: list[str]
    transcript: list[Line]
    calls: list[Call]
    beats: list[Beat]
    earlier: list[Earlier]
    outcome: str

    @property
    def open(self) -> bool:
        """No human has closed it."""
        return self.case.state != CaseState.closed.value


def story(world: World, seen: Chart, names: dict[str, str], me: str, now: datetime, bare: str) -> Story:
    """The story of a case for one specialist."""
    row, answers = seen.case, _answers(seen)
    return Story(
        case=row,
        level=LEVELS[row.level],
        tone=tone(row.level),
        state=STATES[row.state],
        owner=names.get(row.owner_id or "", "") if row.state != CaseState.open.value else "",
        mine=row.owner_id == me and row.state != CaseState.open.value,
        due=due_word(row),
        words=_words(seen),
        reasons=[reason(rule) for rule in row.rules if _decisive(rule, row.level)],
        more_reasons=[reason(rule) for rule in row.rules if not _decisive(rule, row.level)],
        child=bool(seen.patient.child) or answers.get("age_group") == "child",
        facts=first_facts(world, seen, answers),
        phones=phone_lines(seen, bare),
        chart=_chart(seen, answers, world.today(now)),
        vitals=_vitals(seen),
        thinking=[Fact(name, _item(answers, key)) for key, name in THINKING.items()],
        gaps=_gaps(seen, answers),
        transcript=transcript(seen),
        calls=calls(seen, names),
        beats=beats(seen, names),
        earlier=[_earlier(one) for one in seen.earlier],
        outcome=OUTCOMES.get(row.outcome or "", row.outcome or ""),
    )


def reason(rule: str) -> str:
    """A rule in words, as the clinician wrote it."""
    kind, _, sign = rule.partition(".")
    if kind in ANSWERED:
        return f"{ANSWERED[kind]} about {sign.replace('_', ' ')}"
    written = next((one.because for one in TABLE if one.id == rule), None)
    return f"{written or REASONS.get(rule, '')} ({rule})".strip()


def _decisive(rule: str, level: int) -> bool:
    """Whether a rule gave this level; one of a lower level only adds to the picture."""
    return next((one.level >= level for one in TABLE if one.id == rule), True)


def _answers(seen: Chart) -> dict[str, Any]:
    """What was answered: with the case first, then what the phones said before there was one."""
    merged: dict[str, Any] = {}
    for memory in seen.memories:
        merged |= {key: value or None for key, value in (memory.get("answers") or {}).items()}
    return merged | (seen.case.answers or {})


def _words(seen: Chart) -> list[str]:
    said = [word for event in seen.events if event.kind == "danger" for word in (event.detail or {}).get("words", [])]
    return list(dict.fromkeys(said))


def _chart(seen: Chart, answers: dict[str, Any], today: date) -> list[Fact]:
    product = seen.patient.product or answers.get("product")
    dates = (seen.patient.infusions or {}).get("dates", [])
    infused = max(dates) if dates else answers.get("infusion_date")
    language = "Spanish" if seen.case.language == "es" else "English"
    facts = [
        Fact("Day", _day(infused, today), weight="" if infused else "gap"),
        Fact("Product", str(product).title() if product else NOT_ASKED, weight="" if product else "gap"),
        Fact("Language", language),
        Fact("Signs", ", ".join(sign.replace("_", " ") for sign in seen.case.signs) or "none named"),
    ]
    if seen.patient.address:
        facts.append(Fact("Address", seen.patient.address))
    return facts


def _day(infused: str | None, today: date) -> str:
    if not infused:
        return NOT_ASKED
    try:
        on = date.fromisoformat(infused)
    except ValueError:
        return infused.replace("_", " ")
    return f"Day {(today - on).days} (infusion {on:%d %b %Y})"


def _vitals(seen: Chart) -> list[str]:
    """Numbers as they were given, in the words that gave them."""
    given = [one for memory in seen.memories for one in memory.get("evidence", []) if one.get("value") is not None]
    return list(dict.fromkeys(_vital(one) for one in given))


def _vital(one: dict[str, Any]) -> str:
    unit = UNITS.get(one.get("unit") or "", one.get("unit") or "")
    what = one["sign"].removeprefix("vital_").replace("_", " ").capitalize()
    return f"{what} {one['value']:g}{unit} (“{one['words']}”)"


def _item(answers: dict[str, Any], key: str) -> str:
    return {"right": "right", "wrong": "WRONG"}.get(answers.get(key) or "", "not tested")


def _gaps(seen: Chart, answers: dict[str, Any]) -> list[str]:
    known = {
        "patient_name": bool(seen.patient.name),
        "infusion_date": bool((seen.patient.infusions or {}).get("dates")),
        "age_group": seen.patient.child is not None,
        "product": seen.patient.product is not None,
        "called_911": seen.case.level < Level.EMERGENCY,
    }
    open_ones = [key for key in QUESTIONS if not known.get(key) and not answers.get(key)]
    return [f"{QUESTIONS[key]}: {'asked, no answer' if key in answers else 'not asked'}" for key in open_ones]


def _earlier(row: CaseRow) -> Earlier:
    return Earlier(
        code=row.code,
        level=LEVELS[row.level],
        opened_at=row.opened_at,
        outcome=OUTCOMES.get(row.outcome or "", row.outcome or STATES[row.state]),
        closed=row.state == CaseState.closed.value,
    )
