"""The facts of a case's first screen: who, how old, where, alone or not, told 911, called 911; and the phones."""

from dataclasses import dataclass
from typing import Any

from bot.console.lines import transcript
from bot.console.wording import CALLED, ROLES, WHERE
from bot.world import World
from flows.words import Level
from storage.casebook import Chart

NOT_ASKED, NO_ANSWER = "Not asked", "Asked, no answer"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the first screen. `weight`: "alarm" for what must not be overlooked, "gap" for what is missing."""

    name: str
    value: str
    more: str = ""
    weight: str = ""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """One phone of the patient; `number` is masked unless it was asked for."""

    contact_id: str
    role: str
    number: str
    bare: bool
    reachable: bool
    stopped: bool


def first_facts(world: World, seen: Chart, answers: dict[str, Any]) -> list[Fact]:
    """In the order in which they are needed at night."""
    return [
        _name(seen, answers),
        _age(seen, answers),
        *_place(seen, answers),
        _told_911(world, seen),
        _called_911(seen, answers),
    ]


def _age(seen: Chart, answers: dict[str, Any]) -> Fact:
    said = "child" if seen.patient.child else "adult" if seen.patient.child is False else answers.get("age_group")
    if said == "child":
        return Fact("Age", "CHILD", "other limits hold", "alarm")
    missing = NO_ANSWER if "age_group" in answers else NOT_ASKED
    return Fact("Age", "Adult") if said == "adult" else Fact("Age", str(said or missing), weight="gap")


def _name(seen: Chart, answers: dict[str, Any]) -> Fact:
    if seen.patient.name:
        born = seen.patient.birth_date
        return Fact("Patient", seen.patient.name, f"born {born}" if born else "birth date not known")
    said = answers.get("patient_name")
    if said:
        return Fact("Patient", said, "as they typed it, with the birth date if they gave one")
    return Fact("Patient", NO_ANSWER if "patient_name" in answers else NOT_ASKED, "no chart found", "gap")


def _place(seen: Chart, answers: dict[str, Any]) -> list[Fact]:
    where = str(answers.get("where") or "")
    if where in WHERE:
        place, company = WHERE[where]
        return [Fact("Where", place), Fact("Company", company, weight="alarm" if where == "alone" else "")]
    missing = NO_ANSWER if "where" in answers else NOT_ASKED
    # Who wrote that they are alone has said so, whatever was asked.
    alone = Fact("Company", "ALONE", "as they wrote", "alarm") if "alone" in seen.case.signs else None
    return [Fact("Where", where or missing, weight="gap"), alone or Fact("Company", missing, weight="gap")]


def _told_911(world: World, seen: Chart) -> Fact:
    told = [one for one in transcript(seen) if one.keys.startswith("emergency") and one.ours]
    if not told:
        needed = seen.case.level >= Level.EMERGENCY
        return Fact(f"Told to call {world.center.emergency_number}", "No", weight="alarm" if needed else "")
    first = told[0]
    at = first.at.astimezone(world.center.zone)
    weight = "alarm" if first.bad else ""
    return Fact(f"Told to call {world.center.emergency_number}", f"Yes, at {at:%H:%M}", first.mark, weight)


def _called_911(seen: Chart, answers: dict[str, Any]) -> Fact:
    called = answers.get("called_911")
    if called is None:
        missing = NO_ANSWER if "called_911" in answers else NOT_ASKED
        return Fact("Called 911", missing, weight="gap" if seen.case.level >= Level.EMERGENCY else "")
    return Fact("Called 911", CALLED.get(called, called), weight="alarm" if called == "no" else "")


def phone_lines(seen: Chart, bare: str) -> list[PhoneLine]:
    """The phones of the patient; only `bare` shows its number."""
    return [
        PhoneLine(
            contact_id=contact.id,
            role=ROLES.get(link.role, link.role) if len(seen.phones) > 1 else "Called or texted from",
            number=_number(contact.phone or "", contact.id == bare and contact.reachable),
            bare=contact.id == bare,
            reachable=contact.reachable,
            stopped=contact.opted_out_at is not None,
        )
        for contact, link in seen.phones
    ]


def _number(phone: str, bare: bool) -> str:
    if bare:
        return phone
    return f"••• ••• {phone[-4:]}" if phone.startswith("+") else "number withheld"
