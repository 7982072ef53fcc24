"""What did not arrive gets another way, and whoever has the case hears of it."""

from bot.desk.faults import Lose, Undelivered
from tests.house import PEOPLE, House


def bodies(at: House, name: str) -> list[str]:
    return [text.body for text in at.desk.phone(PEOPLE[name]).inbox]


def test_a_patient_whose_text_bounced_is_phoned_and_the_owner_told(at: House) -> None:
    """An emergency line that the carrier could not deliver is said by phone, and the specialist hears so."""
    at.desk.add_fault(Undelivered(to=PEOPLE["patient"], code=30003))
    at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
    at.stage.settle()
    code = bodies(at, "ana")[0].split("A ")[1][:4]
    at.desk.phone(PEOPLE["ana"]).texts(f"A {code}")
    at.stage.wait(20)

    assert at.desk.phone(PEOPLE["patient"]).ringing
    assert any(f"Case {code}: the patient did NOT get the advice" in body for body in bodies(at, "ana"))


def test_an_urgent_reply_that_never_reached_twilio_is_sent_after_all(at: House) -> None:
    """When the reply to a red flag was lost on its way back to Twilio, it goes out by itself after a minute."""
    at.desk.add_fault(Lose(url="/twilio/sms", when="after", attempts=9))
    at.desk.phone(PEOPLE["patient"]).texts("my husband is having a seizure")
    at.stage.wait(5)
    assert bodies(at, "patient") == []
    at.stage.wait(70)
    at.stage.settle()

    assert any(body.startswith("Call 911 now") for body in bodies(at, "patient"))
