"""Fixtures for screens: an environment in which colours and motion are the same everywhere."""

from collections.abc import Iterator

import pytest
from textual import _wait

from callback_tui.services.desk import OpenDesk
from tests.screens.made_up import FOUR_NAMES
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, leave

_REST_SECONDS = 0.004


@pytest.fixture(autouse=True)
def _steady_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture(autouse=True, scope="session")
def _short_rests() -> Iterator[None]:
    """Have the pilot watch for rest only shortly: the tests await every worker, so nothing else can be under way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_wait, "SLEEP_GRANULARITY", _REST_SECONDS)
        patch.setattr(_wait, "SLEEP_IDLE", _REST_SECONDS / 20)
        yield


@pytest.fixture
def four(desk: OpenDesk) -> tuple[int, int, int, int]:
    """Leave an emergent, an urgent, a routine and an informational message; return their ids in calling order."""
    return (
        leave(desk, CHEST, FOUR_NAMES[0], "(212) 555-0113", minutes_ago=1),
        leave(desk, PAIN, FOUR_NAMES[1], "(212) 555-0112", minutes_ago=72),
        leave(desk, REFILL, FOUR_NAMES[2], "(212) 555-0110"),
        leave(desk, HOURS, FOUR_NAMES[3], "(212) 555-0111"),
    )
