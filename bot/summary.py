"""The summary that a specialist hears after the key: how bad, who, in whose words, what was told; fifteen seconds."""

from datetime import datetime

from sqlmodel import Session, select

from bot.speech import word
from bot.world import World
from flows.catalog.gate import spoken_seconds
from flows.words import Channel, Language, Level
from storage.conversations import circumstances_of
from storage.events import events_of
from storage.tables import CaseRow, LinkRow, PatientRow

LONGEST = 15.0  # seconds
FEWEST = 4  # of the patient's own words, whatever else there is to say
TOLD = {"yes": "page.told.yes", "no": "page.told.no"}
PLACES = frozenset({"home", "alone", "hospital", "on_the_way"})


def summary(world: World, db: Session, case: CaseRow, now: datetime) -> dict[str, str]:
    """The values of the message `page.summary`; what nobody knows is left out."""
    answers = case.answers or {}
    level = Level(case.level)
    told = TOLD.get(answers.get("called_911") or "", "page.told.silent" if level is Level.EMERGENCY else "")
    place = answers.get("where")
    values = {
        "level": level.name.replace("_", " "),
        "who": _who(world, db, case, now),
        "told": _said(world, told) if told else "",
        "where": _said(world, f"page.where.{place}") if place in PLACES else "",
        "speaks": _said(world, f"page.speaks.{case.language}"),
        "says": "",
    }
    frame = spoken_seconds(world.library.catalog.say("page.summary", Language.en, Channel.voice, values))
    values["says"] = _words(world, db, case, LONGEST - frame)
    return values


def _said(world: World, key: str, **values: str) -> str:
    return word(world, key, Language.en, Channel.voice, values)


def _who(world: World, db: Session, case: CaseRow, now: datetime) -> str:
    patient = db.exec(select(PatientRow).where(PatientRow.id == case.patient_id)).one()
    known = circumstances_of(db, patient, case.contact_id, world.today(now))
    parts = [_said(world, "page.child")] if known.child or (case.answers or {}).get("age_group") == "child" else []
    if known.day is not None:
        parts.append(_said(world, "page.before") if known.day < 0 else _said(world, "page.day", day=str(known.day)))
    if known.product:
        parts.append(f"{known.product.capitalize()}.")
    return " ".join(parts)


def _words(world: World, db: Session, case: CaseRow, seconds: float) -> str:
    """Who says what: as many of their own words as there is time for."""
    link = db.exec(select(LinkRow).where(LinkRow.contact_id == case.contact_id)).first()
    caregiver = link is not None and link.role != "self"
    key = "page.says.caregiver" if caregiver else "page.says.self"
    room = seconds - spoken_seconds(_said(world, key, words=""))
    kept: list[str] = []
    for one in words_of(db, case).split():
        if len(kept) >= FEWEST and spoken_seconds(" ".join([*kept, one])) > room:
            break
        kept.append(one)
    return _said(world, key, words=" ".join(kept))


def words_of(db: Session, case: CaseRow) -> str:
    """The words that gave the danger signs, as typed or spoken, the newest last."""
    found = [
        event.detail.get("words", []) for event in events_of(db, case.id) if event.kind == "danger" and event.detail
    ]
    return "; ".join(dict.fromkeys(one for words in found for one in words)) or "?"
