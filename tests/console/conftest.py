"""A house with accounts, and visitors with browsers of their own."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from sqlmodel import Session, select

from bot.desk.transport import AsgiTransport
from flows.library import Library
from storage.accounts import PERIOD, account_by_name, code_at, make_account
from storage.passwords import hashed
from storage.tables import AccountRow, CaseRow, SpecialistRow
from tests.house import PEOPLE, House, center, house

BASE = "https://helpline.example.org"
PASSWORD = "three quiet herons wade"
STAFF = {"ana.ruiz": "specialist", "ben.okafor": "specialist", "carla.weiss": "specialist", "dev.patel": "lead"}
FORM_KEY = re.compile(r'name="form_key" value="([^"]+)"')
DANGER = "my dad has 102 fever and hes talking gibberish"


class Visitor:
    """Somebody with a browser: cookies, an address, and the form of the page that was opened last."""

    def __init__(self, at: House, address: str = "203.0.113.7") -> None:
        self.at, self.form_key = at, ""

        async def app(scope: Any, receive: Any, send: Any) -> None:
            await at.stage.product.app({**scope, "client": (address, 40000)}, receive, send)

        self.transport = AsgiTransport(app)
        self.client = httpx.Client(transport=self.transport, base_url=BASE)

    def opens(self, path: str) -> httpx.Response:
        """Get a page; remember the key of its forms."""
        return self._seen(self.client.get(path))

    def sends(self, path: str, **fields: str) -> httpx.Response:
        """Send a form with the key of the page that was opened last."""
        return self._seen(self.client.post(path, data={"form_key": self.form_key, **fields}))

    def tries(self, name: str, password: str = PASSWORD, code: str = "", **more: str) -> httpx.Response:
        """Try to sign in; without a code, with a right and fresh one."""
        self.opens("/console/sign-in")
        return self.sends(
            "/console/sign-in", name=name, password=password, code=code or fresh_code(self.at, name), **more
        )

    def signs_in(self, name: str, **more: str) -> "Visitor":
        """Sign in; it works."""
        answer = self.tries(name, **more)
        assert answer.status_code == 303, answer.text
        return self

    def does(self, code: str, act: str, **fields: str) -> str:
        """Open a case, do something there, and see what is said."""
        seen = self.opens(f"/console/{code}")
        assert seen.status_code == 200, seen.text
        answer = self.sends(f"/console/{code}/{act}", **fields)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].partition("said=")[2]

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        assert self.transport.crashes == []
        found = FORM_KEY.search(answer.text)
        self.form_key = unescape(found.group(1)) if found else self.form_key
        return answer


def fresh_code(at: House, name: str) -> str:
    """A code that this account has not used; the clock moves on where there is none."""
    with at.world.database.reading() as db:
        row = account_by_name(db, name)
    if row is None or row.totp is None:
        return "123456"
    clock = at.stage.clock
    while int(clock.now.timestamp()) // PERIOD <= row.totp_step:
        clock.now += timedelta(seconds=PERIOD)
    return code_at(row.totp, clock.now)


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Everybody has the same password here, so that it is hashed once."""
    return hashed(PASSWORD)


@pytest.fixture
def at(library: Library, database_url: str, record: Path, password_hash: str) -> Iterator[House]:
    """The product, with an account for everybody of the roster, and one admin."""
    with house(library, database_url, record, center()) as opened:
        opened.world.database.retrying(lambda db: give_accounts(db, opened, password_hash))
        yield opened


def give_accounts(db: Session, at: House, password: str) -> None:
    """Accounts with known passwords."""
    people = {row.name or "": row for row in db.exec(select(SpecialistRow))}
    now = at.stage.clock.now
    for name, person in people.items():
        role = "lead" if name == "Dev Patel" else "specialist"
        _ready(db, make_account(db, name, role, person.id, now), password)
    _ready(db, make_account(db, "Root Admin", "admin", None, now), password)


def _ready(db: Session, row: AccountRow, password: str) -> None:
    row.password, row.totp = password, pyotp.random_base32()
    db.add(row)


@pytest.fixture
def visitor(at: House) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(at)


@pytest.fixture
def ana(at: House) -> Visitor:
    """Ana, signed in."""
    return Visitor(at).signs_in("ana.ruiz")


def a_case(at: House, words: str = DANGER, who: str = "daughter") -> str:
    """Somebody texts a danger sign; the code of the case."""
    at.stage.phone(PEOPLE[who]).texts(words)
    at.stage.settle()
    return case_rows(at)[-1].code


def case_rows(at: House) -> list[CaseRow]:
    """All cases, oldest first."""
    with at.world.database.reading() as db:
        return sorted(db.exec(select(CaseRow)), key=lambda row: row.opened_at)


def the_case(at: House, code: str) -> CaseRow:
    """One case by its code."""
    return next(row for row in case_rows(at) if row.code == code)
