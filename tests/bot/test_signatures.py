"""The door for Twilio: who may knock, and that nothing happens when somebody else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute
from sqlmodel import SQLModel, func, select

from bot.app import ROUTERS
from flows.library import Library
from storage.tables import CaseRow, ClaimRow, ContactRow, MessageRow, OutboxRow, PageRow
from tests.bot.line import PUBLIC, TOKEN, Line, Pairs, line_over, signature
from tests.house import PEOPLE

PATIENT = PEOPLE["patient"]
DANGER = "my husband is having a seizure"
FORM: Pairs = [("MessageSid", "SM1"), ("From", PATIENT), ("Body", DANGER)]
ALL: tuple[type[SQLModel], ...] = (ClaimRow, ContactRow, MessageRow, CaseRow, PageRow, OutboxRow)


@pytest.fixture
def line(library: Library, sqlite_url: str, tmp_path: Path) -> Iterator[Line]:
    with line_over(library, sqlite_url, tmp_path) as made:
        yield made


def stored(line: Line, *tables: type[SQLModel]) -> list[int]:
    """How many rows there are of each table."""
    with line.world.database.reading() as db:
        return [db.exec(select(func.count()).select_from(table)).one() for table in tables or ALL]


def taken(line: Line) -> bool:
    """Was a webhook of these tests answered and stored?"""
    return stored(line, ClaimRow, CaseRow) == [1, 1]


def test_a_right_signature_is_answered(line: Line) -> None:
    """A webhook signed with our token for our public URL is answered with TwiML."""
    said = line.post("/twilio/sms", FORM)

    assert (said.status_code, said.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert "911" in said.text
    assert taken(line)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "=",
        "ÿ",
        "A" * 9999,
        signature(PUBLIC + "/twilio/sms", FORM, "another token"),
        signature(PUBLIC + "/twilio/voice", FORM),
        signature("https://evil.example.org/twilio/sms", FORM),
        signature(PUBLIC + "/twilio/sms", [*FORM, ("More", "1")]),
        signature(PUBLIC + "/twilio/sms", FORM[:-1]),
        signature(PUBLIC + "/twilio/sms", FORM).lower(),
    ],
)
def test_any_other_signature_is_403_and_nothing_is_stored(line: Line, forged: str) -> None:
    """A missing, wrong or borrowed signature is refused, and leaves no row behind."""
    body = "&".join(f"{name}={value}" for name, value in FORM).replace("+", "%2B")

    said = line.send("/twilio/sms", body, x_twilio_signature=forged.encode().decode("latin-1"))

    assert said.status_code == 403
    assert stored(line) == [0] * len(ALL)


def test_every_webhook_has_the_door(line: Line) -> None:
    """No path below /twilio answers an unsigned request, or one that is signed for another path."""
    paths = [route.path for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    elsewhere = signature(PUBLIC + "/elsewhere", FORM)

    assert len(paths) > 10
    for path in paths:
        at = path.replace("{step}", "1").replace("{", "").replace("}", "")
        assert line.send(at, "CallSid=CA1").status_code == 403, path
        assert line.send(at, "CallSid=CA1", x_twilio_signature=elsewhere).status_code == 403, path


def test_a_replay_gets_the_stored_reply_and_pages_nobody(line: Line) -> None:
    """The same signed webhook again, a day or a thief later, hears the same and does nothing."""
    first = line.post("/twilio/sms", FORM)
    after_one = stored(line)

    again = line.post("/twilio/sms", FORM)

    assert again.text == first.text
    assert stored(line) == after_one


def test_what_a_proxy_says_is_not_asked(line: Line) -> None:
    """The signature is checked against our own public URL, whatever Host and the forwarded headers say."""
    spoof = {"host": "evil.example.org", "x_forwarded_host": "evil.example.org", "x_forwarded_proto": "http"}

    assert line.post("/twilio/sms", FORM, **spoof, x_forwarded_port="81", forwarded="host=evil").status_code == 200
    assert line.post("/twilio/sms", FORM, base="http://evil.example.org", **spoof).status_code == 403
    assert taken(line)


@pytest.mark.parametrize("public", ["https://helpline.example.org:8443", "https://example.org/helpline"])
@pytest.mark.parametrize("path", ["/twilio/sms", "/twilio/voice"])
def test_a_public_url_may_have_a_port_or_a_folder(
    library: Library, sqlite_url: str, tmp_path: Path, public: str, path: str
) -> None:
    """A proxy may listen on another port, or below a folder that it takes away; texts sign the port, calls may not."""
    with line_over(library, sqlite_url, tmp_path, public_url=public) as line:
        assert line.post(path, FORM).status_code == 200
        assert line.post(path, FORM, base=public.replace(":8443", "")).status_code == 200
        assert line.post(path, FORM, base="https://other.example.org").status_code == 403


@pytest.mark.parametrize("path", ["/twilio/status/a%20b", "/twilio/status/%C3%A9", "/twilio/status/x?a=1&b=%20"])
def test_the_path_is_checked_as_it_came(line: Line, path: str) -> None:
    """Twilio signs the raw path and query: nothing is decoded before they are checked."""
    assert line.post(path, [("MessageStatus", "sent")]).status_code == 204
    assert line.post(path, [("MessageStatus", "sent")], base=PUBLIC + "/x").status_code == 403


def test_tokens_can_be_rotated(library: Library, sqlite_url: str, tmp_path: Path) -> None:
    """While a token is rotated both sign webhooks; a third does not."""
    with line_over(library, sqlite_url, tmp_path, auth_token=f"the next token,{TOKEN}") as line:
        assert line.post("/twilio/sms", FORM).status_code == 200
        assert line.post("/twilio/sms", FORM, token="the next token").status_code == 200
        assert line.post("/twilio/sms", FORM, token="the token before").status_code == 403


@pytest.mark.parametrize(
    "more",
    [
        [("FromCity", ""), ("AddOns", "")],
        [("MediaUrl", "b"), ("MediaUrl", "a"), ("MediaUrl", "b")],
        [("Body ", "x"), ("Añadido", "ñ + % & =")],
    ],
)
def test_blank_repeated_and_odd_parameters_are_signed_too(line: Line, more: Pairs) -> None:
    """Parameters that are blank, come twice, or that we never heard of are part of what is signed."""
    assert line.post("/twilio/sms", [*FORM, *more]).status_code == 200
    assert taken(line)


@pytest.mark.parametrize("told", [True, False])
def test_a_huge_body_is_413(line: Line, told: bool) -> None:
    """A megabyte is no text: refused as soon as it is too large, whether its length was told or not."""
    body = b"Body=" + b"a" * 1_000_000
    sent = body if told else iter([body[:600_000], body[600_000:]])

    assert line.send("/twilio/sms", sent, x_twilio_signature="x").status_code == 413
    assert stored(line) == [0] * len(ALL)
