"""Tests of whole processes: started, killed without warning, started again."""
