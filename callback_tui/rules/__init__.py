"""Decisions: pure functions of their arguments and `now`."""
