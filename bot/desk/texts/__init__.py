"""Texts: what they are, how they travel, how many segments they take."""
