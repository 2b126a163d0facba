"""Snapshots of every screen."""
