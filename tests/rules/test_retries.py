"""The retry ladders of all four tiers, worked by hand, and what holds for every calendar."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import NumberQuality, SafeContactKind, Tier
from callback_tui.rules.open_time import is_open
from callback_tui.rules.retries import NextTry, RetryStage, next_try
from callback_tui.views.dial import Ringing, SafeInstruction
from tests.rules.calendars import Situation, situations, week
from tests.rules.call_cases import POLICY, SITE, asked_not_to, at, facts, number

MON = 23
TUE = 24


def after(
    tier: Tier, *tries: datetime, busy: bool = False, alternates: int = 0, now: datetime | None = None
) -> NextTry:
    """Return what follows tries that ended when the last of them began."""
    return next_try(tier, tries, POLICY, SITE, now or tries[-1], busy=busy, alternates_left=alternates)


def test_routine_climbs_from_minutes_to_the_other_half_to_writing() -> None:
    first, second = at(MON, 10, 42), at(MON, 10, 54)
    assert after(Tier.ROUTINE, first) == NextTry(second, RetryStage.AGAIN, "Next try 10:54.")
    third = after(Tier.ROUTINE, first, second)
    assert third == NextTry(at(TUE, 12), RetryStage.OTHER_HALF, "Next try 12:00 tomorrow.")
    written = after(Tier.ROUTINE, first, second, third.at)
    assert (written.stage, written.at) == (RetryStage.TEXT_OR_PORTAL, at(TUE, 16))
    assert after(Tier.ROUTINE, first, second, third.at, at(TUE, 13)).stage is RetryStage.LETTER


def test_a_try_in_the_afternoon_is_followed_by_a_morning() -> None:
    assert after(Tier.ROUTINE, at(MON, 14), at(MON, 14, 12)).at == at(TUE, 8)


def test_the_other_half_skips_closed_days_and_lunch() -> None:
    friday = 20
    assert after(Tier.ROUTINE, at(friday, 14), at(friday, 14, 12)).at == at(MON, 8)
    lunch = week("America/New_York", dict.fromkeys(("mon", "tue", "wed"), ("08:00-12:00", "13:00-17:00")))
    tries = (at(MON, 9), at(MON, 9, 12))
    site = replace(SITE, hours=lunch)
    assert next_try(Tier.ROUTINE, tries, POLICY, site, tries[-1]).at == at(TUE, 13)


def test_the_other_half_waits_for_a_day_that_has_one() -> None:
    half_days = week("America/New_York", {"mon": ["08:00-17:00"], "tue": ["08:00-12:00"], "thu": ["08:00-17:00"]})
    tries = (at(MON, 9), at(MON, 9, 12))
    site = replace(SITE, hours=half_days)
    assert next_try(Tier.ROUTINE, tries, POLICY, site, tries[-1]).at == at(26, 12)


def test_mornings_only_still_gives_another_try() -> None:
    site = replace(SITE, hours=week("America/New_York", {"mon": ["08:00-12:00"], "tue": ["08:00-12:00"]}))
    tries = (at(MON, 9), at(MON, 9, 12))
    assert next_try(Tier.ROUTINE, tries, POLICY, site, tries[-1]).at == at(TUE, 9, 12)


def test_a_retry_past_closing_moves_to_the_next_opening() -> None:
    late = after(Tier.ROUTINE, at(MON, 16, 55))
    assert late == NextTry(at(TUE, 8), RetryStage.AGAIN, "Next try 08:00 tomorrow.")
    assert after(Tier.URGENT, at(MON, 16, 55)).at == at(MON, 17, 7)


def test_no_try_is_set_for_quiet_hours_where_the_patient_is() -> None:
    """Domain section 3: asked when a call is scheduled too; tiers 0 and 1 may be rung with a reason, so never wait."""
    west = Ringing(facts(zones=("America/New_York", "America/Los_Angeles")), (number(),))
    afternoon = (at(MON, 14), at(MON, 14, 12))
    assert next_try(Tier.ROUTINE, afternoon, POLICY, SITE, afternoon[-1], ringing=west).at == at(TUE, 11)
    closing = at(MON, 16, 55)
    late = next_try(Tier.ROUTINE, [closing], POLICY, SITE, closing, ringing=west)
    assert (late.at, late.sentence) == (at(TUE, 11), "Next try 11:00 tomorrow; they may not be rung before.")
    assert next_try(Tier.URGENT, [at(MON, 6)], POLICY, SITE, at(MON, 6), ringing=west).at == at(MON, 6, 12)


@pytest.mark.parametrize(
    "known",
    [
        Ringing(facts(zones=("Asia/Tokyo", "no/zone")), (number(),)),
        Ringing(facts(asked_not_to()), (number(),)),
        Ringing(facts(), (number(quality=NumberQuality.DEAD),)),
        Ringing(facts(), ()),
    ],
    ids=["far away", "opted out", "dead", "no number"],
)
def test_whom_no_hour_lets_ring_is_written_to(known: Ringing) -> None:
    for tries in ((at(MON, 12),), (at(MON, 12), at(MON, 12, 12))):
        written = next_try(Tier.ROUTINE, tries, POLICY, SITE, tries[-1], ringing=known)
        assert written.stage is RetryStage.TEXT_OR_PORTAL
        assert written.sentence.startswith(
            "They may not be rung again: send a text or portal message if permitted, by "
        )


def test_the_next_try_keeps_what_they_asked_and_the_cap() -> None:
    evening = facts(instructions=(SafeInstruction(SafeContactKind.NOT_BEFORE, "14:00", at(3, 9)),))
    tries = (at(MON, 10),)
    asked = next_try(Tier.ROUTINE, tries, POLICY, SITE, tries[-1], ringing=Ringing(evening, (number(),)))
    assert (asked.at, asked.sentence) == (at(MON, 14), "Next try 14:00; they may not be rung before.")
    rung = replace(facts(), dialled_at=(at(MON, 9), at(MON, 9, 30), at(MON, 10)))
    capped = next_try(Tier.ROUTINE, tries, POLICY, SITE, tries[-1], ringing=Ringing(rung, (number(),)))
    assert capped.at == at(TUE, 8)


def test_informational_has_two_dials_then_writing() -> None:
    assert after(Tier.INFORMATIONAL, at(MON, 9)).stage is RetryStage.AGAIN
    written = after(Tier.INFORMATIONAL, at(MON, 9), at(MON, 9, 12))
    assert (written.stage, written.at) == (RetryStage.TEXT_OR_PORTAL, at(TUE, 9, 12))


def test_urgent_ends_with_a_clinician_within_45_minutes_of_the_first_try() -> None:
    first = at(MON, 10)
    assert after(Tier.URGENT, first).at == at(MON, 10, 12)
    assert after(Tier.URGENT, first, at(MON, 10, 12)).at == at(MON, 10, 27)
    assert after(Tier.URGENT, first, at(MON, 10, 12), at(MON, 10, 27)) == NextTry(
        at(MON, 10, 45), RetryStage.CLINICIAN_DECISION, "A clinician decides by 10:45."
    )
    for minute in (30, 35):
        slow = after(Tier.URGENT, first, at(MON, 10, minute))
        assert (slow.stage, slow.at) == (RetryStage.CLINICIAN_DECISION, at(MON, 10, 45))
    late = after(Tier.URGENT, first, at(MON, 12))
    assert (late.stage, late.at) == (RetryStage.CLINICIAN_DECISION, at(MON, 12))


def test_emergent_rings_every_number_at_once_then_a_clinician_decides() -> None:
    first = at(MON, 22)
    assert after(Tier.EMERGENT, first, alternates=1) == NextTry(
        first,
        RetryStage.AGAIN,
        "Ring the next number now, and the emergency contact; a clinician decides on a welfare check by 22:10.",
        decide_by=at(MON, 22, 10),
    )
    again = after(Tier.EMERGENT, first)
    assert (again.at, again.decide_by) == (first, at(MON, 22, 10))
    assert again.sentence.startswith("Ring again now, and the emergency contact; a clinician decides")
    assert after(Tier.URGENT, first).decide_by is None
    tries = tuple(first + timedelta(minutes=minute) for minute in range(3))
    assert after(Tier.EMERGENT, *tries).at == at(MON, 22, 10)
    assert after(Tier.EMERGENT, *tries).stage is RetryStage.CLINICIAN_DECISION
    assert after(Tier.EMERGENT, *tries, alternates=2).stage is RetryStage.AGAIN
    overdue = after(Tier.EMERGENT, first, alternates=2, now=at(MON, 22, 11))
    assert (overdue.stage, overdue.at) == (RetryStage.CLINICIAN_DECISION, at(MON, 22, 11))


def test_busy_is_tried_sooner_and_climbs_the_same_ladder() -> None:
    assert after(Tier.ROUTINE, at(MON, 10), busy=True).at == at(MON, 10, 7)
    assert after(Tier.ROUTINE, at(MON, 10), at(MON, 10, 7), busy=True).stage is RetryStage.OTHER_HALF


def test_times_are_whole_minutes_never_early() -> None:
    now = at(MON, 10, 42) + timedelta(seconds=46)
    assert after(Tier.ROUTINE, now).sentence == "Next try 10:55."
    assert after(Tier.ROUTINE, now, busy=True, alternates=1).sentence == "Next try 10:50, on another number."


def test_the_most_dials_end_a_ladder_that_has_more_steps() -> None:
    ladder = replace(POLICY.retries.ladders[Tier.ROUTINE], step_minutes=(5, 5, 5), max_dials=1)
    policy = replace(POLICY, retries=replace(POLICY.retries, ladders={Tier.ROUTINE: ladder}))
    tries = (at(MON, 10),)
    assert next_try(Tier.ROUTINE, tries, policy, SITE, tries[0]).stage is RetryStage.TEXT_OR_PORTAL


@pytest.mark.parametrize(("days", "stage"), [(1, RetryStage.TEXT_OR_PORTAL), (2, RetryStage.OTHER_HALF)])
def test_the_other_half_is_tried_on_as_many_days_as_the_policy_says(days: int, stage: RetryStage) -> None:
    ladder = replace(POLICY.retries.ladders[Tier.ROUTINE], then_other_half_days=days, max_dials=9)
    retries = replace(POLICY.retries, ladders={**POLICY.retries.ladders, Tier.ROUTINE: ladder})
    tries = (at(MON, 9), at(MON, 9, 12), at(TUE, 12))
    assert next_try(Tier.ROUTINE, tries, replace(POLICY, retries=retries), SITE, tries[-1]).stage is stage


def test_a_next_try_needs_a_try() -> None:
    with pytest.raises(ValueError, match="at least one try"):
        next_try(Tier.ROUTINE, (), POLICY, SITE, at(MON, 9))


@settings(deadline=None)
@given(
    case=situations(), tier=st.sampled_from(Tier), gaps=st.lists(st.integers(0, 4000), max_size=5), busy=st.booleans()
)
def test_every_ladder_ends_and_respects_open_time(case: Situation, tier: Tier, gaps: list[int], busy: bool) -> None:
    site = replace(SITE, hours=case.hours)
    tries = [case.start]
    for gap in gaps:
        tries.append(tries[-1] + timedelta(minutes=gap))
    following = next_try(tier, tries, POLICY, site, tries[-1], busy=busy)
    assert following.at >= tries[-1]
    if following.stage in (RetryStage.AGAIN, RetryStage.OTHER_HALF):
        assert len(tries) < POLICY.retries.ladders[tier].max_dials
        assert tier.always_on or is_open(case.hours, following.at)
    if tier.always_on and following.stage is RetryStage.CLINICIAN_DECISION:
        within = POLICY.retries.ladders[tier].decision_within_minutes
        assert within is not None
        assert following.at == max(tries[-1], tries[0] + timedelta(minutes=within))
