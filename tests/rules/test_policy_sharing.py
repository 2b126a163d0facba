"""The policy's sections on sharing the work: what is taken, and how each mistake is named."""

import pytest

from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.policy import Span
from tests.rules.test_policy_file import PRACTICE, SITE, problems

FILE = PRACTICE + SITE


def test_windows_are_taken_in_their_order() -> None:
    policy = parse_policy(FILE + '[batch]\nwindows = ["14:00-15:30", "10:00-11:00"]')
    assert policy.sharing.batch_windows == (Span(600, 660), Span(840, 930))
    assert parse_policy(FILE).sharing.batch_windows == ()


@pytest.mark.parametrize(
    ("text", "path", "remedy"),
    [
        ('[batch]\nwindows = ["10-11"]', "batch.windows[0]", 'write a window such as "10:00-11:30", not "10-11"'),
        ("[batch]\nwindows = [10]", "batch.windows[0]", 'write a window such as "10:00-11:30", not 10'),
        (
            '[batch]\nwindows = ["22:00-01:00"]',
            "batch.windows[0]",
            'write a window such as "10:00-11:30", not "22:00-01:00"',
        ),
        (
            '[batch]\nwindows = ["10:00-11:00", "10:30-12:00"]',
            "batch.windows[1]",
            'let windows not overlap; "10:30-12:00" does',
        ),
        ("[forecast]\ncalls_needed = 500", "forecast.calls_needed", "write no more than calls_most"),
        (
            "[desk]\nseen_every_seconds = 1000",
            "desk.seen_every_seconds",
            "write no more than away_after_seconds, or nobody ever counts as there",
        ),
    ],
)
def test_each_mistake_is_named_with_what_would_be_right(text: str, path: str, remedy: str) -> None:
    assert problems(FILE + text) == {path: remedy}
