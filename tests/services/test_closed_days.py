"""Days closed as verbs: what is previewed is what happens, only an admin saves, and never over somebody's head."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, NotAllowed, StoreError
from callback_tui.models.vocabulary import Role
from callback_tui.rules.closed_days import still_possible
from callback_tui.services.closed_days import preview_days, save_days, site_days
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.views.closed_days import DayEdit, PolicyEdits
from callback_tui.views.policy import Span
from tests.services.made_up import PAIN, leave

AsRole = Callable[[OpenDesk, Role], OpenDesk]
TODAY = date(2026, 11, 23)


def edit(day: date, spans: tuple[Span, ...] | None = (), site: str = "Main") -> PolicyEdits:
    """Return one edit."""
    return PolicyEdits((DayEdit(site, day, spans),))


def due_times(desk: OpenDesk) -> dict[int, object]:
    """Return when each waiting message is due."""
    return {row.item_id: row.clock.next_due_at for row in snapshot(desk).rows}


def test_what_is_previewed_is_what_happens(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    late = leave(desk, minutes_ago=120)
    clock.advance(timedelta(hours=3))
    refill = leave(desk, name="Ben Okafor", phone="(212) 555-0111")
    pain = leave(desk, PAIN, "Ana Lima", "(212) 555-0112")
    before = due_times(desk)
    effect = preview_days(admin, edit(TODAY))
    assert (effect.waiting, effect.later, effect.sooner) == (3, 1, 0)
    assert due_times(desk) == before
    save_days(admin, edit(TODAY), effect.version_id)
    after = due_times(desk)
    assert {item for item in after if after[item] != before[item]} == {refill}
    assert before[late] == after[late]
    assert before[pain] == after[pain]


def test_longer_hours_bring_what_waits_sooner_and_a_shorter_day_later(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    leave(desk, minutes_ago=1)
    shut_at_noon = edit(TODAY, (Span(480, 720),))
    effect = preview_days(admin, shut_at_noon)
    assert (effect.later, effect.sooner, effect.become_late) == (1, 0, 0)
    save_days(admin, shut_at_noon, effect.version_id)
    effect = preview_days(admin, edit(TODAY, None))
    assert (effect.later, effect.sooner) == (0, 1)


def test_an_open_day_that_ends_at_an_opening_ends_at_the_next_one_and_never_at_the_closing_before(
    desk: OpenDesk, as_role: AsRole
) -> None:
    admin = as_role(desk, Role.ADMIN)
    question = leave(desk, "How do I get to your office, where can I park?", minutes_ago=24 * 60)
    assert due_times(desk)[question] == datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    christmas, tomorrow = edit(date(2026, 12, 25)), edit(date(2026, 11, 24))
    assert preview_days(admin, christmas).later == preview_days(admin, christmas).sooner == 0
    effect = preview_days(admin, tomorrow)
    assert (effect.later, effect.sooner) == (1, 0)
    save_days(admin, tomorrow, effect.version_id)
    assert due_times(desk)[question] == datetime(2026, 11, 25, 13, 0, tzinfo=UTC)


def test_a_past_day_changes_nothing_that_waits_or_is_done(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    leave(desk, minutes_ago=60)
    before = due_times(desk)
    past = edit(date(2026, 11, 20))
    effect = preview_days(admin, past)
    assert (effect.later, effect.sooner, effect.become_late, effect.stop_being_late) == (0, 0, 0, 0)
    save_days(admin, past, effect.version_id)
    assert due_times(desk) == before


def test_a_policy_that_came_in_force_meanwhile_is_not_overwritten(desk: OpenDesk, as_role: AsRole) -> None:
    admin = as_role(desk, Role.ADMIN)
    effect = preview_days(admin, edit(TODAY))
    apply_policy(admin, policy_text(desk).replace('target = "4h"', 'target = "3h"'))
    text = policy_text(desk)
    with pytest.raises(StoreError, match="another policy in force meanwhile"):
        save_days(admin, edit(TODAY), effect.version_id)
    assert policy_text(desk) == text
    save_days(admin, edit(TODAY), preview_days(admin, edit(TODAY)).version_id)
    assert 'target = "3h"' in policy_text(desk)


def test_only_an_admin_changes_days_and_anybody_looks(desk: OpenDesk, as_role: AsRole) -> None:
    text = policy_text(desk)
    for role in set(Role) - {Role.ADMIN}:
        somebody = as_role(desk, role)
        assert site_days(somebody, "Riverside", PolicyEdits()).site.name == "Riverside"
        with pytest.raises(NotAllowed, match="Ask somebody who is admin"):
            preview_days(somebody, edit(TODAY))
        with pytest.raises(NotAllowed, match="Ask somebody who is admin"):
            save_days(somebody, edit(TODAY), 2)
    assert policy_text(desk) == text


def test_an_unknown_site_is_refused_and_one_that_is_gone_is_let_go(desk: OpenDesk, as_role: AsRole) -> None:
    days = site_days(desk, "Hilltop", PolicyEdits())
    assert days.site.name == "Main"
    assert not still_possible(edit(TODAY, site="Hilltop"), days.policy)
    assert still_possible(edit(TODAY), days.policy) == edit(TODAY)
    with pytest.raises(DeskError, match="Main, Riverside"):
        preview_days(as_role(desk, Role.ADMIN), edit(TODAY, site="Hilltop"))


def test_each_site_has_its_own_first_day(desk: OpenDesk, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=14))
    assert site_days(desk, None, PolicyEdits()).first == date(2026, 11, 24)
    assert site_days(desk, "Riverside", PolicyEdits()).first == TODAY
