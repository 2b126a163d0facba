"""Sources that fall silent: a dead feed must not look like a calm day (domain section 1)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.intake.profile import profiles
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files
from callback_tui.services.policy import apply_policy, current_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.store.intake import touch_feed
from tests.intake.exports import ringcentral_detailed, twilio_messages
from tests.services.made_up import leave

GENERIC = "Phone,Name,Received,Message\n2125550147,Ana,2026-11-23 09:00,I need a refill\n"
EXPORTS = {"csv": GENERIC, "ringcentral": ringcentral_detailed(20, 1), "twilio": twilio_messages(20, 1)}


@pytest.mark.parametrize("source", EXPORTS)
def test_a_source_is_silent_once_its_limit_has_passed_and_no_sooner(
    desk: OpenDesk, clock: FixedClock, tmp_path: Path, source: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(EXPORTS[source], encoding="utf-8")
    import_files(desk, [path])
    clock.advance(timedelta(minutes=current_policy(desk).feed_limit_minutes[source]))
    (feed,) = snapshot(desk).feeds
    assert (feed.source, feed.silent) == (source, False)
    clock.advance(timedelta(seconds=1))
    (feed,) = snapshot(desk).feeds
    assert feed.silent


def test_a_limit_that_the_practice_wrote_counts(
    desk: OpenDesk, clock: FixedClock, tmp_path: Path, as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    admin = as_role(desk, Role.ADMIN)
    apply_policy(admin, policy_text(admin) + "\n[feeds.limit_minutes]\ntwilio = 10\n")
    path = tmp_path / "a.csv"
    path.write_text(EXPORTS["twilio"], encoding="utf-8")
    import_files(desk, [path])
    clock.advance(timedelta(minutes=11))
    assert [feed.silent for feed in snapshot(desk).feeds] == [True]


def test_any_source_may_have_a_limit_of_its_own(
    desk: OpenDesk, clock: FixedClock, as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    admin = as_role(desk, Role.ADMIN)
    apply_policy(admin, policy_text(admin) + "\n[feeds.limit_minutes]\nanswering-service = 60\n")
    with desk.store.write() as connection:
        for source in ("answering-service", "portal"):
            touch_feed(connection, source, None, clock.now())
    clock.advance(timedelta(minutes=61))
    assert {feed.source: feed.silent for feed in snapshot(desk).feeds} == {"answering-service": True, "portal": False}


def test_messages_of_the_future_do_not_make_a_feed_look_fresh(desk: OpenDesk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(GENERIC + GENERIC.splitlines()[1].replace("2026", "2031").replace("refill", "note") + "\n", "utf-8")
    import_files(desk, [path])
    shown = snapshot(desk)
    assert len(shown.rows) == 2
    assert shown.newest_message_at == datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
    leave(desk, minutes_ago=-60)
    assert {feed.source: feed.newest_message_at for feed in snapshot(desk).feeds}["desk"] is None


def test_messages_taken_by_hand_are_never_silent(desk: OpenDesk, clock: FixedClock) -> None:
    leave(desk)
    clock.advance(timedelta(days=30))
    assert [(feed.source, feed.silent) for feed in snapshot(desk).feeds] == [("desk", False)]


def test_every_source_that_can_be_imported_has_a_limit_of_its_own(desk: OpenDesk) -> None:
    sources = {profile.source for profile in profiles().values()}
    assert set(current_policy(desk).feed_limit_minutes) == {"default", *sources}
