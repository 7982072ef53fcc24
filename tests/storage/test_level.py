"""The level of a stored case: nothing but a human lowers what the patient's words, answers and silence have raised."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.case import Case, CaseState
from flows.library import Library
from flows.model import Conversation, Inbound, Kind
from flows.screen.read import read
from flows.step import step
from flows.words import Channel, Level
from storage.cases import new_case, policy_of, put
from storage.contacts import party_of
from storage.database import Database
from tests.dangers import DANGERS, DOUBTS

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
SAID = (
    *(text for one in (*DANGERS, *DOUBTS) for text in (one.en, one.es)),
    *("1", "2", "no", "yes", "it was a mistake", "fue un error", "i feel better now", "ya me siento bien", "menu"),
    *("status", "stop", "start", "no fever no chills", "day 400", "11/15/2024", "not yet", "child", "adult", ""),
)


def test_a_row_keeps_its_highest_level(database: Database) -> None:
    """Whatever level a policy brings to the table, the row keeps the highest that it had."""
    with database.transaction() as db:
        row = new_case(
            db, party_of(db, "+15555550171", NOW), Case("", Level.EMERGENCY, CaseState.open, NOW), "v", "sms", NOW
        )
        for level in Level:
            put(row, replace(policy_of(row), level=level))
            assert row.level == Level.EMERGENCY


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SAID), min_size=2, max_size=6))
def test_nothing_that_is_said_lowers_a_case(library: Library, said: list[str]) -> None:
    """Through any texts, answers and silences, the level that the conversation sees of its case never falls."""
    conversation, level, now = Conversation(greeted=True), Level.ROUTINE, NOW
    for words in said:
        now += timedelta(minutes=4)
        inbound = Inbound("SM1", "+15555550171", Channel.sms, words, kind=Kind.text if words else Kind.silence)
        conversation = step(conversation, inbound, read(words, library.lexicon), library, now).conversation
        if conversation.case is not None:
            assert conversation.case.level >= level, words
            level = conversation.case.level
