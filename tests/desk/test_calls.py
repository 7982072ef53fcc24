"""Calls on the desk: rings, keys, words, voicemail, and what the product is told of them."""

from tests.desk.conftest import Table
from tests.desk.product import ANN, BASE, HELPLINE, PAT, field_of

ALL = ["initiated", "ringing", "answered", "completed"]
MENU = '<Gather numDigits="1" action="/key" timeout="5"><Say>Press one.</Say></Gather><Say>Nothing.</Say><Hangup/>'


def page(table: Table, number: str = ANN, **more: str) -> str:
    params: dict[str, str | list[str]] = {"Url": f"{BASE}/page", "StatusCallback": f"{BASE}/life", "Timeout": "20"}
    answer = table.create("Calls", To=number, From=HELPLINE, StatusCallbackEvent=ALL, **(params | more))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["sid"])


def test_a_page_accepted_by_key(table: Table) -> None:
    """A paged phone rings; picked up, it hears the page; its key reaches the product; its life is told in order."""
    table.product.says("/page", MENU)
    table.product.says("/key", "<Say>It is yours.</Say><Hangup/>")
    sid = page(table)
    phone = table.desk.phone(ANN)
    assert phone.ringing
    phone.answers()
    assert [spoken.text for spoken in phone.heard] == ["Press one."]
    phone.presses("1")
    assert table.product.forms("/key")[0]["Digits"] == "1"
    assert table.product.forms("/key")[0]["CallSid"] == sid
    assert [spoken.text for spoken in phone.heard] == ["Press one.", "It is yours."]
    table.pass_time(10)
    life = table.product.forms("/life")
    assert field_of(life, "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert field_of(life, "SequenceNumber") == ["0", "1", "2", "3"]
    assert life[-1]["CallDuration"] == "1"
    assert phone.call is None
    assert not table.desk.problems


def test_silence_after_a_prompt(table: Table) -> None:
    """Without a key the call goes on with the verb after <Gather>."""
    table.product.says("/page", MENU)
    page(table)
    phone = table.desk.phone(ANN)
    phone.answers()
    table.pass_time(30)
    assert [spoken.text for spoken in phone.heard] == ["Press one.", "Nothing."]
    assert not table.product.forms("/key")
    assert phone.call is None


def test_nobody_answers(table: Table) -> None:
    """A call nobody takes ends as no-answer after its time-out and Twilio's five seconds."""
    page(table)
    table.pass_time(24)
    assert table.desk.phone(ANN).ringing
    table.pass_time(2)
    assert field_of(table.product.forms("/life"), "CallStatus")[-1] == "no-answer"


def test_voicemail(table: Table) -> None:
    """A voicemail answers, listens to everything and never presses a key."""
    table.product.says("/page", MENU)
    phone = table.desk.phone(ANN)
    phone.behaviour = "voicemail"
    page(table)
    table.pass_time(60)
    assert [spoken.text for spoken in phone.heard] == ["Press one.", "Nothing."]
    assert not table.product.forms("/key")
    assert "in-progress" in field_of(table.product.forms("/life"), "CallStatus")


def test_a_greeting_is_speech(table: Table) -> None:
    """A voicemail's greeting answers a <Gather> that listens for words."""
    table.product.says("/page", '<Gather input="dtmf speech" action="/key"><Say>Say yes.</Say></Gather>')
    table.desk.phone(ANN).behaviour = "voicemail"
    page(table)
    table.pass_time(60)
    assert "voicemail" in table.product.forms("/key")[0]["SpeechResult"]


def test_caller_speaks(table: Table) -> None:
    """A caller is answered, speaks, and the words reach the product."""
    table.product.says("/voice", '<Gather input="speech" action="/key"><Say language="es-US">¿Qué pasa?</Say></Gather>')
    table.product.says("/key", '<Pause length="9"/>')
    phone = table.desk.phone(PAT)
    phone.calls()
    assert table.product.forms("/voice")[0]["CallStatus"] == "ringing"
    assert phone.heard[0].language == "es-US"
    phone.speaks("he is shaking")
    form = table.product.forms("/key")[0]
    assert (form["SpeechResult"], form["CallStatus"]) == ("he is shaking", "in-progress")
    phone.hangs_up()
    assert field_of(table.product.forms("/voice/status"), "CallStatus") == ["completed"]
