"""Texts on the desk: what a webhook carries, how an answer becomes a text, and the life of a text that goes out."""

import pytest
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from twilio.request_validator import RequestValidator

from bot.desk.faults import Undelivered
from bot.desk.wire.signature import sign, signed_url
from tests.desk.conftest import Table
from tests.desk.product import ACCOUNT, BASE, HELPLINE, PAT, TOKEN, field_of


def test_signature_vector() -> None:
    """The signature is Twilio's own, by its published example."""
    form = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    assert sign("12345", "https://example.com/myapp.php?foo=1&bar=2", form) == "L/OH5YylLD5NRKLltdqwSvS0BnU="


@pytest.mark.parametrize(
    ("url", "voice", "signed"),
    [
        ("https://a.example:8443/sms#rc=2", False, "https://a.example:8443/sms"),
        ("https://a.example:8443/voice?x=1", True, "https://a.example/voice?x=1"),
        ("http://127.0.0.1:8000/voice", True, "http://127.0.0.1:8000/voice"),
        ("https://user:word@a.example/sms", False, "https://a.example/sms"),
    ],
)
def test_signed_url(url: str, voice: bool, signed: str) -> None:
    """Texts keep the port, calls over https lose it, fragments and credentials are never signed."""
    assert signed_url(url, voice=voice) == signed


def test_a_text_and_its_answer(table: Table) -> None:
    """A text reaches the product as Twilio would send it, and the answer lies in the phone."""
    table.product.says("/sms", "<Message>Call 911.</Message>")
    phone = table.desk.phone(PAT)
    phone.texts("help  ")
    asked = table.product.asked[0]
    assert asked.form["Body"] == "help  "
    assert asked.form["MessageSid"] == asked.form["SmsSid"]
    assert asked.form["MessageSid"].startswith("SM") and len(asked.form["MessageSid"]) == 34
    assert (asked.form["From"], asked.form["To"]) == (PAT, HELPLINE)
    assert (asked.form["AccountSid"], asked.form["NumMedia"]) == (ACCOUNT, "0")
    assert asked.form["SmsStatus"] == "received"
    assert asked.form["FromZip"] == ""
    assert asked.headers["i-twilio-idempotency-token"]
    signature = asked.headers["x-twilio-signature"]
    assert RequestValidator(TOKEN).validate(f"{BASE}/sms", asked.form, signature)
    assert [text.body for text in phone.inbox] == ["Call 911."]
    assert not table.desk.problems


def test_reply_status(table: Table) -> None:
    """A reply with an action is reported as sent, then as delivered, never as queued."""
    table.product.says("/sms", '<Message action="/reply/7">One</Message>')
    table.desk.phone(PAT).texts("hi")
    table.pass_time(10)
    assert field_of(table.product.forms("/reply/7"), "MessageStatus") == ["sent", "delivered"]
    assert "Body" not in table.product.forms("/reply/7")[0]


def test_text_by_rest(table: Table) -> None:
    """A text created by REST answers queued, arrives, and its life is reported to its own callback."""
    answer = table.create("Messages", To=PAT, From=HELPLINE, Body="Hello", StatusCallback=f"{BASE}/m/1")
    assert answer.status_code == 201
    assert answer.json()["status"] == "queued"
    assert answer.json()["price"] is None
    assert [text.body for text in table.desk.phone(PAT).inbox] == ["Hello"]
    table.pass_time(5)
    forms = table.product.forms("/m/1")
    assert field_of(forms, "MessageStatus") == ["sent", "delivered"]
    assert {form["MessageSid"] for form in forms} == {answer.json()["sid"]}
    again = table.rest.get(f"Messages/{answer.json()['sid']}.json").json()
    assert again["status"] == "delivered"


def test_stop(table: Table) -> None:
    """After STOP a text to that phone is refused with 21610, and START lets it through again."""
    phone = table.desk.phone(PAT)
    phone.texts(" Stop ")
    assert phone.blocked_texts
    assert table.product.forms("/sms")[0]["Body"] == " Stop "
    answer = table.create("Messages", To=PAT, From=HELPLINE, Body="Hello")
    assert (answer.status_code, answer.json()["code"]) == (400, 21610)
    phone.texts("START")
    assert table.create("Messages", To=PAT, From=HELPLINE, Body="Hello").status_code == 201


@pytest.mark.parametrize(("word", "answers"), [("STOP", 1), ("help", 1), ("bleeding won't stop", 0), ("yes", 0)])
def test_twilios_own_answers(table: Table, word: str, answers: int) -> None:
    """Twilio itself answers STOP and HELP, as whole messages only, and the product gets them all the same."""
    phone = table.desk.phone(PAT)
    phone.texts(word)
    assert len([text for text in phone.thread if text.auto]) == answers
    assert phone.inbox == []
    assert table.product.forms("/sms")[0]["Body"] == word


def test_reply_to_a_stopped_phone(table: Table) -> None:
    """An inline answer to STOP does not arrive, and its callback says so."""
    table.product.says("/sms", '<Message action="/reply/1">Bye</Message>')
    phone = table.desk.phone(PAT)
    phone.texts("STOP")
    assert phone.inbox == []
    form = table.product.forms("/reply/1")[0]
    assert (form["MessageStatus"], form["ErrorCode"]) == ("failed", "21610")


def test_switched_off(table: Table) -> None:
    """A text to a phone that is off is sent, then undelivered with 30003."""
    table.desk.phone(PAT).behaviour = "off"
    table.create("Messages", To=PAT, From=HELPLINE, Body="Hello", StatusCallback=f"{BASE}/m/1")
    table.pass_time(5)
    forms = table.product.forms("/m/1")
    assert field_of(forms, "MessageStatus") == ["sent", "undelivered"]
    assert field_of(forms, "ErrorCode") == ["", "30003"]


def test_carrier_fault(table: Table) -> None:
    """A test can let the carrier lose one text."""
    table.desk.add_fault(Undelivered(to=PAT, code=30007))
    table.create("Messages", To=PAT, From=HELPLINE, Body="One", StatusCallback=f"{BASE}/m/1")
    table.create("Messages", To=PAT, From=HELPLINE, Body="Two", StatusCallback=f"{BASE}/m/2")
    table.pass_time(5)
    assert field_of(table.product.forms("/m/1"), "ErrorCode") == ["", "30007"]
    assert [text.body for text in table.desk.phone(PAT).inbox] == ["Two"]


@pytest.mark.parametrize(
    ("answer", "texts", "code"),
    [
        (PlainTextResponse("Internal Server Error"), ["Internal Server Error"], None),
        (JSONResponse({"ok": True}), [], 12300),
        (Response(status_code=200), [], 12300),
        (Response(status_code=204), [], None),
        (Response(status_code=500), [], 11200),
        ("<Response><Message>One</Response>", [], 12100),
        ("<Response><Say>One</Say></Response>", [], 12200),
        ("<Response><Message colour='red'>One</Message></Response>", [], 12200),
        (f"<Response><Message>{'x' * 1601}</Message></Response>", [], 21617),
        ("<Response><Message><Body>One</Body></Message><Message>Two</Message></Response>", ["One", "Two"], None),
        ("<Response/>", [], None),
    ],
)
def test_what_an_answer_means(table: Table, answer: str | Response, texts: list[str], code: int | None) -> None:
    """A plain body is texted, JSON and nameless emptiness are faults, wrong TwiML sends nothing."""
    table.product.says("/sms", answer)
    phone = table.desk.phone(PAT)
    phone.texts("hi")
    assert [text.body for text in phone.inbox] == texts
    assert [problem.code for problem in table.desk.problems] == ([] if code is None else [code])


def test_unexpected(table: Table) -> None:
    """What nobody has looked at is unexpected."""
    table.create("Messages", To=PAT, From=HELPLINE, Body="Hello")
    assert len(table.desk.unexpected()) == 1
    text = table.desk.phone(PAT).takes_text()
    assert text is not None and text.body == "Hello"
    assert table.desk.unexpected() == []
