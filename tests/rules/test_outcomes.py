"""What each outcome leads to: the table of the domain, row by row, and what holds for every legal call."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from callback_tui.models.vocabulary import (
    ClockEventKind,
    FollowUpKind,
    IdentityResult,
    ItemState,
    NumberQuality,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcomes import plan_outcome
from callback_tui.views.call import NewFollowUp
from callback_tui.views.dial import DialFacts, Ringing
from tests.rules.call_cases import MOBILE, MONDAY_1042, SITE, at, entry, facts, number, situation

PASSED = IdentityResult.PASSED
NOT_ASKED = IdentityResult.NOT_ASKED
PATIENT = WhoAnswered.PATIENT
EMERGENT, URGENT, ROUTINE, INFORMATIONAL = Tier
CLOSED, ASLEEP, OPEN = ItemState.CLOSED, ItemState.ASLEEP, ItemState.OPEN
ESCALATED, FOLLOWING_UP, MERGED = ItemState.ESCALATED, ItemState.FOLLOWING_UP, ItemState.MERGED
NOW = MONDAY_1042
SAME_MINUTE = NOW
IN_12_MINUTES = at(23, 10, 54)
IN_7_MINUTES = at(23, 10, 49)
HAND_OFF = {EMERGENT: at(23, 10, 47), URGENT: at(23, 10, 57), ROUTINE: at(23, 14, 42)}
THREE_O_CLOCK = at(23, 15)


class Row(NamedTuple):
    """A row of the table of outcomes: the call, then what it leads to."""

    outcome: Outcome
    tier: Tier
    who: WhoAnswered | None
    identity: IdentityResult
    state: ItemState
    stops: bool
    contact: bool
    next_at: datetime | None
    follow_ups: tuple[FollowUpKind, ...] = ()


TABLE = [
    Row(Outcome.RESOLVED, ROUTINE, PATIENT, PASSED, CLOSED, True, True, None),
    Row(Outcome.RESOLVED, EMERGENT, PATIENT, PASSED, CLOSED, True, True, None),
    Row(Outcome.RESOLVED, INFORMATIONAL, PATIENT, IdentityResult.GENERAL_ONLY, CLOSED, True, True, None),
    Row(
        Outcome.FOLLOW_UP, ROUTINE, PATIENT, PASSED, FOLLOWING_UP, True, True, HAND_OFF[ROUTINE], (FollowUpKind.OTHER,)
    ),
    Row(Outcome.ESCALATED, ROUTINE, PATIENT, PASSED, ESCALATED, True, True, HAND_OFF[ROUTINE]),
    Row(Outcome.ESCALATED, URGENT, PATIENT, PASSED, ESCALATED, True, True, HAND_OFF[URGENT]),
    Row(Outcome.ESCALATED, EMERGENT, WhoAnswered.SOMEONE_ELSE, NOT_ASKED, ESCALATED, True, False, HAND_OFF[EMERGENT]),
    Row(Outcome.ANOTHER_TIME, ROUTINE, PATIENT, PASSED, ASLEEP, True, True, THREE_O_CLOCK),
    Row(Outcome.ANOTHER_TIME, ROUTINE, PATIENT, NOT_ASKED, ASLEEP, True, False, THREE_O_CLOCK),
    Row(
        Outcome.ANOTHER_TIME,
        EMERGENT,
        PATIENT,
        PASSED,
        ASLEEP,
        True,
        True,
        THREE_O_CLOCK,
        (FollowUpKind.CLINICIAN_DECISION,),
    ),
    Row(Outcome.VOICEMAIL_LEFT, ROUTINE, WhoAnswered.VOICEMAIL, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(
        Outcome.VOICEMAIL_LEFT,
        EMERGENT,
        WhoAnswered.VOICEMAIL,
        NOT_ASKED,
        OPEN,
        True,
        False,
        SAME_MINUTE,
        (FollowUpKind.WELFARE_CHECK,),
    ),
    Row(
        Outcome.NO_ANSWER,
        EMERGENT,
        WhoAnswered.NOBODY,
        NOT_ASKED,
        OPEN,
        True,
        False,
        SAME_MINUTE,
        (FollowUpKind.WELFARE_CHECK,),
    ),
    Row(Outcome.MESSAGE_WITH_PERSON, ROUTINE, WhoAnswered.SOMEONE_ELSE, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.NO_ANSWER, INFORMATIONAL, WhoAnswered.NOBODY, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.NO_ANSWER, URGENT, WhoAnswered.NOBODY, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.NO_ANSWER, ROUTINE, WhoAnswered.CUT_OFF, NOT_ASKED, OPEN, True, False, SAME_MINUTE),
    Row(Outcome.BUSY, ROUTINE, WhoAnswered.BUSY, NOT_ASKED, ASLEEP, True, False, IN_7_MINUTES),
    Row(Outcome.MAILBOX_FULL, ROUTINE, WhoAnswered.VOICEMAIL, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(
        Outcome.WRONG_NUMBER,
        ROUTINE,
        WhoAnswered.WRONG_NUMBER,
        NOT_ASKED,
        ASLEEP,
        False,
        False,
        HAND_OFF[ROUTINE],
        (FollowUpKind.DEMOGRAPHICS, FollowUpKind.TEXT_OR_PORTAL),
    ),
    Row(
        Outcome.DISCONNECTED,
        URGENT,
        WhoAnswered.DISCONNECTED,
        NOT_ASKED,
        ESCALATED,
        False,
        False,
        HAND_OFF[URGENT],
        (FollowUpKind.DEMOGRAPHICS, FollowUpKind.CLINICIAN_DECISION),
    ),
    Row(
        Outcome.DISCONNECTED,
        EMERGENT,
        WhoAnswered.DISCONNECTED,
        NOT_ASKED,
        ESCALATED,
        False,
        False,
        HAND_OFF[EMERGENT],
        (FollowUpKind.DEMOGRAPHICS, FollowUpKind.WELFARE_CHECK),
    ),
    Row(Outcome.SOMEONE_ELSE, ROUTINE, WhoAnswered.SOMEONE_ELSE, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.NOT_VERIFIED, ROUTINE, PATIENT, IdentityResult.FAILED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.NOT_VERIFIED, URGENT, PATIENT, NOT_ASKED, ASLEEP, True, False, IN_12_MINUTES),
    Row(Outcome.REFUSED, ROUTINE, PATIENT, PASSED, CLOSED, True, True, None),
    Row(
        Outcome.REFUSED,
        URGENT,
        WhoAnswered.REFUSED,
        NOT_ASKED,
        ESCALATED,
        True,
        True,
        HAND_OFF[URGENT],
        (FollowUpKind.CLINICIAN_DECISION,),
    ),
    Row(
        Outcome.EMERGENCY,
        ROUTINE,
        PATIENT,
        NOT_ASKED,
        ESCALATED,
        True,
        True,
        HAND_OFF[EMERGENT],
        (FollowUpKind.INCIDENT_REVIEW,),
    ),
    Row(
        Outcome.EMERGENCY,
        EMERGENT,
        WhoAnswered.SOMEONE_ELSE,
        NOT_ASKED,
        ESCALATED,
        True,
        False,
        HAND_OFF[EMERGENT],
        (FollowUpKind.INCIDENT_REVIEW,),
    ),
    Row(Outcome.OPENED_IN_ERROR, ROUTINE, None, NOT_ASKED, MERGED, False, False, None),
    Row(Outcome.DUPLICATE, URGENT, PATIENT, PASSED, MERGED, False, False, None),
]


def test_the_table_covers_every_outcome() -> None:
    assert {row.outcome for row in TABLE} == set(Outcome)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.outcome}-{row.tier}-{row.who}")
def test_the_table_of_outcomes(row: Row) -> None:
    plan = plan_outcome(entry(row.outcome), situation(row.tier, who=row.who, identity=row.identity))
    assert (plan.state, plan.qualifies, plan.contact, plan.next_at) == (
        row.state,
        row.stops,
        row.contact,
        row.next_at,
    )
    assert tuple(follow_up.kind for follow_up in plan.follow_ups) == row.follow_ups
    kinds = [event.kind for event in plan.events]
    assert (ClockEventKind.ATTEMPTED in kinds) == row.stops
    assert (ClockEventKind.CONTACTED in kinds) == row.contact
    assert plan.opt_out == (row.outcome is Outcome.REFUSED)
    assert plan.incident == (row.outcome is Outcome.EMERGENCY)
    is_dead = row.outcome in (Outcome.WRONG_NUMBER, Outcome.DISCONNECTED)
    assert plan.number_quality is (NumberQuality.DEAD if is_dead else None)
    assert plan.promise_due_at == (THREE_O_CLOCK if row.outcome is Outcome.ANOTHER_TIME else None)
    assert plan.hand_off_due_at == (row.next_at if row.state is ESCALATED else None)


def test_sentences_are_past_tense_with_the_sites_time() -> None:
    sentences = {
        Outcome.NO_ANSWER: "No answer logged. Next try 10:54.",
        Outcome.BUSY: "Busy logged. Next try 10:49.",
        Outcome.WRONG_NUMBER: "Wrong number logged; the number is stopped. Next try 14:42, once a number is found.",
        Outcome.VOICEMAIL_LEFT: "Voicemail logged. Next try 10:54.",
    }
    for outcome, sentence in sentences.items():
        assert plan_outcome(entry(outcome), situation()).sentence == sentence
    talked = situation(who=PATIENT, identity=PASSED)
    assert plan_outcome(entry(Outcome.RESOLVED), talked).sentence == "Resolved and closed."
    general = situation(who=PATIENT, identity=IdentityResult.GENERAL_ONLY)
    assert plan_outcome(entry(Outcome.RESOLVED), general).sentence == "General information given; closed."
    assert plan_outcome(entry(Outcome.ANOTHER_TIME), talked).sentence == "Promised to call again 15:00."
    assert plan_outcome(entry(Outcome.ESCALATED), talked).sentence == "Handed to a clinician, due 14:42."


def test_the_ladder_ends_in_writing_and_in_a_clinicians_decision() -> None:
    earlier = (at(20, 10), at(20, 10, 12))
    routine = plan_outcome(entry(Outcome.NO_ANSWER), situation(earlier=earlier))
    assert (routine.state, routine.follow_ups[0].kind) == (FOLLOWING_UP, FollowUpKind.TEXT_OR_PORTAL)
    assert routine.next_at == routine.follow_ups[0].due_at
    letter = plan_outcome(entry(Outcome.NO_ANSWER), situation(earlier=(*earlier, at(20, 14))))
    assert letter.follow_ups[0].kind is FollowUpKind.LETTER
    urgent_tries = (at(23, 10, 10), at(23, 10, 25))
    urgent = plan_outcome(entry(Outcome.VOICEMAIL_LEFT), situation(URGENT, earlier=urgent_tries))
    assert (urgent.state, urgent.hand_off_due_at) == (ESCALATED, at(23, 10, 55))
    assert urgent.follow_ups[0] == NewFollowUp(
        FollowUpKind.CLINICIAN_DECISION, "Nobody reached: decide how to go on.", at(23, 10, 55), Role.CLINICIAN
    )


def test_a_voicemail_alone_never_settles_an_emergent_item() -> None:
    tries = (at(23, 10, 40), at(23, 10, 41))
    plan = plan_outcome(entry(Outcome.VOICEMAIL_LEFT), situation(EMERGENT, earlier=tries))
    assert (plan.state, plan.hand_off_due_at) == (ESCALATED, at(23, 10, 50))
    assert plan.follow_ups[0].kind is FollowUpKind.WELFARE_CHECK


def test_an_emergency_nobody_answers_asks_a_clinician_once_and_rings_on() -> None:
    unanswered = plan_outcome(entry(Outcome.NO_ANSWER), situation(EMERGENT, alternates=1))
    assert unanswered.sentence == (
        "No answer logged. Ring the next number now, and the emergency contact; "
        "a clinician decides on a welfare check by 10:52."
    )
    assert (unanswered.follow_ups[0].due_at, unanswered.follow_ups[0].owner_role) == (at(23, 10, 52), Role.CLINICIAN)
    voicemail = plan_outcome(entry(Outcome.VOICEMAIL_LEFT), situation(EMERGENT))
    assert voicemail.sentence.startswith("Voicemail logged, never enough alone. Ring again now")
    for earlier in ((), (at(23, 10, 40), at(23, 10, 41))):
        asked = replace(situation(EMERGENT, earlier=earlier), welfare_check_open=True)
        assert plan_outcome(entry(Outcome.NO_ANSWER), asked).follow_ups == ()


def test_sentences_of_another_site_name_its_zone() -> None:
    chicago = replace(SITE, name="West", hours=replace(SITE.hours, zone="America/Chicago"))
    west = replace(situation(), site=chicago)
    assert plan_outcome(entry(Outcome.NO_ANSWER), west).sentence == "No answer logged. Next try 09:54 CST."


def test_a_promise_outside_the_desks_hours_says_so() -> None:
    talked = situation(who=PATIENT, identity=PASSED)
    evening = replace(entry(Outcome.ANOTHER_TIME), call_again_at=at(23, 20))
    plan = plan_outcome(evening, talked)
    assert plan.promise_due_at == at(23, 20)
    assert plan.sentence == "Promised to call again 20:00, outside the desk's hours (Mon-Fri 08:00-17:00)."


def test_a_time_later_than_a_day_is_kept_at_the_earliest_we_may_call() -> None:
    """Article row A9: scheduled at the earliest possible time, noted that they could not reach us earlier."""
    talked = situation(who=PATIENT, identity=PASSED)
    saturday = plan_outcome(replace(entry(Outcome.ANOTHER_TIME), call_again_at=at(28, 21)), talked)
    assert (saturday.promise_due_at, saturday.next_at) == (at(30, 8), at(30, 8))
    assert saturday.sentence == "Promised to call again 08:00 Mon 30 Nov, the earliest we may call."
    west = replace(talked, ringing=Ringing(facts(zones=("America/Los_Angeles",)), (number(),)))
    quiet_there = plan_outcome(replace(entry(Outcome.ANOTHER_TIME), call_again_at=at(25, 9)), west)
    assert quiet_there.promise_due_at == at(25, 11)
    urgent = plan_outcome(
        replace(entry(Outcome.ANOTHER_TIME), call_again_at=at(28, 21)), replace(talked, tier=Tier.URGENT)
    )
    assert urgent.promise_due_at == at(28, 21)


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.DISCONNECTED])
@pytest.mark.parametrize("tier", Tier)
def test_after_a_dead_number_the_next_one_is_rung_now(outcome: Outcome, tier: Tier) -> None:
    plan = plan_outcome(entry(outcome), situation(tier, alternates=1))
    assert (plan.state, plan.next_at, plan.qualifies) == (OPEN, NOW, False)
    assert [follow_up.kind for follow_up in plan.follow_ups] == [FollowUpKind.DEMOGRAPHICS]


@pytest.mark.parametrize(
    ("known", "again_at", "from_when"),
    [
        (facts(dials=3), at(24, 8), "08:00 tomorrow"),
        (facts(zones=("America/Los_Angeles",)), at(23, 11), "11:00"),
    ],
)
def test_after_a_dead_number_one_that_is_only_shut_now_is_rung_when_it_opens(
    known: DialFacts, again_at: datetime, from_when: str
) -> None:
    """Nobody writes a letter, and nobody waits four hours, for a number that the hour alone keeps shut."""
    ringing = Ringing(known, (number(), number("+12125550148")))
    call = replace(situation(), ringing=ringing, number_dialled=MOBILE)
    plan = plan_outcome(entry(Outcome.WRONG_NUMBER), call)
    assert (plan.state, plan.next_at, plan.number_quality) == (ASLEEP, again_at, NumberQuality.DEAD)
    assert [follow_up.kind for follow_up in plan.follow_ups] == [FollowUpKind.DEMOGRAPHICS]
    assert plan.sentence == (
        f"Wrong number logged; the number is stopped. The next number may be rung from {from_when}."
    )


def test_after_the_last_number_another_way_is_found() -> None:
    """The number just found dead is not taken for the next one."""
    call = replace(situation(), ringing=Ringing(facts(dials=3), (number(),)), number_dialled=MOBILE)
    plan = plan_outcome(entry(Outcome.DISCONNECTED), call)
    assert [each.kind for each in plan.follow_ups] == [FollowUpKind.DEMOGRAPHICS, FollowUpKind.TEXT_OR_PORTAL]


def test_a_number_not_on_file_stops_the_clock_only_by_a_live_talk() -> None:
    voicemail = plan_outcome(entry(Outcome.VOICEMAIL_LEFT), situation(on_file=False))
    assert not voicemail.qualifies
    talked = plan_outcome(entry(Outcome.RESOLVED), situation(who=PATIENT, identity=PASSED, on_file=False))
    assert talked.qualifies


def test_a_wrong_number_handed_to_a_clinician_still_stops_no_clock() -> None:
    plan = plan_outcome(entry(Outcome.ESCALATED), situation(URGENT, who=WhoAnswered.WRONG_NUMBER))
    assert (plan.qualifies, plan.contact) == (False, False)


def test_refused_with_a_letter_stays_until_the_letter() -> None:
    letter = NewFollowUp(FollowUpKind.LETTER, "Write instead.", at(24, 12))
    refused = replace(entry(Outcome.REFUSED), follow_ups=(letter,))
    plan = plan_outcome(refused, situation(who=PATIENT))
    assert (plan.state, plan.next_at, plan.opt_out) == (FOLLOWING_UP, at(24, 12), True)
    assert plan.follow_ups == (letter,)


def test_follow_ups_that_were_written_are_raised_and_the_earliest_is_next() -> None:
    labs = NewFollowUp(FollowUpKind.LABS, "Order the labs.", at(25, 12))
    form = NewFollowUp(FollowUpKind.FORM, "Send the form.", at(24, 12))
    plan = plan_outcome(
        replace(entry(Outcome.FOLLOW_UP), follow_ups=(labs, form)), situation(who=PATIENT, identity=PASSED)
    )
    assert plan.follow_ups == (labs, form)
    assert plan.next_at == at(24, 12)


def test_a_time_beyond_a_day_is_noted_as_such() -> None:
    talked = situation(who=PATIENT, identity=PASSED)
    later = replace(entry(Outcome.ANOTHER_TIME), call_again_at=NOW + timedelta(hours=24, minutes=1))
    scheduled = plan_outcome(later, talked).events[-1]
    assert (scheduled.kind, scheduled.until) == (ClockEventKind.SCHEDULED, later.call_again_at)
    assert "unable to reach us earlier" in scheduled.reason
    assert "unable" not in plan_outcome(entry(Outcome.ANOTHER_TIME), talked).events[-1].reason
