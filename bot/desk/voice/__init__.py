"""Calls that really happen: rings, what runs on them, who is joined with whom."""
