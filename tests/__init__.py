"""The tests; phone scripts first."""
