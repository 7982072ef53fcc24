"""What Twilio's words about a text or a call mean: how far it got, and what to do when it refused.

Source: reference twilio.md section 4. Unknown codes are retried a few times, then become another channel's problem.
"""

from dataclasses import dataclass
from enum import StrEnum

# How far a text or call has got; a callback never takes it back. Callbacks come late, twice and out of order, so no two
# words share a rank: whatever the order, the same one stays.
ORDER = (
    "waiting",
    "sending",
    "unknown",
    "handed",
    "inline",
    "scheduled",
    "accepted",
    "queued",
    "initiated",
    "sending_remotely",
    "ringing",
    "sent",
    "in-progress",
    "completed",
    "delivered",
    "no-answer",
    "busy",
    "undelivered",
    "read",
    "moot",
    "bundled",
    "expired",
    "canceled",
    "failed",
)
RANK = {status: rank for rank, status in enumerate(ORDER)}
FAILED = frozenset({"failed", "undelivered", "canceled", "busy", "no-answer", "expired"})
# A carrier has it, whatever becomes of it.
CARRIED = frozenset(ORDER[ORDER.index("scheduled") : ORDER.index("moot")]) - {"undelivered"}


class Verdict(StrEnum):
    """What to do with a send that did not end in a clean 201."""

    again = "again"  # surely not processed: try again
    unknown = "unknown"  # perhaps processed: look it up before anything else
    never = "never"  # this way is closed for good: another channel
    alarm = "alarm"  # our account or settings: tell the admin, and another channel


NEVER = frozenset({21211, 21214, 21217, 21408, 21610, 21612, 21614, 21617, 30004, 30005, 30006})
ALARM = frozenset({20003, 20404, 21212, 21603, 21606, 21608, 21659, 30002, 30032, 30034})
AGAIN = frozenset({20429, 21611, 30001, 30003, 30008})
BLOCKED = frozenset({21610, 30004})


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a send failed: HTTP status (0 = no answer), Twilio's code if any, and whether it surely was not sent."""

    status: int
    code: int | None = None
    not_sent: bool = False


def verdict(refusal: Refusal) -> Verdict:
    """What to do about a refusal."""
    if refusal.code in NEVER:
        return Verdict.never
    if refusal.code in ALARM or refusal.status in (401, 403):
        return Verdict.alarm
    if refusal.code in AGAIN or refusal.status == 429 or refusal.not_sent:
        return Verdict.again
    if refusal.status == 0 or refusal.status >= 500 or 200 <= refusal.status < 300:
        return Verdict.unknown
    return Verdict.never


def later(old: str, new: str) -> str:
    """The later of two statuses; a word that we do not know changes nothing."""
    return new if RANK.get(new, -1) > RANK.get(old, -1) else old
