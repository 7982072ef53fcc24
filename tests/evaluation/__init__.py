"""Measurements: phrase and question sets, and the cards made of them."""
