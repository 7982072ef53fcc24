"""Numbers as people want them: percentiles, spreads, milliseconds."""

from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of all lies; of nothing, nought."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def milliseconds(values: Sequence[float]) -> str:
    """Median, 95th and 99th percentile."""
    return " / ".join(f"{percentile(values, share) * 1000:.0f}" for share in (0.5, 0.95, 0.99)) + " ms"


def middle(values: Sequence[float]) -> float:
    """The median."""
    return percentile(values, 0.5)


def spread(values: Sequence[float]) -> str:
    """The median of some runs with the lowest and the highest."""
    return f"{middle(values):.0f} ({min(values):.0f}–{max(values):.0f})"
