"""What can go wrong on the wire, when a test wants it to."""

import httpx
import pytest
from fastapi.responses import RedirectResponse, Response

from bot.desk.faults import Delay, Drop, Duplicate, Early, Lose, Reorder, RestFault
from tests.desk.conftest import Table
from tests.desk.product import BASE, HELPLINE, PAT, field_of


def send(table: Table) -> httpx.Response:
    return table.create("Messages", To=PAT, From=HELPLINE, Body="Hello", StatusCallback=f"{BASE}/m")


def test_duplicate(table: Table) -> None:
    """A webhook can come several times; only the first answer is carried out."""
    table.product.says("/sms", "<Message>One</Message>")
    table.desk.add_fault(Duplicate(about="sms", copies=2))
    table.desk.phone(PAT).texts("hi")
    assert len({form["MessageSid"] for form in table.product.forms("/sms")}) == 1
    assert len(table.product.forms("/sms")) == 3
    assert len(table.desk.phone(PAT).inbox) == 1


def test_delay(table: Table) -> None:
    """A webhook can come late."""
    table.desk.add_fault(Delay(about="sms", seconds=30))
    table.desk.phone(PAT).texts("hi")
    assert not table.product.asked
    table.pass_time(31)
    assert len(table.product.asked) == 1


def test_reorder(table: Table) -> None:
    """Two callbacks can change places."""
    table.desk.add_fault(Reorder(url="/m"))
    send(table)
    table.pass_time(5)
    assert field_of(table.product.forms("/m"), "MessageStatus") == ["delivered", "sent"]


def test_drop(table: Table) -> None:
    """A callback can be lost for good."""
    table.desk.add_fault(Drop(url="/m"))
    send(table)
    table.pass_time(5)
    assert field_of(table.product.forms("/m"), "MessageStatus") == ["delivered"]


def test_default_retry(table: Table) -> None:
    """Twilio tries once more when it could not connect, by default not when the answer was lost."""
    table.product.says("/sms", "<Message>One</Message>")
    table.desk.add_fault(Lose(about="sms", when="before"))
    table.desk.phone(PAT).texts("hi")
    assert len(table.product.asked) == 1 and len(table.desk.phone(PAT).inbox) == 1
    table.desk.add_fault(Lose(about="sms", when="after"))
    table.desk.phone(PAT).texts("hi")
    assert len(table.product.asked) == 2 and len(table.desk.phone(PAT).inbox) == 1


def test_asked_for_retries(table: Table) -> None:
    """With overrides in the address Twilio repeats on 5xx, with the same token, and does not send the fragment."""
    table.product.says("/page", Response(status_code=503), "<Say>Hello.</Say>")
    table.create("Calls", To=PAT, From=HELPLINE, Url=f"{BASE}/page#rc=2&rp=ct,rt,5xx")
    table.desk.phone(PAT).answers()
    assert table.desk.phone(PAT).heard[0].text == "Hello."
    tokens = {asked.headers["i-twilio-idempotency-token"] for asked in table.product.asked}
    assert len(table.product.asked) == 2 and len(tokens) == 1
    assert not table.desk.problems


def test_fallback(table: Table) -> None:
    """When all attempts have failed the fallback is asked, and told what happened."""
    table.product.says("/page", Response(status_code=500))
    table.product.says("/fallback", "<Say>Call 911.</Say>")
    table.create("Calls", To=PAT, From=HELPLINE, Url=f"{BASE}/page", FallbackUrl=f"{BASE}/fallback")
    table.desk.phone(PAT).answers()
    assert table.desk.phone(PAT).heard[0].text == "Call 911."
    assert table.product.forms("/fallback")[0]["ErrorUrl"] == f"{BASE}/page"


def test_redirect_loses_the_form(table: Table) -> None:
    """An HTTP redirect is followed as GET, without the parameters."""
    table.product.says("/sms", RedirectResponse("/sms/", 307))
    table.product.says("/sms/", "<Message>One</Message>")
    table.desk.phone(PAT).texts("hi")
    assert [(asked.method, asked.form == {}) for asked in table.product.asked] == [("POST", False), ("GET", True)]


@pytest.mark.parametrize("done", [False, True])
def test_no_answer_in_time(table: Table, done: bool) -> None:
    """A REST request can run out of time before Twilio did it, or after."""
    table.desk.add_fault(RestFault(status=0, done=done))
    with pytest.raises(httpx.TimeoutException):
        send(table)
    table.desk.run_due()
    assert len(table.desk.phone(PAT).inbox) == int(done)


def test_early_callback(table: Table) -> None:
    """A callback can arrive before the answer to the request that it is about."""
    seen: list[int] = []
    table.desk.add_fault(Early())
    answer = table.rest.post(
        "Messages.json", data={"To": PAT, "From": HELPLINE, "Body": "x", "StatusCallback": f"{BASE}/m"}
    )
    seen.append(len(table.product.forms("/m")))
    assert answer.status_code == 201
    assert seen == [1]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<Response><Say>One</Response>", 12100),
        ("<Response><Shout>One</Shout></Response>", 12200),
        ("<Response><Gather><Dial>+15555550111</Dial></Gather></Response>", 12200),
        ("<Response><Say volume='11'>One</Say></Response>", 12200),
        ("<Response><Gather input=\"['dtmf', 'speech']\"/></Response>", 12200),
        ("<Response><Say voice='Polly.Joanna-Neural' language='es-US'>Uno</Say></Response>", 13520),
        ("<Response><Say voice='Google.es-US-Neural2-A' language='en-US'>One</Say></Response>", 13520),
        ("<Response><Say voice='Polly.Nobody'>One</Say></Response>", 13511),
        (f"<Response><Say>{'x' * 4097}</Say></Response>", 13510),
        ("<Response><Dial/></Response>", 13201),
        ("<Response><Redirect/></Response>", 11215),
        ("<Say>One</Say>", 12200),
        (f"<Response>{'<Pause/>' * 9000}</Response>", 11750),
    ],
)
def test_bad_twiml_ends_the_call(table: Table, body: str, code: int) -> None:
    """A document that Twilio can't run ends the call with an application error, and is recorded."""
    table.product.answers["/voice"] = [body]
    phone = table.desk.phone(PAT)
    phone.calls()
    assert [problem.code for problem in table.desk.problems] == [code]
    assert "application error" in phone.heard[-1].text
    assert phone.call is None
