"""A flood from one number."""

from datetime import timedelta
from pathlib import Path

from flows.dialogue.recognise import FLOOD
from flows.library import Library
from storage.contacts import party_of
from storage.transcript import record as keep
from tests.house import PEOPLE, house


def test_a_flood_is_answered_once_and_a_danger_sign_in_it_always(
    library: Library, database_url: str, record: Path
) -> None:
    """After very many texts one kind word is said, then nothing; a danger sign among them is answered and paged."""
    with house(library, database_url, record) as at:
        patient = at.desk.phone(PEOPLE["patient"])
        now = at.stage.clock.now
        with at.world.database.transaction() as db:
            party = party_of(db, PEOPLE["patient"], now)
            for second in range(FLOOD):
                keep(db, party.contact.id, "in", "sms", "lol", now - timedelta(seconds=second))
        patient.texts("lol")
        patient.texts("lol again")
        patient.texts("i have chest pain")
        at.stage.wait(3)

        assert [text.body.split(",")[0].split(".")[0] for text in patient.inbox] == [
            "You sent a lot of texts",
            "Call 911 now",
        ]
        assert at.desk.phone(PEOPLE["ana"]).ringing
