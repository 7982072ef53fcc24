"""Whatever people, the product and the wire do, the desk keeps its order."""

from collections.abc import Callable, Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.desk.app import create_desk
from bot.desk.config import DeskConfig, PhoneCard
from bot.desk.desk import Desk
from bot.desk.faults import Delay, Drop, Duplicate, Fault, Lose, Reorder
from bot.desk.phone import Phone
from bot.desk.rest.calls import create as create_call
from bot.desk.rest.conferences import listing
from bot.desk.rest.messages import create as create_message
from bot.desk.rest.step import Step
from bot.desk.transport import Answered
from tests.desk.product import ACCOUNT, ANN, BASE, BEN, HELPLINE, PAT, TOKEN, Clock

RANK = {"initiated": 0, "ringing": 1, "in-progress": 2}
EVENTS = ["initiated", "ringing", "answered", "completed"]
VERBS = st.sampled_from(
    [
        "<Say>Hello there.</Say>",
        '<Pause length="3"/>',
        '<Gather numDigits="1" action="/doc"><Say>Press one.</Say></Gather>',
        '<Gather input="dtmf speech" action="/doc" timeout="2" actionOnEmptyResult="true"/>',
        "<Redirect>/doc</Redirect>",
        "<Hangup/>",
        "<Reject/>",
        f'<Dial action="/doc" timeout="10"><Number url="/whisper">{ANN}</Number></Dial>',
        f"<Dial><Number>{BEN}</Number></Dial>",
        '<Dial><Conference startConferenceOnEnter="false" waitUrl="/wait" statusCallback="/room" '
        'statusCallbackEvent="start end join leave">one</Conference></Dial>',
        '<Dial action="/doc"><Conference endConferenceOnExit="true" participantLabel="a">one</Conference></Dial>',
        "<Shout/>",
    ]
)
DOCUMENTS = st.lists(st.lists(VERBS, min_size=1, max_size=3).map("".join), min_size=2, max_size=6)
ACTS: dict[str, Callable[[Phone], None]] = {
    "texts": lambda phone: phone.texts("hi"),
    "calls": lambda phone: phone.calls(),
    "answers": lambda phone: phone.answers(),
    "declines": lambda phone: phone.declines(),
    "presses": lambda phone: phone.presses("1"),
    "speaks": lambda phone: phone.speaks("hello"),
    "hangs_up": lambda phone: phone.hangs_up(),
    "voicemail": lambda phone: setattr(phone, "behaviour", "voicemail"),
    "off": lambda phone: setattr(phone, "behaviour", "off"),
    "accepts": lambda phone: setattr(phone, "auto", "accept"),
}
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([ANN, BEN, PAT]), st.sampled_from(sorted(ACTS))),
        st.tuples(st.sampled_from([ANN, BEN, PAT]), st.sampled_from(["answers", "speaks", "presses", "calls"])),
        st.tuples(st.sampled_from([ANN, BEN, PAT]), st.sampled_from(["rest call", "rest text"])),
        st.tuples(st.just(""), st.sampled_from(["1", "3", "20", "200"])),
    ),
    min_size=10,
    max_size=30,
)
FAULTS = st.lists(
    st.one_of(
        st.builds(Duplicate, copies=st.integers(1, 2), after=st.sampled_from([0, 3])),
        st.builds(Delay, seconds=st.sampled_from([0.5, 30])),
        st.builds(Lose, when=st.sampled_from(["before", "after"])),
        st.builds(Drop),
        st.builds(Reorder),
    ),
    max_size=3,
)


class Play:
    """A desk whose product answers with whatever comes next."""

    def __init__(self, documents: list[str], faults: list[Fault]) -> None:
        self.documents = documents
        self.calls: list[dict[str, str]] = []
        self.clock = Clock()
        phones = tuple(PhoneCard(number, number) for number in (ANN, BEN, PAT))
        config = DeskConfig(ACCOUNT, TOKEN, HELPLINE, f"{BASE}/sms", f"{BASE}/doc", phones=phones, seed=1)
        self.desk: Desk = create_desk(config, self.clock, self.post)
        for fault in faults:
            self.desk.add_fault(fault)

    def post(self, url: str, form: Mapping[str, str], *_: object, **__: object) -> Answered:
        if url.endswith("/life"):
            self.calls.append(dict(form))
        if url.endswith(("/whisper", "/wait")):
            return 200, {"Content-Type": "text/xml"}, b"<Response><Say>One moment.</Say></Response>"
        if not url.endswith("/doc"):
            return 204, {}, b""
        self.documents.append(self.documents.pop(0))
        return 200, {"Content-Type": "text/xml"}, f"<Response>{self.documents[0]}</Response>".encode()

    def do(self, number: str, act: str) -> None:
        if not number:
            self.pass_time(float(act))
            return
        exchange = self.desk.exchange
        callback = {"StatusCallback": [f"{BASE}/life"]}
        try:
            if act == "rest call":
                values = {"To": [number], "From": [HELPLINE], "Url": [f"{BASE}/doc"], "StatusCallbackEvent": EVENTS}
                create_call(exchange, Step("", values | callback))
            elif act == "rest text":
                create_message(exchange, Step("", {"To": [number], "From": [HELPLINE], "Body": ["x"]}))
            else:
                ACTS[act](self.desk.phone(number))
        except Exception as refused:
            assert isinstance(refused, LookupError) or type(refused).__name__ == "Refusal"
        self.desk.run_due()

    def pass_time(self, seconds: float) -> None:
        end = self.clock.now.timestamp() + seconds
        while (due := self.desk.next_due()) is not None and due.timestamp() <= end:
            self.clock.now = max(self.clock.now, due)
            self.desk.run_due()
        self.clock.move(end - self.clock.now.timestamp())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, STEPS, FAULTS)
def test_order(documents: list[str], steps: list[tuple[str, str]], faults: list[Fault]) -> None:
    """A phone is on one call at most, who hears whom is mutual, and every call that has ended is off every phone."""
    play = Play(documents, faults)
    for number, act in steps:
        play.do(number, act)
        exchange = play.desk.exchange
        for handset in exchange.handsets.values():
            assert handset.call is None or not handset.call.over
            assert not any(call.over for call in handset.ringing)
        for call in exchange.calls.values():
            if call.partner is not None:
                assert call.partner.partner is call and not call.over
            if call.over:
                assert call.room == "" and call.partner is None
    listing(play.desk.exchange, Step("", {}))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, STEPS)
def test_every_page_has_an_end(documents: list[str], steps: list[tuple[str, str]]) -> None:
    """When everybody has hung up every call has ended, and its reports came in the order of its life."""
    play = Play(documents, [])
    for number, act in steps:
        play.do(number, act)
    for _ in range(10):
        for number in (ANN, BEN, PAT):
            play.do(number, "declines")
            play.do(number, "hangs_up")
        play.pass_time(200)
    assert all(call.over for call in play.desk.exchange.calls.values())
    for sid in {form["CallSid"] for form in play.calls}:
        mine = [form for form in play.calls if form["CallSid"] == sid]
        ranks = [RANK.get(form["CallStatus"], 3) for form in mine]
        assert ranks == sorted(set(ranks))
        assert [form["SequenceNumber"] for form in mine] == [str(number) for number in range(len(mine))]
