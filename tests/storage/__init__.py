"""Tests of the middle room: what is remembered."""
