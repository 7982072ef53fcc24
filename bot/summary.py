"""The summary that a specialist hears after the key: who says what, in whose words, and whether 911 was called."""

from sqlmodel import Session, select

from bot.speech import word
from bot.world import World
from flows.words import Channel, Language, Level
from storage.events import events_of
from storage.tables import CaseRow, PatientRow

LONGEST = 160  # characters of the patient's own words: all together must be heard in fifteen seconds
TOLD = {"yes": "page.told.yes", "no": "page.told.no"}


def summary(world: World, db: Session, case: CaseRow) -> dict[str, str]:
    """The values of the message `page.summary`."""

    def said(key: str, **values: str) -> str:
        return word(world, key, Language.en, Channel.voice, values)

    answers = case.answers or {}
    patient = db.exec(select(PatientRow).where(PatientRow.id == case.patient_id)).one()
    child = patient.child or answers.get("age_group") == "child"
    return {
        "level": Level(case.level).name.replace("_", " "),
        "who": said("page.who.child" if child else "page.who.patient", product=patient.product or "?"),
        "words": words_of(db, case)[:LONGEST],
        "told": said(TOLD.get(answers.get("called_911") or "", "page.told.silent")),
    }


def words_of(db: Session, case: CaseRow) -> str:
    """The words that gave the danger signs, as typed, the newest last."""
    found = [
        event.detail.get("words", []) for event in events_of(db, case.id) if event.kind == "danger" and event.detail
    ]
    return "; ".join(dict.fromkeys(one for words in found for one in words)) or "?"
