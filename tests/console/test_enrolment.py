"""The one-time link that sets a sign-in up, and what a real helpline does with the desk's own accounts."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.console.commands import invited
from bot.console.demo import demo_sign_in, make_demo_accounts
from bot.settings import Settings
from storage.accounts import account_by_name, code_at
from storage.tables import RecoveryCodeRow
from tests.console.conftest import PASSWORD, Visitor
from tests.house import House

NEW = "seven slow otters drift"
SECRET = re.compile(r"<code>([A-Z2-7 ]+)</code>")
CODES = re.compile(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>")


def invite(at: House, name: str = "Ana Ruiz", role: str = "specialist") -> str:
    """The path of a fresh one-time link."""
    return f"/console/invited/{at.world.database.retrying(lambda db: invited(at.world, db, name, role))}"


def set_up(visitor: Visitor, path: str, password: str = NEW) -> list[str]:
    """Follow the link with an authenticator app; the recovery codes."""
    secret = SECRET.search(visitor.opens(path).text)
    assert secret is not None
    code = code_at(secret.group(1).replace(" ", ""), visitor.at.stage.clock.now)
    return CODES.findall(visitor.sends(path, password=password, again=password, code=code).text)


def test_a_link_sets_up_password_code_and_ten_recovery_codes(at: House, visitor: Visitor) -> None:
    """The link shows the secret as text and as a picture; after it, password and code of one's own sign in."""
    path = invite(at)
    assert "<svg" in visitor.opens(path).text
    codes = set_up(visitor, path)

    assert len(set(codes)) == 10
    assert visitor.tries("ana.ruiz", NEW, codes[0]).status_code == 303
    assert Visitor(at).tries("ana.ruiz", PASSWORD).status_code == 401


def test_only_hashes_of_recovery_codes_are_kept(at: House, visitor: Visitor) -> None:
    """What is stored of a recovery code does not contain it."""
    codes = set_up(visitor, invite(at))
    with at.world.database.reading() as db:
        stored = " ".join(row.key for row in db.exec(select(RecoveryCodeRow)))

    assert not any(code.replace("-", "") in stored.upper() for code in codes)


def test_a_code_that_is_used_up_is_hinted_at(at: House, visitor: Visitor) -> None:
    """The code that set the sign-in up does not sign in as well: the refusal says that each code works once."""
    path = invite(at)
    secret = SECRET.search(visitor.opens(path).text)
    assert secret is not None
    code = code_at(secret.group(1).replace(" ", ""), at.stage.clock.now)
    done = visitor.sends(path, password=NEW, again=NEW, code=code)
    refused = visitor.tries("ana.ruiz", NEW, code)

    assert "is used up" in done.text
    assert refused.status_code == 401
    assert "Each code works once" in refused.text


def test_a_link_works_once(at: House, visitor: Visitor) -> None:
    """A link that was used shows nothing any more."""
    path = invite(at)
    set_up(visitor, path)

    assert Visitor(at).opens(path).status_code == 410


def test_a_link_lasts_a_day(at: House, visitor: Visitor) -> None:
    """A link that nobody followed for a day shows nothing any more, and neither does an older one."""
    first = invite(at)
    path = invite(at)
    assert visitor.opens(first).status_code == 410
    at.stage.clock.now += timedelta(hours=24)

    assert visitor.opens(path).status_code == 410


def test_a_wrong_code_sets_nothing_up(at: House, visitor: Visitor) -> None:
    """Without a code that shows that the secret arrived nothing changes; and guesses are counted."""
    path = invite(at)
    visitor.opens(path)
    for _ in range(5):
        answer = visitor.sends(path, password=NEW, again=NEW, code="000000")
        assert answer.status_code == 400

    assert set_up(visitor, path) == []
    assert Visitor(at).tries("ana.ruiz", PASSWORD).status_code == 303


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaa", "ana.ruiz-2026-x"])
def test_an_easy_password_is_refused(at: House, visitor: Visitor, password: str) -> None:
    """A password that is short, of few letters, or one's own name is refused."""
    assert set_up(visitor, invite(at), password) == []


def test_only_the_roster_is_invited(at: House) -> None:
    """Specialists and leads are of the roster; only an admin may be somebody else."""
    with pytest.raises(ValueError, match="roster"):
        invite(at, "Somebody Else")

    assert invite(at, "Somebody Else", "admin")


def test_the_desk_has_a_sign_in_and_a_real_helpline_refuses_it(at: House) -> None:
    """The desk's own accounts sign in at the desk, and nowhere else, whatever database they are in."""

    def forget(db: Session) -> None:
        row = account_by_name(db, "ana.ruiz")
        assert row is not None
        row.active, row.name_key, row.specialist_id = False, "gone", None
        db.add(row)

    at.world.database.retrying(forget)
    assert make_demo_accounts(at.world) == 1
    found = demo_sign_in(at.world, "ana.ruiz")
    assert found is not None
    live = Settings(mode="live", public_url="https://helpline.example.org")
    desk = at.world.settings
    object.__setattr__(at.world, "settings", live)
    assert Visitor(at).tries(found.name, found.password).status_code == 401
    object.__setattr__(at.world, "settings", desk)

    assert Visitor(at).tries(found.name, found.password).status_code == 303
