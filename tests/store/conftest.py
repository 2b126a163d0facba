"""Fixtures of the store's tests: an empty encrypted store without a desk around it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from callback_tui.store.engine import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a new encrypted store whose database holds nothing yet."""
    opened = open_store(tmp_path / "bare", data_key=os.urandom(32), audit_key=os.urandom(32), is_new=True)
    yield opened
    opened.close()
