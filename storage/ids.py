"""Names for rows: opaque, so that one in a URL or a log says nothing about anybody."""

import secrets


def new_id() -> str:
    """128 random bits in hex."""
    return secrets.token_hex(16)
