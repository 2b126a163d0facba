"""Verbs: one verb is one transaction with one audit entry."""
