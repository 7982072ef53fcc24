"""A running helpline takes over what a clinician has changed on its server."""

from pathlib import Path

from tests.bot.test_shelf import PHRASE
from tests.processes.conftest import Table
from tests.processes.replica import run
from tests.until import until

WORDS, UNKNOWN = "my elbows are humming", "no approved answer"


def test_a_phrase_applied_on_the_server_pages_soon_after(table: Table, database_url: str, tmp_path: Path) -> None:
    """`rules apply` beside a running `serve`: the phrase pages without a restart, and after `undo` it doesn't."""
    (tmp_path / "lexicon_ours.toml").write_text(PHRASE, "utf-8")
    replica = table.replica(database_url)
    replica.start()
    sent = 0

    def texts() -> str:
        nonlocal sent
        sent += 1
        return replica.text(f"+1555555{2000 + sent}", WORDS, f"SM{sent}")

    assert UNKNOWN in texts()
    assert run(replica.folder, ["rules", "apply", str(tmp_path / "lexicon_ours.toml")], {}).wait() == 0, replica.log()
    until(lambda: UNKNOWN not in texts(), "the phrase is a danger sign")
    assert run(replica.folder, ["rules", "undo"], {}).wait() == 0
    until(lambda: UNKNOWN in texts(), "the phrase is none any more")
