"""The REST API: as strict as Twilio's own description, with Twilio's codes, lists and shapes."""

import json
import re

import pytest

from bot.desk.faults import RestFault
from tests.desk.conftest import Table
from tests.desk.product import ACCOUNT, ANN, BASE, HELPLINE, PAT

LETTER = {"To": PAT, "From": HELPLINE, "Body": "Hello"}
RING = {"To": ANN, "From": HELPLINE, "Url": f"{BASE}/page"}

REFUSED: list[tuple[str, dict[str, str | None], int]] = [
    ("Messages", {"To": None}, 21604),
    ("Messages", {"To": "5550100"}, 21211),
    ("Messages", {"To": "911"}, 21211),
    ("Messages", {"To": HELPLINE}, 21266),
    ("Messages", {"From": None}, 21603),
    ("Messages", {"From": "+15005550006"}, 21606),
    ("Messages", {"Body": None}, 21602),
    ("Messages", {"Body": " "}, 21602),
    ("Messages", {"Body": "x" * 1601}, 21617),
    ("Messages", {"StatusCallback": "/relative"}, 21609),
    ("Messages", {"ValidityPeriod": "soon"}, 20001),
    ("Messages", {"StatusCallbackEvent": "sent"}, 20001),
    ("Messages", {"Boddy": "typo"}, 20001),
    ("Calls", {"To": None}, 21201),
    ("Calls", {"To": "911"}, 21211),
    ("Calls", {"From": None}, 21213),
    ("Calls", {"From": "+15005550006"}, 21210),
    ("Calls", {"Url": None}, 21205),
    ("Calls", {"Url": "page"}, 21205),
    ("Calls", {"Twiml": "<Response/>"}, 21218),
    ("Calls", {"Url": None, "Twiml": "x" * 4001}, 21220),
    ("Calls", {"StatusCallbackEvent": "picked-up"}, 21626),
    ("Calls", {"Timeout": "long"}, 20001),
    ("Calls", {"Method": "PUT"}, 20001),
    ("Calls", {"MachineDetection": "true"}, 21245),
]


@pytest.mark.parametrize(("resource", "change", "code"), REFUSED)
def test_refused(table: Table, resource: str, change: dict[str, str | None], code: int) -> None:
    """What Twilio would refuse is refused with Twilio's code, in Twilio's shape."""
    params = (LETTER if resource == "Messages" else RING) | change
    answer = table.rest.post(f"{resource}.json", data={k: v for k, v in params.items() if v is not None})
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert set(answer.json()) == {"code", "message", "more_info", "status"}
    assert table.desk.next_due() is None


@pytest.mark.parametrize("auth", [("", ""), (ACCOUNT, "wrong"), ("AC" + "1" * 32, "token-of-the-desk")])
def test_authentication(table: Table, auth: tuple[str, str]) -> None:
    """Without the account's token nothing is done: 401 and 20003."""
    answer = table.rest.post("Messages.json", data=LETTER, auth=auth)
    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


@pytest.mark.parametrize("path", ["Messages/SM1.json", "Calls/CA1.json", "Conferences/CF1.json"])
def test_not_found(table: Table, path: str) -> None:
    """What is not there is 404 and 20404."""
    answer = table.rest.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_resources_look_like_twilios(table: Table) -> None:
    """Identifiers, dates and empty fields look as Twilio writes them."""
    message, call = table.create("Messages", **LETTER).json(), table.create("Calls", **RING).json()
    assert re.fullmatch(r"SM[0-9a-f]{32}", message["sid"])
    assert re.fullmatch(r"CA[0-9a-f]{32}", call["sid"])
    assert message["date_created"] == "Sat, 21 Nov 2026 03:00:00 +0000"
    assert (message["num_segments"], message["num_media"], message["error_code"]) == ("1", "0", None)
    assert (call["status"], call["direction"], call["duration"]) == ("queued", "outbound-api", None)


def test_lists(table: Table) -> None:
    """Lists are filtered, newest first, and paged."""
    for number in range(5):
        table.create("Messages", **(LETTER | {"Body": f"text {number}"}))
        table.pass_time(60)
    table.create("Messages", **(LETTER | {"To": ANN}))
    first = table.rest.get("Messages.json", params={"To": PAT, "PageSize": "2"}).json()
    assert [row["body"] for row in first["messages"]] == ["text 4", "text 3"]
    second = table.rest.get(f"http://desk{first['next_page_uri']}").json()
    assert [row["body"] for row in second["messages"]] == ["text 2", "text 1"]
    late = table.rest.get("Messages.json", params={"To": PAT, "DateSent>": "2026-11-21T03:02:30Z"}).json()
    assert [row["body"] for row in late["messages"]] == ["text 4", "text 3"]
    assert table.rest.get("Messages.json", params={"Too": PAT}).status_code == 400


def test_calls_end_by_rest(table: Table) -> None:
    """A ringing call is canceled, an answered one completed; a call that is over can't be redirected."""
    table.product.says("/page", '<Pause length="60"/>')
    sid = table.create("Calls", **RING).json()["sid"]
    assert table.create(f"Calls/{sid}", Status="canceled").json()["status"] == "canceled"
    assert not table.desk.phone(ANN).ringing
    table.pass_time(2)
    sid = table.create("Calls", **RING).json()["sid"]
    table.desk.phone(ANN).answers()
    assert table.create(f"Calls/{sid}", Status="completed").json()["status"] == "completed"
    assert table.create(f"Calls/{sid}", Url=f"{BASE}/other").json()["code"] == 21220


def test_one_call_a_second(table: Table) -> None:
    """An account starts one call a second; the others queue, and none is lost."""
    table.create("Calls", **RING)
    table.create("Calls", **(RING | {"To": PAT}))
    assert table.desk.phone(ANN).ringing and not table.desk.phone(PAT).ringing
    table.pass_time(1)
    assert table.desk.phone(PAT).ringing


def test_inline_twiml(table: Table) -> None:
    """A call created with TwiML runs it, and needs absolute addresses in it."""
    table.create("Calls", To=ANN, From=HELPLINE, Twiml="<Response><Redirect>/next</Redirect></Response>")
    table.desk.phone(ANN).answers()
    assert [problem.code for problem in table.desk.problems] == [11100]


def test_redaction(table: Table) -> None:
    """A text that is done can be emptied, and forgotten."""
    sid = table.create("Messages", **LETTER).json()["sid"]
    assert table.create(f"Messages/{sid}", Body="").status_code == 400
    table.pass_time(5)
    assert table.create(f"Messages/{sid}", Body="").json()["body"] == ""
    assert table.rest.delete(f"Messages/{sid}.json").status_code == 204
    assert table.rest.get(f"Messages/{sid}.json").status_code == 404


def test_the_record(table: Table) -> None:
    """Every REST request and every TwiML document is one line of the record."""
    table.product.says("/sms", "<Message>One</Message>")
    table.desk.phone(PAT).texts("hi")
    table.create("Calls", StatusCallbackEvent=["ringing", "completed"], StatusCallback=f"{BASE}/x", **RING)
    table.rest.get("Messages.json", params={"To": PAT})
    lines = [json.loads(line) for line in table.record.read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["twiml", "rest", "rest"]
    assert lines[0] | {"at": ""} == {
        "kind": "twiml",
        "for": "messaging",
        "url": f"{BASE}/sms",
        "body": "<Response><Message>One</Message></Response>",
        "at": "",
    }
    assert lines[1]["params"]["StatusCallbackEvent"] == ["ringing", "completed"]
    assert (lines[1]["method"], lines[1]["status"]) == ("POST", 201)
    assert lines[1]["response"]["to"] == ANN
    assert lines[2]["params"] == {"To": PAT}


def test_faults_that_answer(table: Table) -> None:
    """A fault answers in place of Twilio, once, for the number it is meant for."""
    table.desk.add_fault(RestFault(status=429, code=20429, to=PAT))
    assert table.create("Messages", **(LETTER | {"To": ANN})).status_code == 201
    answer = table.create("Messages", **LETTER)
    assert (answer.status_code, answer.json()["code"]) == (429, 20429)
    assert table.create("Messages", **LETTER).status_code == 201
