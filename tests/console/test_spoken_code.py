"""The code of the console, spoken on the specialist's own phone."""

import re
from pathlib import Path

from bot.console.demo import demo_sign_in, make_demo_accounts
from flows.library import Library
from storage.accounts import matching_step
from tests.house import center, house


def test_the_page_call_speaks_the_code(library: Library, database_url: str, record: Path) -> None:
    """After the key that takes the case, 4 says the one-time code that opens the console at that moment."""
    with house(library, database_url, record, center()) as at:
        make_demo_accounts(at.world)
        heard = at.player().play("patient texts: fever 102\nana answers\nana presses 1\nwait 20 s\nana presses 4")
        found = demo_sign_in(at.world, "ana.ruiz")

        assert "For your console code, press 4." in heard
        assert found is not None
        spoken = re.findall(r"Your console code is ([\d ]+)\.", heard)
        assert [matching_step(found.secret, one, at.world.clock(), after=0) is not None for one in spoken] == [True]


def test_nobody_hears_a_code_before_the_key(library: Library, database_url: str, record: Path) -> None:
    """Before the case is taken, 4 is no key, and no code is said: a voicemail may be listening."""
    with house(library, database_url, record, center()) as at:
        make_demo_accounts(at.world)
        heard = at.player().play("patient texts: fever 102\nana answers\nana presses 4\nwait 30 s")

        assert "console code" not in heard
