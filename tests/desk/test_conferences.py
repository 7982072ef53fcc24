"""Two people joined: by <Dial><Number> with a whisper, and in a conference."""

from tests.desk.conftest import Table
from tests.desk.product import ANN, BASE, BEN, HELPLINE, PAT, field_of

EVENTS = "start end join leave mute hold"
WAITING = (
    '<Dial action="/after"><Conference startConferenceOnEnter="false" endConferenceOnExit="true" waitUrl="/wait" '
    'participantLabel="patient" beep="false" statusCallback="/room" '
    f'statusCallbackEvent="{EVENTS}">case-1</Conference></Dial>'
)
JOINING = '<Dial action="/joined"><Conference participantLabel="specialist">case-1</Conference></Dial>'


def call_ann(table: Table) -> str:
    table.product.says("/join", JOINING)
    sid = str(table.create("Calls", To=ANN, From=HELPLINE, Url=f"{BASE}/join").json()["sid"])
    table.desk.phone(ANN).answers()
    return sid


def wait(table: Table) -> None:
    table.product.says("/voice", WAITING)
    table.product.says("/wait", '<Say>Stay on the line.</Say><Pause length="10"/><Redirect/>')
    table.product.says("/after", "<Say>The call has ended.</Say><Hangup/>")
    table.product.says("/joined", "<Hangup/>")
    table.desk.phone(PAT).calls()


def test_waiting_and_joining(table: Table) -> None:
    """A caller waits with spoken words until a specialist comes in; then both hear each other and nothing else."""
    wait(table)
    patient, ann = table.desk.phone(PAT), table.desk.phone(ANN)
    assert patient.heard[-1].text == "Stay on the line."
    assert patient.joined_with == []
    table.pass_time(15)
    assert [spoken.text for spoken in patient.heard] == ["Stay on the line."] * 2
    call_ann(table)
    assert (patient.joined_with, ann.joined_with) == ([ANN], [PAT])
    ann.speaks("I am Ann.")
    patient.speaks("He is shaking.")
    assert (patient.heard[-1].text, patient.heard[-1].by) == ("I am Ann.", ANN)
    assert ann.heard[-1].text == "He is shaking."
    table.pass_time(60)
    assert patient.heard[-1].text == "I am Ann."
    assert not table.desk.problems


def test_conference_reports(table: Table) -> None:
    """Joins, start, leaves and the end are reported in order to the address that the first one gave."""
    wait(table)
    call_ann(table)
    table.desk.phone(ANN).hangs_up()
    assert table.desk.phone(PAT).joined_with == []
    table.desk.phone(PAT).hangs_up()
    forms = table.product.forms("/room")
    assert field_of(forms, "StatusCallbackEvent") == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert field_of(forms, "SequenceNumber") == [str(number) for number in range(1, 7)]
    assert field_of(forms, "ParticipantLabel")[:2] == ["patient", "specialist"]
    assert forms[-1]["CallSidEndingConference"] == forms[0]["CallSid"]


def test_the_end_for_the_others(table: Table) -> None:
    """When the one leaves who ends the conference, the other's document goes on at its action."""
    wait(table)
    call_ann(table)
    table.desk.phone(PAT).hangs_up()
    assert table.product.forms("/joined")[0]["DialCallStatus"] == "answered"
    assert table.desk.phone(ANN).call is None


def test_conference_by_rest(table: Table) -> None:
    """Conferences and participants are listed, held, and taken out by REST."""
    wait(table)
    sid = call_ann(table)
    rooms = table.rest.get("Conferences.json", params={"FriendlyName": "case-1"}).json()["conferences"]
    assert [room["status"] for room in rooms] == ["in-progress"]
    path = f"Conferences/{rooms[0]['sid']}/Participants"
    found = table.rest.get(f"{path}.json").json()["participants"]
    assert [one["label"] for one in found] == ["specialist", "patient"]
    assert table.rest.post(f"{path}/{sid}.json", data={"Hold": "true"}).json()["hold"] is True
    assert table.desk.phone(PAT).joined_with == []
    assert table.rest.post(f"{path}/{sid}.json", data={"Hold": "false"}).json()["hold"] is False
    assert table.desk.phone(PAT).joined_with == [ANN]
    assert table.rest.delete(f"{path}/{sid}.json").status_code == 204
    table.desk.run_due()
    assert table.product.forms("/joined")
    assert table.rest.get(f"{path}/{sid}.json").status_code == 404


def test_invited_participant(table: Table) -> None:
    """A phone called into a conference by REST is in it as soon as it answers."""
    wait(table)
    room = next(iter(table.desk.exchange.rooms))
    answer = table.create(f"Conferences/{room}/Participants", To=BEN, From=HELPLINE, Label="second")
    assert (answer.status_code, answer.json()["status"]) == (201, "queued")
    table.desk.phone(BEN).answers()
    assert table.desk.phone(BEN).joined_with == [PAT]


def test_a_taken_label(table: Table) -> None:
    """A second participant with the same label is not let in, and the call goes on with the next verb."""
    wait(table)
    call_ann(table)
    table.create("Calls", To=BEN, From=HELPLINE, Url=f"{BASE}/join")
    table.pass_time(2)
    table.desk.phone(BEN).answers()
    assert [problem.code for problem in table.desk.problems] == [16025]
    assert table.desk.phone(BEN).call is None


def test_a_waiting_call_is_sent_elsewhere(table: Table) -> None:
    """A call update takes a caller out of the conference and runs other instructions."""
    wait(table)
    table.product.says("/other", "<Say>Someone is calling you back.</Say><Hangup/>")
    call = table.desk.phone(PAT).call
    assert call is not None
    answer = table.create(f"Calls/{call.sid}", Url=f"{BASE}/other")
    assert answer.status_code == 200
    assert table.desk.phone(PAT).heard[-1].text == "Someone is calling you back."
    assert not table.product.forms("/after")


def test_dial_with_a_whisper(table: Table) -> None:
    """The one who picks up hears the whisper first; when it ends without a hang-up the two are joined."""
    table.product.says("/voice", f'<Dial action="/after" timeout="20"><Number url="/whisper">{ANN}</Number></Dial>')
    table.product.says("/whisper", '<Gather numDigits="1" action="/yes"><Say>Press 1.</Say></Gather><Hangup/>')
    table.product.says("/yes", "<Response/>")
    table.product.says("/after", "<Say>Goodbye.</Say>")
    patient, ann = table.desk.phone(PAT), table.desk.phone(ANN)
    patient.calls()
    ann.answers()
    assert table.product.forms("/whisper")[0]["ParentCallSid"]
    assert patient.joined_with == []
    ann.presses("1")
    assert patient.joined_with == [ANN]
    table.pass_time(30)
    ann.hangs_up()
    after = table.product.forms("/after")[0]
    assert (after["DialCallStatus"], after["DialBridged"], after["DialCallDuration"]) == ("completed", "true", "30")
    assert patient.heard[-1].text == "Goodbye."


def test_dial_to_two_numbers(table: Table) -> None:
    """The first to pick up, even a voicemail, cancels the others."""
    table.product.says("/voice", f"<Dial><Number>{ANN}</Number><Number>{BEN}</Number></Dial>")
    table.desk.phone(ANN).behaviour = "voicemail"
    table.desk.phone(PAT).calls()
    assert table.desk.phone(BEN).ringing
    table.pass_time(16)
    assert not table.desk.phone(BEN).ringing
    assert table.desk.phone(PAT).joined_with == [ANN]
    assert "voicemail" in table.desk.phone(PAT).heard[-1].text


def test_nobody_picks_up_a_dial(table: Table) -> None:
    """A <Dial> that nobody answers goes on as no-answer, unbridged."""
    table.product.says("/voice", f'<Dial action="/after" timeout="10">{ANN}</Dial>')
    table.product.says("/after", "<Hangup/>")
    table.desk.phone(PAT).calls()
    table.pass_time(16)
    after = table.product.forms("/after")[0]
    assert (after["DialCallStatus"], after["DialBridged"]) == ("no-answer", "false")


def test_a_caller_who_gives_up(table: Table) -> None:
    """When the caller hangs up, what rang for them stops ringing."""
    table.product.says("/voice", f"<Dial>{ANN}</Dial>")
    table.desk.phone(PAT).calls()
    table.desk.phone(PAT).hangs_up()
    assert not table.desk.phone(ANN).ringing
