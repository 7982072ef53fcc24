"""The middle room: what is remembered. The only room that knows SQL; imports `flows` and nothing further out."""
