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


def test_pause_does_not_answer(table: Table) -> None:
    """A <Pause> as the first verb leaves an incoming call ringing; the next verb answers it."""
    table.product.says("/voice", '<Pause length="4"/><Say>Hello.</Say><Pause length="9"/>')
    phone = table.desk.phone(PAT)
    phone.calls()
    assert phone.call is not None and phone.call.answered_at is None
    table.pass_time(5)
    assert phone.call.answered_at is not None


def test_reject(table: Table) -> None:
    """A rejected caller hears busy and is never answered."""
    table.product.says("/voice", '<Reject reason="busy"/>')
    table.desk.phone(PAT).calls()
    form = table.product.forms("/voice/status")[0]
    assert (form["CallStatus"], form["CallDuration"]) == ("busy", "0")


def test_caller_gives_up(table: Table) -> None:
    """A caller who hangs up before an answer is told to the product as no-answer."""
    table.product.says("/voice", '<Pause length="9"/><Say>Hello.</Say>')
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).hangs_up()
    assert field_of(table.product.forms("/voice/status"), "CallStatus") == ["no-answer"]


def test_hang_up_while_listened_to(table: Table) -> None:
    """A hang-up in the middle of a <Gather> reaches the product by the status callback alone."""
    table.product.says("/voice", '<Gather action="/key"><Say>Press one.</Say></Gather>')
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).hangs_up()
    table.pass_time(30)
    assert not table.product.forms("/key")
    assert field_of(table.product.forms("/voice/status"), "CallStatus") == ["completed"]


def test_digits_until_the_finish_key(table: Table) -> None:
    """Without numDigits the keys are collected until #, which is not part of them."""
    table.product.says("/voice", '<Gather action="/key" timeout="5"><Say>Your number.</Say></Gather>')
    table.product.says("/key", "<Hangup/>")
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).presses("1023#")
    form = table.product.forms("/key")[0]
    assert (form["Digits"], form["FinishedOnKey"]) == ("1023", "#")


def test_digits_until_silence(table: Table) -> None:
    """Keys without # count after the time-out."""
    table.product.says("/voice", '<Gather action="/key" timeout="5"><Say>Your number.</Say></Gather>')
    table.product.says("/key", "<Hangup/>")
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).presses("10")
    table.pass_time(4)
    assert not table.product.forms("/key")
    table.pass_time(2)
    assert table.product.forms("/key")[0]["Digits"] == "10"


def test_silence_that_is_asked_for(table: Table) -> None:
    """With actionOnEmptyResult silence goes to the action too."""
    table.product.says("/voice", '<Gather action="/key" timeout="5" actionOnEmptyResult="true"/>')
    table.product.says("/key", "<Hangup/>")
    table.desk.phone(PAT).calls()
    table.pass_time(6)
    assert table.product.forms("/key")[0]["Digits"] == ""


def test_words_to_a_keypad_question(table: Table) -> None:
    """A <Gather> for keys alone does not hear words."""
    table.product.says("/voice", '<Gather action="/key" timeout="5"><Say>Press one.</Say></Gather><Hangup/>')
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).speaks("one")
    table.pass_time(10)
    assert not table.product.forms("/key")


def test_withheld_number(table: Table) -> None:
    """A caller can withhold the number."""
    table.product.says("/voice", "<Hangup/>")
    table.desk.phone(PAT).calls(caller="anonymous")
    assert table.product.forms("/voice")[0]["From"] == "anonymous"


def test_busy_and_off(table: Table) -> None:
    """A busy phone is busy; one that is switched off fails with 480."""
    table.desk.phone(ANN).behaviour = "busy"
    page(table)
    table.pass_time(3)
    assert field_of(table.product.forms("/life"), "CallStatus") == ["initiated", "busy"]
    table.desk.phone(ANN).behaviour = "off"
    page(table)
    table.pass_time(3)
    last = table.product.forms("/life")[-1]
    assert (last["CallStatus"], last["SipResponseCode"]) == ("failed", "480")


def test_declined(table: Table) -> None:
    """A call sent away is busy to the product."""
    page(table)
    table.desk.phone(ANN).declines()
    assert field_of(table.product.forms("/life"), "CallStatus")[-1] == "busy"


def test_auto_accept(table: Table) -> None:
    """A phone set to accept answers by itself and presses 1."""
    table.product.says("/page", MENU)
    table.product.says("/key", "<Hangup/>")
    table.desk.phone(ANN).auto = "accept"
    page(table)
    table.pass_time(10)
    assert table.product.forms("/key")[0]["Digits"] == "1"


def test_machine_detection(table: Table) -> None:
    """With machine detection the page runs some seconds after the answer, and says who answered."""
    table.product.says("/page", "<Hangup/>")
    table.desk.phone(ANN).behaviour = "voicemail"
    page(table, MachineDetection="Enable")
    table.pass_time(17)
    assert not table.product.forms("/page")
    table.pass_time(4)
    assert table.product.forms("/page")[0]["AnsweredBy"] == "machine_start"


def test_time_limit(table: Table) -> None:
    """A call ends at the time limit that it was made with."""
    table.product.says("/page", '<Pause length="600"/>')
    page(table, TimeLimit="60")
    table.desk.phone(ANN).answers()
    table.pass_time(61)
    assert table.product.forms("/life")[-1]["CallDuration"] == "60"


def test_marked_up_speech(table: Table) -> None:
    """What is heard is the words, without their markup."""
    table.product.says(
        "/voice",
        '<Say language="en-US">Call <say-as interpret-as="digits">911</say-as><break time="1s"/>now,'
        ' <sub alias="doctor">Dr.</sub> Ruiz.</Say>',
    )
    table.desk.phone(PAT).calls()
    assert table.desk.phone(PAT).heard[0].text == "Call 911 now, doctor Ruiz."


def test_a_page_nobody_looked_at(table: Table) -> None:
    """A call that a test did not look at is unexpected."""
    page(table)
    assert len(table.desk.unexpected()) == 1
    assert table.desk.phone(ANN).takes_call() is not None
    assert table.desk.unexpected() == []
