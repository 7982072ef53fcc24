"""What the rows of a page say: whose it was."""

from storage.tables import OutboxRow


def spoken_for(row: OutboxRow) -> list[str]:
    """The cases that a call speaks for."""
    return [row.case_id or "", *(row.parameters or {}).get("cases", [])]
