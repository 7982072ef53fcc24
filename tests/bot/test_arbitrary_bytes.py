"""Whatever comes in at a webhook, what goes out is well-formed, and never a bare failure."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile
from urllib.parse import parse_qsl, quote_from_bytes

import httpx
import pytest
from fastapi.routing import APIRoute
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.app import ROUTERS
from flows.library import Library
from tests.bot.line import FORM_TYPE, PUBLIC, Line, line_over, signature
from tests.house import PEOPLE

PATHS = [
    route.path.replace("{step}", "7").replace("{", "").replace("}", "")
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
]
NAMES = (
    *("MessageSid", "CallSid", "From", "To", "Body", "Digits", "SpeechResult", "NumMedia", "CallStatus", "ErrorCode"),
    *("MessageStatus", "CallDuration", "DialCallStatus", "ConferenceSid", "StatusCallbackEvent", "SequenceNumber"),
)
BYTES = (b"", b"\x00", b"9" * 5000, b"\xff\xfe", b"<Response/>", b"]]>&lt;", b"fever\x0b\x1b 102", b"\xed\xa0\x80")
LETTERS = ("٣", "²", "\u202e fever", "😵\u200d💫", PEOPLE["ana"], PEOPLE["patient"])
ODD = st.sampled_from([*BYTES, *(text.encode() for text in LETTERS)])
VALUE = st.one_of(ODD, st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
FORMS = st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=6)
TYPES = st.sampled_from([FORM_TYPE, "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", "ü", ""])


@pytest.fixture(scope="module")
def line(library: Library, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """One product for all examples of this file: what came before must not matter either."""
    folder = tmp_path_factory.mktemp("bytes")
    copyfile(sqlite_template, folder / "helpline.db")
    with line_over(library, f"sqlite:///{folder}/helpline.db", folder) as made:
        yield made


def is_well_formed(said: httpx.Response) -> bool:
    """Is it TwiML that Twilio can read?"""
    return said.headers["content-type"].startswith("text/xml") and ET.fromstring(said.content).tag == "Response"


@given(path=st.sampled_from(PATHS), form=FORMS)
@example("/twilio/sms", {"MessageSid": b"SM1", "From": b"+15555550171", "NumMedia": b"9" * 5000})
@example("/twilio/voice/7", {"CallSid": b"CA1", "From": b"+15555550171", "Digits": b"9" * 5000})
@example("/twilio/ended", {"CallSid": b"CA1", "CallDuration": b"9" * 5000, "CallStatus": b"completed"})
@example("/twilio/room/case/events", {"SequenceNumber": b"9" * 5000, "ConferenceSid": b"CF1"})
@settings(max_examples=150, deadline=None)
def test_a_signed_webhook_always_gets_well_formed_twiml(line: Line, path: str, form: dict[str, bytes]) -> None:
    """Null bytes, broken UTF-8, emoji, right-to-left, endless digits: answered, with TwiML that parses."""
    body = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in form.items())
    pairs = parse_qsl(body, keep_blank_values=True, errors="replace")

    said = line.send(path, body.encode(), x_twilio_signature=signature(PUBLIC + path, pairs))

    assert said.status_code == 204 or (said.status_code == 200 and is_well_formed(said))


@given(text=st.text(min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_a_text_of_any_characters_is_answered_in_words(line: Line, text: str) -> None:
    """A patient never hears nothing: any text gets at least one message with words in it."""
    body = text.encode("utf-8", "replace").decode()

    said = line.text("+15555550199", body, "")

    assert ET.fromstring(said.content).findtext("Message")


@given(path=st.sampled_from(PATHS), body=st.binary(max_size=300), kind=TYPES, length=st.sampled_from(["", "x", "-1"]))
@settings(max_examples=100, deadline=None)
def test_bytes_that_nobody_signed_are_refused(line: Line, path: str, body: bytes, kind: str, length: str) -> None:
    """Any bytes under any content type without a right signature are refused, never a failure of ours."""
    headers = {"content_type": kind, "content_length": length, "x_twilio_signature": "AAAA"}

    assert line.send(path, body, **headers).status_code in (400, 403, 413)
