"""The conversation by text and by voice: one table of transitions, and what its rows do."""
