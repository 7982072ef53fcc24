"""The product without its database, as two replicas, and beside a desk that is a process of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import httpx
import pytest

from tests.house import PEOPLE
from tests.postgres import Postgres
from tests.processes.conftest import Table
from tests.processes.replica import Replica, run
from tests.until import until
from tools.served import free_port

DANGER = "my husband is having a seizure"
PATIENT = PEOPLE["patient"]


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server that this test may stop."""
    server = Postgres()
    yield server
    server.close()


def answers(replica: Replica) -> int:
    """Does the process live? What /healthz says."""
    return httpx.get(f"{replica.url}/healthz", timeout=5, trust_env=False).status_code


def test_started_without_its_database(table: Table, own_postgres: Postgres) -> None:
    """Started while PostgreSQL is away, it lives, says what to do, pages from memory, and goes on when it is back."""
    url = own_postgres.url(own_postgres.new())
    own_postgres.stop()
    replica = table.replica(url)
    replica.start(ready="down")

    assert answers(replica) == 200
    assert "911" in replica.text(PATIENT, DANGER, "SM1")
    until(lambda: table.codes("ana"), "a page from memory")
    assert table.codes("ana")[0].startswith("9")

    own_postgres.start()
    until(lambda: replica.database == "up", "the database is back")
    until(lambda: "911" in replica.text("+15555550173", DANGER, "SM2"), "an answer")
    until(lambda: any(not code.startswith("9") for code in table.codes("ana")), "a page of a case")


def test_started_on_a_broken_file(table: Table, tmp_path: Path) -> None:
    """Started on a SQLite file that is none, it lives, and a danger sign still gets the emergency line."""
    (tmp_path / "broken.db").write_bytes(b"this is not a database" * 1000)
    replica = table.replica(f"sqlite:///{tmp_path}/broken.db")
    replica.start(ready="down")

    assert answers(replica) == 200
    assert "911" in replica.text(PATIENT, DANGER, "SM1")
    until(lambda: table.codes("ana"), "a page from memory")


def test_one_of_two_replicas_is_killed(table: Table, postgres: Postgres, postgres_template: str) -> None:
    """What one replica has answered, and perhaps was about to page, the other one pages; once, under one code."""
    name = postgres.new(postgres_template)
    url = postgres.url(name)
    living = table.replica(url)
    dying = table.replica(url, public=living.url)
    living.start()
    dying.start()
    table.gate.shut("requests")
    assert "911" in dying.text(PATIENT, DANGER, "SM1")
    until(lambda: table.gate.held >= 1, "a page is on its way")

    dying.kill()
    table.gate.open()

    until(lambda: table.codes("ana") and table.codes("ben"), "both are paged by text")
    until(lambda: table.calls("ana") and table.calls("ben"), "both are paged by call")
    assert [table.codes("ana"), table.calls("ana"), table.calls("ben")] == [table.codes("ben"), 1, 1]
    living.kill()
    postgres.drop(name)


def test_the_desk_is_a_process_of_its_own(tmp_path: Path, sqlite_url: str) -> None:
    """The product is killed and started again beside a desk that lives on, and a specialist takes the case."""
    port = free_port()
    replica = Replica(tmp_path / "product", free_port(), {})
    replica.settings = {"HELPLINE_DATABASE_URL": sqlite_url, "HELPLINE_TWILIO_API_URL": f"http://127.0.0.1:{port}"}
    (tmp_path / "desk").mkdir()
    desk: Popen[bytes] = run(tmp_path / "desk", ["desk", "--port", str(port), "--product", replica.url], {})
    try:
        replica.start()
        until(lambda: listens(port), "the desk shows its phones")
        act(port, PATIENT, {"text": DANGER})
        until(lambda: "911" in "".join(texts(port, PATIENT)), "the reply")
        until(lambda: any(texts(port, PEOPLE[name]) for name in ("ana", "ben", "carla")), "a page")
        paged = next(name for name in ("ana", "ben", "carla") if texts(port, PEOPLE[name]))
        code = texts(port, PEOPLE[paged])[0].split("Reply A ")[1][:4]
        replica.kill()
        replica.start()
        act(port, PEOPLE[paged], {"text": f"A {code}"})
        until(lambda: any("is calling you" in text for text in texts(port, PATIENT)), "the patient hears who has it")
        assert sum("is calling you" in text for text in texts(port, PATIENT)) == 1
    finally:
        replica.kill()
        desk.kill()
        desk.wait()


def listens(port: int) -> bool:
    """Does the desk answer yet?"""
    try:
        return httpx.get(f"http://127.0.0.1:{port}/desk", timeout=5, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def texts(port: int, number: str) -> list[str]:
    """What a phone on that desk has got."""
    state = httpx.get(f"http://127.0.0.1:{port}/desk/state", timeout=5, trust_env=False).json()
    phone = next(one for one in state["phones"] if one["number"] == number)
    return [text["body"] for text in phone["thread"] if not text["mine"]]


def act(port: int, number: str, said: dict[str, str]) -> None:
    """A text from a phone on that desk."""
    headers = {"content-type": "application/json"}
    where = f"http://127.0.0.1:{port}/desk/phones/{number}/text"
    httpx.post(where, content=json.dumps(said), headers=headers, timeout=15, trust_env=False).raise_for_status()


def test_texted_while_every_process_was_dead(table: Table, database_url: str) -> None:
    """A danger sign that was texted while no process lived is fetched from Twilio at the next start, and paged for."""
    replica = table.replica(database_url)
    replica.start()
    assert "911" in replica.text("+15555550173", "hello, is this the er", "SM1")
    replica.kill()
    with table.desk.exchange.lock:
        table.desk.phone(PATIENT).texts(DANGER)

    replica.start()

    until(lambda: table.codes("ana"), "a page for what was fetched")
    until(lambda: any("911" in text.body for text in table.desk.phone(PATIENT).inbox), "the advice by text")
