"""Editions of the content on a server: one counts, whole, and the one before it is never far."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.editions import SHIPPED, Editions

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    return Editions(tmp_path / "content")


def test_without_any_the_shipped_content_counts(editions: Editions) -> None:
    """A server on which nobody has changed anything has no files of its own."""
    assert editions.in_force() == SHIPPED
    assert editions.documents(SHIPPED) == {}


def test_the_last_one_counts_and_undo_goes_back_step_by_step(editions: Editions) -> None:
    """Each undo lets the one before count again, down to the shipped content, and deletes nothing."""
    first = editions.put_in_force({"clinical.toml": "a = 1"}, NOW)
    second = editions.put_in_force({"clinical.toml": "a = 2"}, NOW + timedelta(seconds=1))

    assert editions.documents(editions.in_force()) == {"clinical.toml": "a = 2"}
    assert [editions.undo(), editions.undo(), editions.undo()] == [first, SHIPPED, SHIPPED]
    assert editions.documents(second) == {"clinical.toml": "a = 2"}


def test_a_crash_before_the_last_step_changes_nothing(editions: Editions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the list is replaced the old edition counts; the next try is not in the way of the half-made one."""
    kept = editions.put_in_force({"clinical.toml": "a = 1"}, NOW)

    def crashes(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(Editions, "_count", crashes)
        with pytest.raises(OSError, match="no space"):
            editions.put_in_force({"clinical.toml": "a = 2"}, NOW + timedelta(seconds=1))
    assert editions.in_force() == kept
    assert editions.put_in_force({"clinical.toml": "a = 3"}, NOW + timedelta(seconds=2)) == editions.in_force()
