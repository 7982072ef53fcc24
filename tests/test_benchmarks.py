"""What the benchmarks count, on rows that are made up: which page belongs to which danger sign."""

from datetime import UTC, datetime

from storage.tables import OutboxRow
from tools.benchmarks.load import Sent
from tools.benchmarks.measures import Pages, matched

NOW = datetime(2026, 11, 21, 8, 10, tzinfo=UTC)
LOAD = Sent(flags={"+1": 10.0, "+2": 11.0})


def row(name: str, kind: str, case_id: str, cases: tuple[str, ...] = ()) -> OutboxRow:
    """One first page."""
    more = {"cases": list(cases)} if cases else None
    return OutboxRow(
        id=name, kind=kind, purpose="page", case_id=case_id, parameters=more, priority=0, made_at=NOW, due_at=NOW
    )


def pages(bundled: tuple[str, ...]) -> Pages:
    """Two danger signs, of which the second has no call of its own."""
    rows = [(row("t1", "text", "a"), "+1"), (row("t2", "text", "b"), "+2")]
    rows += [(row("c1", "call", "a", bundled), "+1"), (row("c2", "call", "b"), "+2")]
    return matched(LOAD, rows, {"t1": 10.25, "t2": 11.5, "c1": 15.0})


def test_a_bundled_call_is_the_call_of_each_case_that_it_speaks_for() -> None:
    """A case in `cases` has been called for when that call left; the first page is judged by its text."""
    found = pages(("b",))

    assert sorted(found.calls) == [4.0, 5.0]
    assert found.missing == 0
    assert found.p99 <= 0.5


def test_a_case_in_no_call_counts_as_never() -> None:
    """Where no call left that speaks for a case, the benchmark fails."""
    assert pages(()).missing == 1
    assert pages(()).p99 == float("inf")
