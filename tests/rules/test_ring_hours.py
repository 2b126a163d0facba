"""When the hour lets a patient be rung: the first right instant, across zones, clock changes and caps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import NumberQuality, SafeContactKind, Tier
from callback_tui.rules.may_dial import first_allowed_at, may_dial, next_allowed_at
from callback_tui.views.call import DialVerdict
from callback_tui.views.dial import DialFacts, Ringing, SafeInstruction
from tests.rules.call_cases import MONDAY_1042, POLICY, asked_not_to, at, facts, number

ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Phoenix",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "America/St_Johns",
    "America/Havana",
    "Australia/Lord_Howe",
)
# The week around the change to summer time, the one around the change back, and one with neither.
WEEKS = (datetime(2026, 3, 6, tzinfo=UTC), datetime(2026, 10, 30, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC))
HOURS = st.sampled_from(("00:00", "00:30", "01:30", "02:30", "08:00", "12:15", "17:00", "20:59", "23:45"))


def asked(kind: SafeContactKind, limit: str) -> tuple[SafeInstruction, ...]:
    """Return what they asked of the hour, on 3 November."""
    return (SafeInstruction(kind, limit, at(3, 9)),)


@st.composite
def moments(draw: st.DrawFn) -> tuple[DialFacts, Tier, datetime]:
    """Return a patient whose hours, zones and dials are anything, and an instant near a change of the clocks."""
    now = draw(st.sampled_from(WEEKS)) + timedelta(seconds=draw(st.integers(0, 6 * 86400)))
    wishes = [
        SafeInstruction(kind, draw(HOURS), now - timedelta(days=20))
        for kind in draw(st.lists(st.sampled_from([SafeContactKind.NOT_BEFORE, SafeContactKind.NOT_AFTER]), max_size=3))
    ]
    ago = draw(st.lists(st.integers(0, 90_000), max_size=5))
    known = DialFacts(
        opt_outs=(),
        instructions=tuple(wishes),
        zones=tuple(draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=3, unique=True))),
        dialled_at=tuple(now - timedelta(seconds=seconds) for seconds in ago),
        voicemails_today=0,
    )
    return known, draw(st.sampled_from(Tier)), now


def stands(known: DialFacts, tier: Tier, when: datetime) -> bool:
    """Say, by reading every clock and counting every dial anew, whether the hour forbids a call."""
    limits = POLICY.dialling
    for name in known.zones:
        local = when.astimezone(ZoneInfo(name))
        word = f"{local:%H:%M:%S}"
        if not f"{limits.not_before:%H:%M:%S}" <= word < f"{limits.not_after:%H:%M:%S}":
            return True
        for wish in known.instructions:
            if (word < f"{wish.value}:00") == (wish.kind is SafeContactKind.NOT_BEFORE):
                return True
        rung = [each for each in known.dialled_at if each.astimezone(ZoneInfo(name)).date() == local.date()]
        if not tier.always_on and len(rung) >= limits.dials_per_day:
            return True
    return False


@settings(deadline=None, max_examples=150)
@given(case=moments())
def test_at_the_next_instant_the_hour_is_right_and_a_second_before_it_is_not(
    case: tuple[DialFacts, Tier, datetime],
) -> None:
    known, tier, now = case
    then = next_allowed_at(known, number(), tier, POLICY, now)
    if then is None:
        # Nothing fits: any hour of the two weeks ahead is forbidden.
        assert all(stands(known, tier, now + timedelta(hours=step)) for step in range(14 * 24))
        return
    assert then >= now
    assert not stands(known, tier, then)
    assert may_dial(known, number(), tier, POLICY, then).verdict is DialVerdict.ALLOWED
    if then > now:
        assert stands(known, tier, now)
        assert stands(known, tier, max(now, then - timedelta(seconds=1)))
        assert may_dial(known, number(), tier, POLICY, now).allowed_from == then


@settings(deadline=None, max_examples=60)
@given(case=moments(), steps=st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_no_instant_before_it_would_do(case: tuple[DialFacts, Tier, datetime], steps: list[float]) -> None:
    known, tier, now = case
    then = next_allowed_at(known, number(), tier, POLICY, now)
    if then is None or then == now:
        return
    for share in steps:
        assert stands(known, tier, now + (then - now) * share * 0.999)


def test_a_day_that_skips_the_hour_they_asked_for_begins_at_the_jump() -> None:
    """8 March 2026 has no 02:30 in New York: the first instant that is not before it is 03:00, 07:00 UTC."""
    early = replace(POLICY, dialling=replace(POLICY.dialling, not_before=MONDAY_1042.time().replace(2, 30)))
    then = next_allowed_at(facts(), number(), Tier.ROUTINE, early, datetime(2026, 3, 8, 6, tzinfo=UTC))
    assert then == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_an_hour_that_comes_twice_forbids_its_second_beginning_too() -> None:
    """On 1 November 2026 New York shows 01:00 to 02:00 twice; at the second 01:10 it is again too early for 01:30."""
    early = replace(POLICY, dialling=replace(POLICY.dialling, not_before=MONDAY_1042.time().replace(1, 30)))
    second = datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    assert next_allowed_at(facts(), number(), Tier.ROUTINE, early, second) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("known", [facts(asked_not_to()), facts(instructions=asked(SafeContactKind.NEVER_KIND, "x"))])
def test_what_no_hour_takes_away_has_no_next_instant(known: DialFacts) -> None:
    assert next_allowed_at(known, number(), Tier.ROUTINE, POLICY, at(23, 22)) is None
    assert may_dial(known, number(), Tier.ROUTINE, POLICY, at(23, 22)).allowed_from is None


def test_the_first_of_several_numbers_counts() -> None:
    dead = number(quality=NumberQuality.DEAD)
    assert first_allowed_at(Ringing(facts(), (dead, number())), Tier.ROUTINE, POLICY, at(23, 22)) == at(24, 8)
    assert first_allowed_at(Ringing(facts(), (dead,)), Tier.ROUTINE, POLICY, at(23, 22)) is None


WEST = ("America/Los_Angeles",)
FOURTEEN = asked(SafeContactKind.NOT_BEFORE, "14:00")


@pytest.mark.parametrize(
    ("known", "sentence", "next_step"),
    [
        (
            facts(zones=WEST),
            "At 07:42 where they are it is too early to ring: calls go out 08:00 to 21:00.",
            "They may be rung from 08:00, their time (11:00 here).",
        ),
        (
            facts(zones=(*WEST, "America/New_York")),
            "It may then be 07:42 where they are, too early to ring: calls go out 08:00 to 21:00.",
            "They may be rung from 11:00, our time.",
        ),
        (
            facts(instructions=FOURTEEN),
            "They asked not to be called before 14:00 (3 Nov).",
            "They may be rung from 14:00.",
        ),
        (
            facts(instructions=asked(SafeContactKind.NOT_AFTER, "9:00")),
            "They asked not to be called after 09:00 (3 Nov).",
            "They may be rung from 08:00 tomorrow.",
        ),
        (
            facts(instructions=FOURTEEN + asked(SafeContactKind.NOT_AFTER, "12:00")),
            "They asked not to be called before 14:00 (3 Nov).",
            "They may be rung at no hour that fits all they asked.",
        ),
        (
            facts(dials=3),
            "Rung 3 times today; 3 a day is the most.",
            "They may be rung from 08:00 tomorrow; or use the portal.",
        ),
    ],
)
def test_a_refusal_for_the_hour_says_from_when(known: DialFacts, sentence: str, next_step: str) -> None:
    decision = may_dial(known, number(), Tier.ROUTINE, POLICY, MONDAY_1042)
    assert (decision.verdict, decision.sentence, decision.next_step) == (DialVerdict.BLOCKED, sentence, next_step)
    urgent = may_dial(replace(known, dialled_at=()), number(), Tier.URGENT, POLICY, MONDAY_1042)
    assert urgent.verdict is (DialVerdict.ALLOWED if known.dialled_at else DialVerdict.REASON_NEEDED)


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    long_after = at(23, 10).replace(year=2028)
    assert "(3 Nov 2026)" in may_dial(facts(asked_not_to()), number(), Tier.ROUTINE, POLICY, long_after).sentence
