"""Joining: from a case that somebody took to two people who talk, and what follows when a call ends."""
