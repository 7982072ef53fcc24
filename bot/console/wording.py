"""The words of the console: for staff, in English; patients never see them."""

from collections.abc import Mapping
from types import MappingProxyType

PHRASES: Mapping[str, str] = MappingProxyType(
    {
        # the door
        "wrong": "That did not work. Check name, password and code. Each code works once: if you have used this one, "
        "wait for the next. After five wrong tries, wait 15 minutes.",
        "wrong_pin": "That PIN did not work. After five wrong PINs this phone needs password and code again.",
        "phone_forgotten": "This phone needs password and code again.",
        "password_length": "A password needs 12 characters or more.",
        "password_easy": "That password is too easy to guess. A few words in a row make a good one.",
        "password_again": "The two passwords are not the same.",
        "code_wrong": "That code did not fit. Wait for the next one in your app, and try again.",
        "pin_digits": "A PIN has six digits.",
        "pin_easy": "That PIN is too easy to guess.",
        "pin_again": "The two PINs are not the same.",
        # one thing on a page
        "other_form.title": "Please try again",
        "other_form": "This form has expired. Nothing was done. Go back, reload the page, and try again.",
        "other_site.title": "Not from here",
        "other_site": "This came from another site. Nothing was done.",
        "too_large.title": "Too long",
        "too_large": "That was too long. Nothing was done.",
        "not_clinical.title": "Not for this account",
        "not_clinical": "This account looks after sign-ins and the audit. Cases are for specialists.",
        "not_audit.title": "Not for this account",
        "not_audit": "The audit is for leads and admins.",
        "not_gaps.title": "Not for this account",
        "not_gaps": "The unanswered questions are for leads.",
        "pin_only.title": "Password needed",
        "pin_only": "You signed in with a PIN. Sign out, and sign in with password and code, to do this.",
        "no_invitation.title": "This link does not work any more",
        "no_invitation": "It was used, or it is older than a day. Ask for a new one.",
        "no_case.title": "No such case",
        "no_case": "No case has this code.",
        "no_act.title": "No such page",
        "no_act": "There is nothing here.",
        "down.title": "The database does not answer",
        "down": "Patients are still answered and paged. To take a case now, reply A and its code by text.",
        # after a form
        "page.accepted": "The case is yours. Your phone rings now; press 1 to hear it and 1 again to talk.",
        "page.taken": "Somebody else has this case already.",
        "page.over": "This case is closed.",
        "page.passed": "Passed on. The next person is paged now.",
        "page.reached": "Marked as reached. Now choose an outcome to close it.",
        "page.closed": "The case is closed.",
        "page.unreached": "Nobody has reached this patient. A lead can close it, with a reason.",
        "ringing": "Your phone rings now; press 1 to hear the case and 1 again to talk.",
        "ringing_already": "Your phone is being rung already.",
        "not_yours": "Take the case first.",
        "noted": "Note kept.",
        "empty": "Nothing was written, so nothing was kept.",
        "no_outcome": "Choose an outcome.",
        "same.linked": "Linked. Both phones are one patient now, and this is the one open case.",
        "same.already": "That phone speaks for this patient already.",
        "same.not_yours": "Take the case first; then link the phone.",
        "same.two_charts": "Both are patients on the centre's list. Ask a lead which chart is right.",
        "same.nobody": "No case has that code, and nobody has called or texted from that number.",
    }
)
LEVELS = MappingProxyType({0: "ROUTINE", 1: "SAME DAY", 2: "URGENT", 3: "EMERGENCY"})
STATES = MappingProxyType({"open": "Nobody has it", "accepted": "Taken", "reached": "Reached", "closed": "Closed"})
OUTCOMES = MappingProxyType(
    {
        "spoke": "Spoke with them, stays where they are",
        "went_to_er": "Went to the ER",
        "called_911": "911 called",
        "admitted": "Admitted",
        "no_action": "No action needed",
        "no_contact": "Could not be reached",
        "wrong_number": "Wrong number",
        "died": "Died",
        "same_patient": "Made one with another case",
    }
)
WHERE = MappingProxyType(
    {
        "home": ("At home", "Someone is with them"),
        "alone": ("At home", "ALONE"),
        "hospital": ("In a hospital or ER", "With staff"),
        "on_the_way": ("On the way", "Not known"),
    }
)
CALLED = MappingProxyType({"yes": "Yes, called", "no": "NO, could not call"})
QUESTIONS = MappingProxyType(
    {
        "called_911": "Whether they called 911",
        "where": "Where the patient is, and whether alone",
        "deciding": "The question that decides about the sign",
        "patient_name": "Name and birth date",
        "infusion_date": "Day of the infusion",
        "age_group": "Adult or child",
        "product": "Product",
    }
)
UNITS = MappingProxyType(
    {
        "C": " °C",
        "F": " °F",
        "percent": " %",
        "mmHg": " mmHg",
        "per_minute": " a minute",
        "times": " times",
        "days": " days",
    }
)
THINKING = MappingProxyType(
    {"thinking_year": "The year", "thinking_month": "The month", "thinking_count": "Counting back from 100"}
)
MARKS = MappingProxyType(
    {
        "waiting": "waiting to be sent",
        "sending": "being sent",
        "unknown": "perhaps sent, being looked up",
        "inline": "handed over",
        "accepted": "handed over",
        "queued": "handed over",
        "initiated": "dialling",
        "ringing": "rang",
        "in-progress": "answered",
        "sent": "sent",
        "delivered": "delivered",
        "read": "read",
        "completed": "answered",
        "undelivered": "NOT DELIVERED",
        "failed": "NOT SENT",
        "busy": "busy",
        "no-answer": "no answer",
        "canceled": "stopped",
        "expired": "too late, not sent",
        "moot": "not needed any more",
    }
)
BAD_MARKS = frozenset({"undelivered", "failed", "expired"})
ROLES = MappingProxyType({"self": "Patient", "caregiver1": "Caregiver 1", "caregiver2": "Caregiver 2"})
HAPPENED = MappingProxyType(
    {
        "danger": "Danger sign",
        "accepted": "Taken",
        "passed": "Passed on",
        "reached": "Reached",
        "closed": "Closed",
        "raised": "Raised",
        "told": "Patient was told",
        "told_admin": "Admin was told",
        "phoned_patient": "Helpline phoned the patient",
        "note": "Note",
        "page_answered": "Picked up the page call",
        "settled": "Mild answer, task stays",
        "silence": "No answer from the patient",
        "calling_patient": "Calling the patient's side",
        "connected": "Connected by phone",
        "parted": "The joined call ended",
        "nobody_answered": "Nobody of the patient's side answered",
        "welfare_check_offered": "Welfare check offered",
        "wants_texts": "Asked for texts",
        "linked": "Phone linked",
        "took_in": "Took in another case",
        "not_delivered": "Not delivered",
    }
)
# What did not arrive: the kind of page, call or text; any other is named by its kind alone.
SENT = MappingProxyType({"page": "page", "notice": "notice", "join": "joining", "canary": "test"})
REASONS = MappingProxyType(
    {
        "C2.2.pair": "an urgent sign together with a danger sign",
        "C2.2.two": "two same-day signs",
        "C2.2b.repeat": "the same sign again within 72 hours",
        "C3.35.emergency": "a bare 911 or SOS",
        "C3.35.now": "asked for help NOW",
        "C7.figure": "a figure that is an emergency in an adult; the patient is marked as a child",
        "told.worse": "said that it is worse",
        "person.sick": "asked for a person, and is sick or worried",
        "person.silence": "asked for a person, then fell silent",
        "person.question": "asked for a person, with a question",
        "thinking.miss": "missed an item of the thinking check twice",
        "hung_up": "hung up in the middle of the symptom check",
        "silent_line": "called, and nothing was heard",
        "unfinished": "began the symptom check and did not finish",
        "opted_out": "asked for no more texts",
    }
)
ANSWERED = MappingProxyType(
    {
        "answer": "yes to the danger question",
        "silence": "no answer to the danger question",
        "unreadable": "unclear answer",
    }
)


def phrase(key: str) -> str:
    """The words for a key; an unknown key gives none, since keys come back in addresses."""
    return PHRASES.get(key, "")
