"""The long lists of a case's page: the transcript, the pages, and what happened."""

from dataclasses import dataclass
from datetime import datetime

from bot.console.wording import BAD_MARKS, HAPPENED, MARKS, ROLES, SENT
from storage.casebook import Chart
from storage.tables import CaseEventRow

# What the transcript, the pages and the first screen show already.
ELSEWHERE = frozenset({"paged", "answered", "wrote", "what_is_wrong", "infusion_date", "photo"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the transcript. `who`: of several phones. `mark`: how it fared."""

    ours: bool
    who: str
    text: str
    at: datetime
    channel: str
    mark: str
    bad: bool
    keys: str


@dataclass(frozen=True, slots=True)
class Call:
    """One page of one specialist."""

    name: str
    tier: int
    at: datetime
    channel: str
    mark: str
    bad: bool


@dataclass(frozen=True, slots=True)
class Beat:
    """One thing that happened."""

    at: datetime
    what: str
    who: str
    more: str


def transcript(seen: Chart) -> list[Line]:
    """Everything that was said, of all phones of the patient, oldest first."""
    roles = {contact.id: ROLES.get(link.role, link.role) for contact, link in seen.phones}
    many = len(seen.phones) > 1
    lines = []
    for one in seen.messages:
        status = seen.marks.get(one.outbox_id or "", "")
        lines.append(
            Line(
                ours=one.direction == "out",
                who=roles.get(one.contact_id, "Another phone") if many else "",
                text=one.body or "",
                at=one.at,
                channel="call" if one.channel == "voice" else "text",
                mark=MARKS.get(status, status),
                bad=status in BAD_MARKS,
                keys=one.keys,
            )
        )
    return lines


def calls(seen: Chart, names: dict[str, str]) -> list[Call]:
    """Who was paged, and how each page fared."""
    return [
        Call(
            name=names.get(one.specialist_id, "?"),
            tier=one.tier,
            at=one.at,
            channel="call" if one.channel == "voice" else "text",
            mark=MARKS.get(one.status, one.status),
            bad=one.status in BAD_MARKS,
        )
        for one in seen.pages
    ]


def beats(seen: Chart, names: dict[str, str]) -> list[Beat]:
    """What happened to the case, oldest first."""
    return [_beat(one, names) for one in seen.events if one.kind not in ELSEWHERE]


def _beat(event: CaseEventRow, names: dict[str, str]) -> Beat:
    detail = event.detail or {}
    who = {"helpline": "", "patient": ""}.get(event.actor, names.get(event.actor, ""))
    said = detail.get("words")
    more = "; ".join(said) if isinstance(said, list) else said or _short(detail)
    if event.kind == "not_delivered":
        more = _undelivered(detail, names)
    return Beat(event.at, HAPPENED.get(event.kind, event.kind.replace("_", " ").capitalize()), who, str(more))


def _undelivered(detail: dict[str, object], names: dict[str, str]) -> str:
    """What did not arrive, to whom (a side, or a name of the staff) and how it ended; no number."""
    kind = {"inline": "reply"}.get(str(detail.get("what")), str(detail.get("what") or "message"))
    what = f"{SENT.get(str(detail.get('purpose')), '')} {kind}".strip()
    whom = names.get(str(detail.get("specialist")), "a specialist")
    if detail.get("purpose") == "admin":
        whom = "the admin"
    elif detail.get("whom") == "patient":
        whom = "the patient's side"
    status = str(detail.get("status") or "")
    ended = "" if status in BAD_MARKS else MARKS.get(status, "")
    return f"{what} to {whom}" + (f" ({ended})" if ended else "")


def _short(detail: dict[str, object]) -> str:
    """The plain words of a detail; ids say nothing to people."""
    told = [detail.get(name) for name in ("level", "key", "via", "outcome", "reason", "case", "role")]
    return ", ".join(str(one).replace("_", " ") for one in told if one)
