"""Three sites in three zones on one desk, across the night the clocks go back: every time is the site's, and named.

New York and Chicago go back on Sunday 1 November 2026, Phoenix never does; the desk stands in New York.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from callback_tui.cli.queue import _record, plain_queue
from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel, ItemState, Outcome, Role, WhoAnswered
from callback_tui.rules.follow_up_words import said_at
from callback_tui.rules.queue_order import why_first
from callback_tui.rules.queue_view import Listed
from callback_tui.rules.site_hours import closed_words, said_hours
from callback_tui.rules.sla import countdown
from callback_tui.rules.speak import desk_zone_of, speak_due
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.services.intake import take_message
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import peek, snapshot
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import Urgency
from callback_tui.views.follow_up import TaskSection
from callback_tui.views.intake import NewMessage
from callback_tui.views.queue import TEAM_UNFILTERED, QueueRow, QueueSnapshot
from callback_tui.widgets.queue_words import list_titles
from tests.conftest import SECOND_SITE
from tests.services.made_up import REFILL

AsRole = Callable[[OpenDesk, Role], OpenDesk]
THREE = """
[[site]]
name = "Lakeside"
zone = "America/Chicago"
callback_number = "+12125550101"
hours = { mon = ["08:00-17:00"], tue = ["08:00-17:00"], wed = ["08:00-17:00"], fri = ["08:00-17:00"] }

[[site]]
name = "Desert"
zone = "America/Phoenix"
callback_number = "+12125550102"
hours = { mon = ["08:00-12:00", "13:00-17:00"], tue = ["08:00-17:00"], thu = ["08:00-17:00"], fri = ["08:00-17:00"] }
"""
NAMES = {"Main": "Tom Reid", "Lakeside": "Ana Lima", "Desert": "Ben Okafor"}
FRIDAY_HALF_PAST_FOUR = {
    "Main": datetime(2026, 10, 30, 20, 30, tzinfo=UTC),
    "Lakeside": datetime(2026, 10, 30, 21, 30, tzinfo=UTC),
    "Desert": datetime(2026, 10, 30, 23, 30, tzinfo=UTC),
}
MONDAY_EARLY = datetime(2026, 11, 2, 13, 30, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    """Friday evening before the clocks go back, 18:42 in New York."""
    return FixedClock(datetime(2026, 10, 30, 22, 42, 7, tzinfo=UTC))


@pytest.fixture
def three(desk: OpenDesk, as_role: AsRole) -> OpenDesk:
    """The desk with three sites and nothing waiting."""
    apply_policy(as_role(desk, Role.ADMIN), policy_text(desk).replace(SECOND_SITE, THREE))
    return desk


def leave_at(desk: OpenDesk, site: str, at: datetime, phone: str = "(212) 555-0110") -> int:
    """Take a refill request for a site, left at an instant."""
    message = NewMessage(
        channel=Channel.VOICEMAIL, body=REFILL, received_at=at, caller_name=NAMES[site], phone=phone, site_name=site
    )
    return take_message(desk, message)


def at(desk: OpenDesk, now: datetime) -> OpenDesk:
    """Return the desk at another moment."""
    return replace(desk, clock=FixedClock(now))


def left_on_friday(desk: OpenDesk) -> OpenDesk:
    """Have one message left at each site on Friday 16:30 by its own clock; return the desk on Monday, 08:30 there."""
    later = at(desk, MONDAY_EARLY)
    for number, (site, left) in enumerate(FRIDAY_HALF_PAST_FOUR.items()):
        leave_at(later, site, left, f"(212) 555-011{number}")
    return later


def spoken(row: QueueRow, shown: QueueSnapshot) -> str:
    """Return the due time of a row as the desk says it."""
    return speak_due(row.clock, shown.policy.site_of(row.site), shown.as_of, desk_zone_of(shown.policy))


def test_due_times_are_each_sites_own_and_stand_in_the_order_they_come(three: OpenDesk) -> None:
    shown = snapshot(left_on_friday(three))
    assert [row.site for row in shown.rows] == ["Main", "Lakeside", "Desert"]
    assert [row.clock.next_due_at.isoformat() for row in shown.rows] == [
        "2026-11-02T16:30:00+00:00",
        "2026-11-02T17:30:00+00:00",
        "2026-11-02T18:30:00+00:00",
    ]
    assert [spoken(row, shown) for row in shown.rows] == [
        "3 h of desk time left (due 11:30)",
        "3 h 30 min of desk time left (desk opens 08:00 CST, so 11:30 CST)",
        "3 h 30 min of desk time left (desk opens 08:00 MST, so 11:30 MST)",
    ]
    urgencies = [
        countdown(row.clock, shown.policy.site_of(row.site), shown.policy, shown.as_of).urgency for row in shown.rows
    ]
    assert urgencies == [Urgency.OK, Urgency.CLOSED, Urgency.CLOSED]


def test_reasons_text_and_json_say_the_zone_where_it_is_not_the_desks(three: OpenDesk) -> None:
    shown = snapshot(left_on_friday(three))
    for row, due in zip(shown.rows, ("11:30", "11:30 CST", "11:30 MST"), strict=True):
        reasons = why_first(row, shown.policy, shown.as_of)
        assert f"due {due}" in reasons
        assert f"due {due}" in _record(row, shown, shown.as_of, "")["why"]
    lines = plain_queue(shown, shown.as_of).splitlines()
    assert any("Ana Lima" in line and "so 11:30 CST)" in line for line in lines)
    assert [_record(row, shown, shown.as_of, "")["due_at"][-1] for row in shown.rows] == ["Z"] * 3


def test_the_list_says_which_sites_are_shut_and_when_the_first_opens(three: OpenDesk) -> None:
    shown = snapshot(at(three, MONDAY_EARLY))
    policy = shown.policy
    assert closed_words(policy, MONDAY_EARLY) == "2 of 3 sites closed, Lakeside opens 08:00 CST"
    assert closed_words(policy, datetime(2026, 11, 2, 14, 30, tzinfo=UTC)) == "Desert closed, opens 08:00 MST"
    assert closed_words(policy, datetime(2026, 11, 2, 15, 30, tzinfo=UTC)) == ""
    sunday = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert closed_words(policy, sunday) == "3 of 3 sites closed, Main opens 08:00 tomorrow"
    listing = Listed(rows=(), shown=0, waiting=0, late_outside=0)
    bottom = list_titles(shown, listing, TEAM_UNFILTERED, "", shown.as_of, curtained=False, clear="esc")["bottom"]
    assert bottom.endswith("· 2 of 3 sites closed, Lakeside opens 08:00 CST")


def test_today_begins_at_midnight_of_the_site(three: OpenDesk) -> None:
    late_sunday_there = datetime(2026, 11, 2, 6, 30, tzinfo=UTC)
    now = at(three, late_sunday_there)
    for site, phone in (("Desert", "(212) 555-0110"), ("Main", "(212) 555-0111")):
        for left in (datetime(2026, 11, 1, 17, 0, tzinfo=UTC), datetime(2026, 11, 2, 6, 0, tzinfo=UTC)):
            leave_at(now, site, left, phone)
    shown = snapshot(now)
    counted = {row.site: row.contacts_today for row in shown.rows}
    assert counted == {"Desert": 2, "Main": 1}
    for row in shown.rows:
        assert peek(now, row.item_id).contacts_today == counted[row.site]


def test_the_hour_that_comes_twice_counts_twice_where_it_does(three: OpenDesk) -> None:
    open_all_night = policy_text(three).replace(
        'zone = "America/Chicago"', 'zone = "America/Chicago"\nspecial = { "2026-10-31" = ["22:00-06:00"] }'
    )
    apply_policy(replace(three, actor=replace(three.actor, role=Role.ADMIN)), open_all_night)
    night = at(three, datetime(2026, 11, 1, 4, 0, tzinfo=UTC))
    item_id = leave_at(night, "Lakeside", datetime(2026, 11, 1, 4, 0, tzinfo=UTC))
    (row,) = snapshot(night).rows
    assert (row.item_id, row.clock.next_due_at) == (item_id, datetime(2026, 11, 1, 8, 0, tzinfo=UTC))
    assert spoken(row, snapshot(night)) == "4 h of desk time left (due 02:00 CST tomorrow)"


def test_the_voicemail_names_the_hours_of_its_site_on_the_day_it_can_be_rung(three: OpenDesk) -> None:
    policy = snapshot(three).policy
    desert = policy.site("Desert").hours
    friday, saturday = datetime(2026, 10, 30, 22, tzinfo=UTC), datetime(2026, 10, 31, 2, tzinfo=UTC)
    assert said_hours(desert, friday) == "8 AM to 5 PM"
    assert said_hours(desert, saturday) == "Monday 8 AM to 5 PM"
    shut = replace(desert, holidays=frozenset({datetime(2026, 11, 2).date()}))  # noqa: DTZ001 - a calendar day
    assert said_hours(shut, saturday) == "Tuesday 8 AM to 5 PM"
    monday = at(three, datetime(2026, 11, 2, 17, 30, tzinfo=UTC))
    sheet = start_call(monday, leave_at(monday, "Desert", datetime(2026, 11, 2, 17, tzinfo=UTC)))
    sheet = answer(monday, sheet.attempt_id, sheet.claim_token, WhoAnswered.VOICEMAIL)
    assert "555-0102, 8 AM to 5 PM." in sheet.voicemail_text


def test_what_is_still_to_be_done_says_the_sites_time(three: OpenDesk) -> None:
    monday = at(three, datetime(2026, 11, 2, 17, 30, tzinfo=UTC))
    for number, site in enumerate(("Main", "Desert")):
        item_id = leave_at(monday, site, datetime(2026, 11, 2, 17, tzinfo=UTC), f"(212) 555-011{number}")
        sheet = start_call(monday, item_id)
        sheet = answer(monday, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
        log_outcome(monday, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    view = follow_up_list(monday)
    asleep = next(group for group in view.groups if group.section is TaskSection.ASLEEP)
    said = {task.who: said_at(task, desk_zone_of(view.policy), view.as_of) for task in asleep.tasks}
    assert said == {"Tom Reid": "12:42", "Ben Okafor": "10:42 MST"}


def test_a_message_of_a_site_that_is_gone_goes_on_with_the_first_one(three: OpenDesk, as_role: AsRole) -> None:
    monday = left_on_friday(three)
    admin = replace(as_role(monday, Role.ADMIN), clock=monday.clock)
    apply_policy(admin, policy_text(monday).replace(THREE, ""))
    shown = snapshot(monday)
    assert {row.state for row in shown.rows} == {ItemState.OPEN}
    assert all("ST" not in spoken(row, shown) for row in shown.rows)
