"""Frozen dataclasses that rules fill and screens receive; a file per noun."""
