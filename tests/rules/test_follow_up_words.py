"""Follow-ups in words: every kind has some, times fit their cells, what is late and what follows a letter."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import FollowUpKind, Tier
from callback_tui.rules.follow_up_next import follow_ups_after_sending
from callback_tui.rules.follow_up_words import heading_words, is_late, is_sent, kind_words, section_of, when_cell
from callback_tui.views.follow_up import Task, TaskSection
from tests.rules.call_cases import POLICY

ZONE = "America/New_York"
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)


def test_every_kind_and_part_has_words() -> None:
    assert len({kind_words(kind) for kind in FollowUpKind}) == len(FollowUpKind)
    assert len({heading_words(section) for section in TaskSection}) == len(TaskSection)
    assert {kind for kind in FollowUpKind if is_sent(kind)} == {FollowUpKind.LETTER, FollowUpKind.TEXT_OR_PORTAL}
    assert section_of(FollowUpKind.LETTER) is TaskSection.TO_SEND
    assert section_of(FollowUpKind.REMINDER_CALL) is TaskSection.DUE


@pytest.mark.parametrize(
    ("minutes", "cell"),
    [(5, "10:47"), (24 * 60, "24 Nov"), (-1, "-1m"), (-59, "-59m"), (-102, "-1h 42"), (-600, "-10h"), (-2880, "-2d")],
)
def test_a_time_is_told_in_a_few_cells(minutes: int, cell: str) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert when_cell(at, ZONE, NOW, late=minutes < 0) == cell


@given(st.integers(-5_000_000, 5_000_000))
def test_no_time_is_wider_than_its_column(minutes: int) -> None:
    at = NOW + timedelta(minutes=minutes)
    assert len(when_cell(at, ZONE, NOW, late=minutes < 0)) <= 6


def test_the_chart_and_what_sleeps_are_never_late() -> None:
    late = {
        section
        for section in TaskSection
        if is_late(Task(section, 1, 1, "", "", "", NOW - timedelta(days=1), "", None), NOW)
    }
    assert late == set(TaskSection) - {TaskSection.NOT_IN_CHART, TaskSection.ASLEEP}


def test_what_follows_something_sent_to_somebody_never_reached() -> None:
    """Routine: text, letter, ten open days; informational: one of the two is enough (domain section 4)."""
    site = POLICY.sites[0]

    def after(kind: FollowUpKind, tier: Tier) -> list[FollowUpKind]:
        return [each.kind for each in follow_ups_after_sending(kind, tier, POLICY, site, NOW)]

    assert after(FollowUpKind.TEXT_OR_PORTAL, Tier.ROUTINE) == [FollowUpKind.LETTER]
    assert after(FollowUpKind.LETTER, Tier.ROUTINE) == [FollowUpKind.OTHER]
    assert after(FollowUpKind.TEXT_OR_PORTAL, Tier.INFORMATIONAL) == []
    assert after(FollowUpKind.LABS, Tier.ROUTINE) == []
