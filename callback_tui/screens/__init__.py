"""Screens: they call services through workers and show frozen views."""
