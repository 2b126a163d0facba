"""The scorecard's figures: what counts, what is left out, and that the calls behind a figure make the figure."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from stat import S_IMODE
from statistics import fmean

import pytest
from sqlalchemy import select, update

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, NotAllowed, StoreError
from callback_tui.models.vocabulary import Outcome, Role, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.reopen_item import reopen_item
from callback_tui.services.scorecard_pattern import pattern
from callback_tui.services.scorecard_people import calls_by_person
from callback_tui.services.sign_in import sign_in
from callback_tui.services.supervision import calls_behind, export_file, scorecard, timeline, weeks
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.scorecard import BadShare, MetricKey, PeriodName, PersonCalls, Trend
from tests.conftest import PASSPHRASE
from tests.services.made_up import CHEST, REFILL, audited, leave, reach, supervisor
from tests.services.made_up_on_call import add_roster

OFFICE, AFTER, FIRST, SCORE = MetricKey
MINUTE = 60


def ring(desk: OpenDesk, item_id: int, outcome: Outcome = Outcome.NO_ANSWER) -> None:
    """Ring; nobody answers."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(outcome))


def talk(desk: OpenDesk, item_id: int, outcome: Outcome = Outcome.RESOLVED, score: int | None = None) -> None:
    """Ring, reach the patient and log how it ended."""
    sheet = reach(desk, item_id)
    entry = OutcomeEntry(
        outcome, note="Explained.", survey_score=score, situation="Headache.", request="Please ring her."
    )
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)


def person(number: int) -> dict[str, str]:
    """Return a patient of their own."""
    return {"name": f"Pat {number}", "phone": f"(212) 555-01{number:02}"}


def leave_from(desk: OpenDesk, number: int, **more: int) -> int:
    return leave(desk, **person(number), **more)  # type: ignore[arg-type] # name, phone and minutes by word


@pytest.fixture
def busy_desk(desk: OpenDesk) -> OpenDesk:
    """Monday 10:42: three office messages called after 10, 30 and 50 minutes, one of Sunday night, some left alone."""
    for number, minutes in enumerate((10, 30, 50)):
        ring(desk, leave_from(desk, number, minutes_ago=minutes))
    ring(desk, leave_from(desk, 3, minutes_ago=6 * 60))
    leave_from(desk, 4, minutes_ago=20)
    return desk


def test_each_wait_counts_on_its_own_clock_with_median_and_spread(busy_desk: OpenDesk) -> None:
    card = scorecard(busy_desk, PeriodName.TODAY)
    office, after = card.line(OFFICE), card.line(AFTER)
    assert (office.n, office.current, office.met, office.at_least) == (3, 30 * MINUTE, True, 0)
    assert office.note == "median 30 min, 90 % within 50 min"
    assert (after.n, after.current, after.met) == (1, 6 * 3600, True)
    assert "1 not called and not due yet" in " ".join(office.formula)
    assert (office.trend, office.why_no_trend, office.previous) == (None, "nothing before", None)


def test_leaving_a_message_alone_makes_the_figure_worse_never_better(busy_desk: OpenDesk, clock: FixedClock) -> None:
    before = scorecard(busy_desk, PeriodName.TODAY).line(OFFICE)
    clock.advance(timedelta(hours=5))
    after = scorecard(busy_desk, PeriodName.TODAY).line(OFFICE)
    assert before.current is not None
    assert after.current == (3 * before.current + 5 * 3600 + 20 * MINUTE) / 4
    assert (after.n, after.at_least) == (4, 1)
    assert "at least: 1 overdue" in after.note
    assert "90 % within 5 h 20" in after.note


def test_joined_messages_and_unknown_times_are_left_out_and_said_so(busy_desk: OpenDesk) -> None:
    with busy_desk.store.write() as connection:
        ids = connection.execute(select(t.queue_item.c.id).order_by(t.queue_item.c.id)).scalars().all()
        connection.execute(update(t.queue_item).where(t.queue_item.c.id == ids[0]).values(time_unknown=True))
        connection.execute(update(t.queue_item).where(t.queue_item.c.id == ids[1]).values(state="merged"))
    line = scorecard(busy_desk, PeriodName.TODAY).line(OFFICE)
    assert (line.n, line.current) == (1, 50 * MINUTE)
    assert "1 joined to another or opened in error and 1 without a known time" in " ".join(line.formula)


def test_the_first_talk_settles_it_unless_the_same_issue_comes_back_in_time(desk: OpenDesk, clock: FixedClock) -> None:
    for number in (1, 2, 3):
        talk(desk, leave_from(desk, number))
    talk(desk, leave_from(desk, 4), Outcome.ESCALATED)
    line = scorecard(desk, PeriodName.QUARTER).line(FIRST)
    assert (line.n, line.current, line.met) == (4, 3 / 4, False)
    assert line.note == "provisional: 3 of 4 may still come back; beside it 1 handed to a clinician, 0 sent to 911"

    clock.advance(timedelta(days=6))
    leave_from(desk, 1)
    leave_from(desk, 2)
    assert scorecard(desk, PeriodName.QUARTER).line(FIRST).current == 1 / 4
    clock.advance(timedelta(days=2))
    leave_from(desk, 3)
    line = scorecard(desk, PeriodName.QUARTER).line(FIRST)
    assert line.current == 1 / 4
    assert "provisional" not in line.note
    assert [row.value for row in calls_behind(desk, FIRST).rows] == [0, 0, 0, 1]


def test_another_reason_is_another_issue(desk: OpenDesk, clock: FixedClock) -> None:
    talk(desk, leave_from(desk, 1))
    clock.advance(timedelta(days=1))
    leave(desk, "What are your opening hours on Wednesday?", "Pat 1", "(212) 555-0101")
    assert scorecard(desk, PeriodName.QUARTER).line(FIRST).current == 1


def test_few_scores_are_shown_and_not_judged(desk: OpenDesk) -> None:
    talk(desk, leave_from(desk, 1), score=5)
    talk(desk, leave_from(desk, 2), score=3)
    talk(desk, leave_from(desk, 3))
    ring(desk, leave_from(desk, 4))
    line = scorecard(desk, PeriodName.TODAY).line(SCORE)
    assert (line.n, line.current, line.met) == (2, 4.0, None)
    assert line.note == "too few to judge, under 10; 50 % gave 4 or 5; 2 of 3 talks were scored (67 %)"


def test_a_trend_needs_enough_calls_on_both_sides_and_knows_what_is_good(desk: OpenDesk, clock: FixedClock) -> None:
    admin = replace(desk, actor=replace(desk.actor, role=Role.ADMIN))
    apply_policy(admin, policy_text(admin) + "\n[scorecard]\ntrend_needs = 2\n")
    ring(desk, leave_from(desk, 1, minutes_ago=30))
    ring(desk, leave_from(desk, 2, minutes_ago=50))
    clock.advance(timedelta(days=1))
    ring(desk, leave_from(desk, 3, minutes_ago=10))
    assert scorecard(desk, PeriodName.TODAY).line(OFFICE).why_no_trend == "too few now"
    ring(desk, leave_from(desk, 4, minutes_ago=10))
    line = scorecard(desk, PeriodName.TODAY).line(OFFICE)
    assert (line.trend, line.current, line.previous) == (Trend.BETTER, 10 * MINUTE, 40 * MINUTE)
    assert [week for week in weeks(desk)[OFFICE] if week is not None] == [25 * MINUTE]


@pytest.mark.parametrize("key", list(MetricKey))
def test_the_calls_behind_a_figure_make_the_figure(busy_desk: OpenDesk, clock: FixedClock, key: MetricKey) -> None:
    talk(busy_desk, leave_from(busy_desk, 5), score=4)
    talk(busy_desk, leave_from(busy_desk, 6), Outcome.FOLLOW_UP, score=5)
    clock.advance(timedelta(hours=5))
    line = scorecard(busy_desk, PeriodName.TODAY).line(key)
    behind = calls_behind(busy_desk, key, PeriodName.TODAY)
    assert len(behind.rows) == behind.total == line.n
    assert fmean(row.value for row in behind.rows) == pytest.approx(line.current)
    worst = [row.value for row in behind.rows]
    assert worst == sorted(worst, reverse=key.is_wait)


@pytest.mark.parametrize("key", list(MetricKey))
def test_the_pattern_of_a_figure_is_made_of_the_calls_behind_it(
    busy_desk: OpenDesk, clock: FixedClock, key: MetricKey
) -> None:
    """By hour, by site and by reason it has as many bad ones as the list of the calls has."""
    talk(busy_desk, leave_from(busy_desk, 5, minutes_ago=150), score=3)
    talk(busy_desk, leave_from(busy_desk, 6), Outcome.FOLLOW_UP, score=5)
    clock.advance(timedelta(hours=5))
    card = scorecard(busy_desk, PeriodName.TODAY)
    made = pattern(busy_desk, card, key)
    values = [row.value for row in calls_behind(busy_desk, key, PeriodName.TODAY).rows]
    line = card.line(key)
    bad = {OFFICE: 7200, AFTER: 86400}.get(key)
    expected = sum(value > bad if bad else value < (1 if key is FIRST else 4) for value in values)
    assert (made.whole.n, made.whole.bad) == (line.n, expected)
    if key.is_wait:
        assert made.closed_days.seconds + made.open_days.seconds == sum(values)
    assert sum(share.bad for _, share in made.sites) == sum(bad for _, bad in made.reasons) == expected
    assert expected == {OFFICE: 2, AFTER: 0, FIRST: 1, SCORE: 1}[key]


def test_the_pattern_stands_at_the_hour_of_the_site(busy_desk: OpenDesk, clock: FixedClock) -> None:
    """The one of 10:22 that nobody called about is late by the afternoon: a Monday, from 10 to 11."""
    clock.advance(timedelta(hours=5))
    made = pattern(busy_desk, scorecard(busy_desk, PeriodName.TODAY), OFFICE)
    assert {at: share.bad for at, share in made.hours.items()} == {(0, 9): 0, (0, 10): 1}
    assert made.sites[0] == ("Main", BadShare(4, 1))


def test_calls_by_person_are_for_supervisors_with_every_denominator(busy_desk: OpenDesk) -> None:
    talk(busy_desk, leave_from(busy_desk, 5), score=4)
    talk(busy_desk, leave_from(busy_desk, 6), Outcome.ESCALATED)
    card = scorecard(busy_desk, PeriodName.TODAY)
    with pytest.raises(NotAllowed, match="supervisor"):
        calls_by_person(busy_desk, card)
    chief = supervisor(busy_desk)
    sam = PersonCalls("Sam Nurse", calls=6, talks=2, resolved=1, passed_on=1, scored=1, scores=4)
    assert calls_by_person(chief, card) == (sam,)
    assert audited(busy_desk)[0].action == "scorecard_people_viewed"
    assert calls_by_person(chief, scorecard(busy_desk, PeriodName.TODAY, "Riverside")) == ()


def test_one_site_alone(busy_desk: OpenDesk) -> None:
    with busy_desk.store.write() as connection:
        other = connection.execute(select(t.site.c.id).where(t.site.c.name == "Riverside")).scalar_one()
        newest = connection.execute(select(t.queue_item.c.id).order_by(t.queue_item.c.id)).scalars().all()[:2]
        connection.execute(update(t.queue_item).where(t.queue_item.c.id.in_(newest)).values(site_id=other))
    assert scorecard(busy_desk, PeriodName.TODAY, "Riverside").line(OFFICE).current == 20 * MINUTE
    assert scorecard(busy_desk, PeriodName.TODAY, "Main").line(OFFICE).current == 50 * MINUTE
    assert len(calls_behind(busy_desk, OFFICE, PeriodName.TODAY, "Riverside").rows) == 2
    with pytest.raises(DeskError, match="no such site"):
        scorecard(busy_desk, PeriodName.TODAY, "Elsewhere")


def test_who_rang_is_named_to_supervisors_only_and_every_look_is_audited(busy_desk: OpenDesk) -> None:
    behind = calls_behind(busy_desk, OFFICE, PeriodName.TODAY)
    assert {row.called_by for row in behind.rows} == {""}
    assert {call.called_by for call in timeline(busy_desk, behind.rows[0].item_id).calls} == {""}
    chief = supervisor(busy_desk)
    behind = calls_behind(chief, OFFICE, PeriodName.TODAY)
    assert {row.called_by for row in behind.rows} == {"Sam Nurse"}
    assert [call.called_by for call in timeline(chief, behind.rows[0].item_id).calls] == ["Sam Nurse"]
    scorecard(chief, (date(2026, 11, 1), date(2026, 11, 30)))
    actions = [line.action for line in audited(busy_desk)[:5]]
    assert actions == [
        "scorecard_viewed",
        "patient_viewed",
        "scorecard_calls_viewed",
        "patient_viewed",
        "scorecard_calls_viewed",
    ]


def test_an_export_is_a_private_file_and_audited(busy_desk: OpenDesk) -> None:
    path = export_file(busy_desk, PeriodName.TODAY)
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert S_IMODE(path.parent.stat().st_mode) == 0o700
    assert (
        path.read_text(encoding="utf-8")
        .splitlines()[1]
        .startswith("2026-11-23,2026-11-23,all sites,call_back_in_office,seconds,7200,1800,,,yes,3,")
    )
    assert audited(busy_desk)[0].action == "scorecard_exported"
    with pytest.raises(StoreError, match="could not be written"):
        export_file(busy_desk, PeriodName.TODAY)


def test_a_period_that_ends_before_it_begins_is_refused(desk: OpenDesk) -> None:
    with pytest.raises(DeskError, match="before the first"):
        scorecard(desk, (date(2026, 11, 2), date(2026, 11, 1)))


def test_urgent_messages_with_nobody_at_the_desk_are_told_apart_unless_somebody_is_fetched(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    clock.advance(timedelta(hours=9))
    leave(desk, CHEST, minutes_ago=0)
    clock.advance(timedelta(hours=1))
    leave(desk, CHEST, "Ana Ruiz", "(212) 555-0111", minutes_ago=0)
    leave(desk, REFILL, "Bo Lind", "(212) 555-0112", minutes_ago=0)
    line = scorecard(desk, PeriodName.TODAY).line(AFTER)
    assert "2 urgent with nobody at the desk" in line.note
    assert "Told apart: 2 urgent or emergent ones" in " ".join(line.formula)
    clock.advance(timedelta(minutes=1))
    night_shift = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    leave(desk, CHEST, "Cy Dow", "(212) 555-0113", minutes_ago=0)
    assert "2 urgent with nobody" in scorecard(desk, PeriodName.TODAY).line(AFTER).note
    assert "nobody at the desk" not in scorecard(desk, PeriodName.TODAY, "Riverside").line(AFTER).note
    night_shift.store.close()
    add_roster(replace(desk, actor=replace(desk.actor, role=Role.ADMIN)), tmp_path)
    line = scorecard(desk, PeriodName.TODAY).line(AFTER)
    assert "nobody at the desk" not in line.note + " ".join(line.formula)


def test_a_reopened_message_settles_nothing_and_counts_as_two(desk: OpenDesk, clock: FixedClock) -> None:
    """The first talk did not settle it, up to the last moment at which it can be reopened; the list behind agrees."""
    first, second = leave_from(desk, 1), leave_from(desk, 2)
    for item_id in (first, second):
        talk(desk, item_id)
    assert scorecard(desk, PeriodName.QUARTER).line(FIRST).current == 1
    clock.advance(timedelta(days=7))
    again = reopen_item(desk, first).item_id
    line = scorecard(desk, PeriodName.QUARTER).line(FIRST)
    assert (line.n, line.current) == (2, 1 / 2)
    behind = calls_behind(supervisor(desk), FIRST, PeriodName.QUARTER)
    assert {each.item_id: (each.value, each.again) for each in behind.rows} == {first: (0, True), second: (1, False)}
    talk(desk, again)
    line = scorecard(desk, PeriodName.QUARTER).line(FIRST)
    assert (line.n, line.current) == (3, 2 / 3)
    office = scorecard(desk, PeriodName.QUARTER).line(OFFICE)
    assert (office.n, office.current) == (3, fmean((10 * MINUTE, 10 * MINUTE, 0)))
    assert len(timeline(supervisor(desk), first).calls) == len(timeline(supervisor(desk), again).calls) == 1
