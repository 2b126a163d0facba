"""The policy file: what is taken, what its gaps become, and how each mistake is named."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.errors import PolicyError
from callback_tui.models.vocabulary import ClockKind, IdentityKind, Tier
from callback_tui.rules.clean import clean_line
from callback_tui.rules.policy_defaults import POLICY_DEFAULTS
from callback_tui.rules.policy_file import new_policy_text, parse_policy, target_text
from callback_tui.views.policy import Ladder, Span, Target

PRACTICE = """
[practice]
name = "Maple Street Family Medicine"
short_name = "Maple Street"
region = "US"
"""
SITE = """
[[site]]
name = "Main"
zone = "America/New_York"
callback_number = "+12125550100"
hours = { mon = ["08:00-12:00", "13:00-17:00"], tue = ["08:00-17:00"], sat = ["22:00-06:00"], sun = ["00:00-24:00"] }
holidays = ["2026-11-26"]
special = { "2026-12-24" = ["08:00-12:00"] }
"""
TARGETS = """
[targets]
emergent = { target = "5m", clock = "always" }
urgent = { target = "60m", clock = "always" }
routine = { target = "4h", clock = "open" }
informational = { target = "1 open day", clock = "open" }
warn = [50, 80]
"""

WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("éñß"), min_size=1, max_size=40
).filter(str.strip)


def problems(text: str) -> dict[str, str]:
    """Return path and remedy of everything refused."""
    with pytest.raises(PolicyError) as refusal:
        parse_policy(text)
    assert len(dict(refusal.value.problems)) == len(refusal.value.problems)
    return dict(refusal.value.problems)


def test_the_documented_example_is_taken() -> None:
    policy = parse_policy(PRACTICE + SITE + TARGETS)
    assert (policy.name, policy.short_name, policy.region) == ("Maple Street Family Medicine", "Maple Street", "US")
    [site] = policy.sites
    assert (site.name, site.callback_number, site.records_calls) == ("Main", "+12125550100", False)
    assert site.hours.zone == "America/New_York"
    assert site.hours.weekly == (
        (Span(480, 720), Span(780, 1020)),
        (Span(480, 1020),),
        (),
        (),
        (),
        (Span(1320, 1800),),
        (Span(0, 1440),),
    )
    assert site.hours.holidays == {date(2026, 11, 26)}
    assert site.hours.special == {date(2026, 12, 24): (Span(480, 720),)}
    assert site.targets == {
        Tier.EMERGENT: Target(ClockKind.ALWAYS, seconds=300),
        Tier.URGENT: Target(ClockKind.ALWAYS, seconds=3600),
        Tier.ROUTINE: Target(ClockKind.OPEN, seconds=14400),
        Tier.INFORMATIONAL: Target(ClockKind.OPEN, open_days=1),
    }
    assert policy.warn_percents == (50, 80)


def test_gaps_are_filled_from_the_defaults() -> None:
    policy = parse_policy(PRACTICE + SITE)
    assert policy == parse_policy(PRACTICE + SITE + POLICY_DEFAULTS)
    assert policy.retries.ladders[Tier.URGENT] == Ladder((12, 15), 0, 3, 45)
    assert policy.retries.ladders[Tier.ROUTINE] == Ladder((12,), 1, 3, None)
    assert (policy.retries.busy_minutes, policy.retries.voicemail_from_try) == (7, 2)
    assert (policy.dialling.not_before, policy.dialling.not_after) == (time(8), time(21))
    assert (policy.dialling.dials_per_day, policy.dialling.voicemails_per_day) == (3, 1)
    assert policy.identity_kinds == tuple(IdentityKind)
    assert (policy.identity_needed, policy.identity_failures_allowed) == (2, 2)
    assert (policy.desk.undo_seconds, policy.desk.lease_seconds, policy.desk.heartbeat_seconds) == (60, 120, 30)
    assert (policy.pause_cap_open_days, policy.reopen_days) == (2, 7)
    assert policy.sites[0].hand_off_targets[Tier.URGENT] == Target(ClockKind.ALWAYS, seconds=900)
    assert policy.feed_limit_minutes == {"default": 240, "csv": 240, "ringcentral": 120, "twilio": 240}


def test_one_written_value_leaves_its_neighbours_at_their_defaults() -> None:
    policy = parse_policy(PRACTICE + SITE + '[desk]\nundo_seconds = 90\n[targets]\nurgent = { target = "30m" }\n')
    assert (policy.desk.undo_seconds, policy.desk.lease_seconds) == (90, 120)
    assert policy.sites[0].targets[Tier.URGENT] == Target(ClockKind.ALWAYS, seconds=1800)
    assert policy.sites[0].targets[Tier.ROUTINE] == Target(ClockKind.OPEN, seconds=14400)


def test_a_site_carries_only_what_differs() -> None:
    second = SITE.replace('"Main"', '"Branch"') + (
        "records_calls = true\n"
        '[site.targets]\nurgent = { target = "15m" }\nroutine = { target = "8h", clock = "always" }\n'
        '[site.hand_off_targets]\nurgent = { target = "5m" }\n'
    )
    main, branch = parse_policy(PRACTICE + SITE + second).sites
    assert branch.targets[Tier.URGENT] == Target(ClockKind.ALWAYS, seconds=900)
    assert branch.targets[Tier.ROUTINE] == Target(ClockKind.ALWAYS, seconds=8 * 3600)
    assert branch.targets[Tier.INFORMATIONAL] == main.targets[Tier.INFORMATIONAL]
    assert branch.hand_off_targets[Tier.URGENT] == Target(ClockKind.ALWAYS, seconds=300)
    assert main.targets[Tier.URGENT] == Target(ClockKind.ALWAYS, seconds=3600)
    assert (main.records_calls, branch.records_calls) == (False, True)


def test_dates_may_stand_without_quotes_and_a_special_day_may_be_shut() -> None:
    text = SITE.replace('["2026-11-26"]', "[2026-11-26, 2026-12-25]").replace('["08:00-12:00"] }', "[] }")
    hours = parse_policy(PRACTICE + text).sites[0].hours
    assert hours.holidays == {date(2026, 11, 26), date(2026, 12, 25)}
    assert hours.special == {date(2026, 12, 24): ()}


@pytest.mark.parametrize(
    ("written", "instead", "path", "remedy"),
    [
        ('"America/New_York"', '"America/NewYork"', "site[0].zone", '"America/New_York"'),
        ('"America/New_York"', '"../etc/passwd"', "site[0].zone", "write a time zone"),
        ('"13:00-17:00"', '"1pm-5pm"', "site[0].hours.mon[1]", '"08:00-17:00"'),
        ('"13:00-17:00"', '"13:00-25:00"', "site[0].hours.mon[1]", '"08:00-17:00"'),
        ('"13:00-17:00"', '"13:00-13:00"', "site[0].hours.mon[1]", '"00:00-24:00"'),
        ('"13:00-17:00"', '"11:00-17:00"', "site[0].hours.mon[1]", "overlaps"),
        ('"13:00-17:00"', "17", "site[0].hours.mon[1]", "not 17"),
        ('["08:00-17:00"]', '"08:00-17:00"', "site[0].hours.tue", "square brackets"),
        ("tue =", "tues =", "site[0].hours.tues", 'did you mean "tue"?'),
        ('["2026-11-26"]', '["26/11/2026"]', "site[0].holidays[0]", '"2026-11-26"'),
        ('["2026-11-26"]', "[2026-11-26T08:00:00]", "site[0].holidays[0]", '"2026-11-26"'),
        ('"2026-12-24"', '"24.12."', 'site[0].special."24.12."', '"2026-12-24"'),
        ('"+12125550100"', '"(212) 555-0100"', "site[0].callback_number", '"+12125550100"'),
        ('"Main"', '" "', "site[0].name", "a name"),
        ("holidays", "holliday", "site[0].holliday", 'did you mean "holidays"?'),
        ('"US"', '"USA"', "practice.region", '"US"'),
        ('"US"', '"ZZ"', "practice.region", '"US" or "GB", not "ZZ"'),
        ('"US"', '"UK"', "practice.region", '"GB"'),
        ('short_name = "Maple Street"\n', "", "practice.short_name", "it is missing"),
        ('"60m"', '"an hour"', "targets.urgent.target", '"60m"'),
        ('"60m"', '"0m"', "targets.urgent.target", '"60m"'),
        ('"60m"', "60", "targets.urgent.target", "not 60"),
        ('"60m", clock = "always"', '"60m", clock = "day"', "targets.urgent.clock", '"always" or "open"'),
        ('"1 open day", clock = "open"', '"1 open day", clock = "always"', "targets.informational.clock", '"open"'),
        ("[50, 80]", "[80, 50]", "targets.warn", "rising"),
        ("[50, 80]", "[]", "targets.warn", "one or two"),
        ("[50, 80]", "[50, 100]", "targets.warn[1]", "between 1 and 99"),
        ("[50, 80]", "[true]", "targets.warn[0]", "not true"),
        ("urgent =", "urgnt =", "targets.urgnt", 'did you mean "urgent"?'),
        ("[targets]", "[target]", "target", 'did you mean "targets"?'),
    ],
)
def test_a_mistake_is_named_by_its_path_with_what_would_be_right(
    written: str, instead: str, path: str, remedy: str
) -> None:
    text = PRACTICE + SITE + TARGETS
    assert written in text
    found = problems(text.replace(written, instead, 1))
    assert path in found
    assert remedy in found[path]


@pytest.mark.parametrize(
    ("section", "path", "remedy"),
    [
        ("[desk]\nundo_seconds = true", "desk.undo_seconds", "whole number from 1 to 3600, not true"),
        ("[desk]\nundo_seconds = 0", "desk.undo_seconds", "whole number"),
        ("[desk]\nheartbeat_seconds = 100", "desk.heartbeat_seconds", "half of lease_seconds"),
        ("[desk]\nlock_after_seconds = 60", "desk.lock_after_seconds", "no less than curtain"),
        ("[desk]\nundo = 60", "desk.undo", 'did you mean "undo_seconds"?'),
        ("[dialling]\nnot_before = '8 am'", "dialling.not_before", '"08:00"'),
        ("[dialling]\nnot_before = '22:00'", "dialling.not_after", "later than not_before"),
        ("[dialling]\ndials_per_day = 1.5", "dialling.dials_per_day", "not 1.5"),
        ("[identity]\nkinds = ['name', 'address']", "identity.kinds[0]", "date_of_birth"),
        ("[identity]\nkinds = ['address', 'address']", "identity.kinds[1]", "once"),
        ("[identity]\nkinds = ['address']", "identity.needed", "no more than the 1"),
        ("[feeds.limit_minutes]\ntwilio = 0", "feeds.limit_minutes.twilio", "whole number"),
        ("[feeds.limit_minutes]\nvoicemail = 0", "feeds.limit_minutes.voicemail", "from 1 to 10080"),
        ("[feeds]\nlimits = 3", "feeds.limits", 'did you mean "limit_minutes"?'),
        ("[retries]\nbusy_minutes = 'soon'", "retries.busy_minutes", 'not "soon"'),
        ("[retries.urgent]\nstep_minutes = [12, -1]", "retries.urgent.step_minutes[1]", "not -1"),
        ("[retries.urgent]\nsteps = []", "retries.urgent.steps", 'did you mean "step_minutes"?'),
        ("[hand_off_targets]\nroutine = { target = 'soon' }", "hand_off_targets.routine.target", '"4h"'),
        ("[scorecard]\ncall_back_in_office = 120", "scorecard.call_back_in_office", "call_back_in_office_minutes"),
        ("[scorecard]\nsatisfaction = 5.1", "scorecard.satisfaction", "a number from 1 to 5, not 5.1"),
        ("[scripts]\ngreeting = 'hello'", "scripts", "no such setting"),
    ],
)
def test_a_mistake_in_a_further_section_is_named(section: str, path: str, remedy: str) -> None:
    found = problems(PRACTICE + SITE + section)
    assert path in found
    assert remedy in found[path]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", "practice.name"),
        ("", "practice.region"),
        ("", "site"),
        (PRACTICE, "site"),
        (PRACTICE + '[site]\nname = "Main"\n', "site"),
        ('site = "Main"\npractice = "Maple"\n', "practice"),
        (PRACTICE + "[[site]]\n", "site[0].callback_number"),
        (PRACTICE + SITE.replace("hours =", "hours = {}\n#"), "site[0].hours"),
        (PRACTICE + SITE + SITE, "site[1].name"),
        ("desk = 3\n" + PRACTICE + SITE, "desk"),
        ("[practice\n", "file"),
    ],
)
def test_what_is_missing_or_misplaced_is_named(text: str, path: str) -> None:
    assert path in problems(text)


@pytest.mark.parametrize("windows", ["9" * 5000, "[" * 5000 + "]" * 5000])
def test_what_no_reader_can_hold_is_refused_with_a_sentence(windows: str) -> None:
    assert (
        "too long, or its lists stand too deep" in problems(f"{PRACTICE}{SITE}\n[batch]\nwindows = {windows}")["file"]
    )


def test_a_table_is_asked_for_as_a_file_writes_it() -> None:
    found = problems(PRACTICE + SITE.replace("hours =", "targets = 5\nhours ="))
    assert found["site[0].targets"] == "write a table, such as [site.targets], not 5"


def test_control_characters_of_a_file_are_not_said_back() -> None:
    found = problems(f'{PRACTICE}{SITE}\n[feeds.limit_minutes]\n"a\\u001b[31m" = "b\\u001b]0;c\\u0007"')
    assert found == {
        'feeds.limit_minutes."a\ufffd[31m"': 'write a whole number from 1 to 10080, not "b\ufffd]0;c\ufffd"'
    }


def test_a_calendar_that_stays_shut_for_more_than_a_year_is_refused() -> None:
    sundays = ", ".join(f'"{date.fromordinal(date(2026, 1, 4).toordinal() + 7 * n)}"' for n in range(60))
    text = SITE.replace("mon =", 'sun = ["08:00-12:00"] }\n# ').replace('["2026-11-26"]', f"[{sundays}]")
    text = text.replace("special", "# ")
    assert "more than a year" in problems(PRACTICE + text)["site[0].holidays"]


@pytest.mark.parametrize(
    "other", ["1", "-3", "1e9", "true", '"x"', "[]", "[1]", "[[]]", "{}", "{ x = 1 }", "1979-05-27"]
)
def test_any_other_value_is_taken_or_refused_in_its_own_section(other: str) -> None:
    lines = (PRACTICE + SITE + POLICY_DEFAULTS).splitlines()
    section, refused = "", 0
    for number, line in enumerate(lines):
        key, equals, _ = line.partition(" = ")
        if not equals:
            section = line.strip("[]").replace("site", "site[0]") if line else section
            continue
        try:
            parse_policy("\n".join([*lines[:number], f"{key} = {other}", *lines[number + 1 :]]))
        except PolicyError as refusal:
            refused += 1
            assert [path for path, _ in refusal.problems if not path.startswith(section)] == []  # noqa: PT017 - most pass
    assert refused > 5


def test_every_problem_is_reported_at_once() -> None:
    text = (PRACTICE + SITE + TARGETS).replace("US", "us").replace("13:00-17:00", "1-5").replace("[50, 80]", "[0]")
    assert set(problems(text)) == {"practice.region", "site[0].hours.mon[1]", "targets.warn[0]"}


@given(WORDS, WORDS)
def test_a_new_practices_file_says_what_was_given(name: str, short_name: str) -> None:
    text = new_policy_text(
        name=name, short_name=short_name, zone="Europe/Berlin", region="DE", callback_number="+4930123456"
    )
    policy = parse_policy(text)
    assert (policy.name, policy.short_name) == (" ".join(name.split()), " ".join(short_name.split()))
    assert policy.sites[0].hours.weekly == (((Span(480, 1020),),) * 5 + ((), ()))
    assert (policy.sites[0].hours.zone, policy.region) == ("Europe/Berlin", "DE")


@given(st.text(max_size=30))
def test_outside_text_never_breaks_a_new_practices_file(name: str) -> None:
    given_words = {"short_name": "Maple", "zone": "Europe/Berlin", "region": "DE", "callback_number": "+4930123456"}
    expected = clean_line(name)
    if expected:
        assert parse_policy(new_policy_text(name=name, **given_words)).name == expected
    else:
        with pytest.raises(PolicyError, match=r"practice\.name"):
            new_policy_text(name=name, **given_words)


def test_a_new_practices_file_with_a_bad_zone_is_refused() -> None:
    with pytest.raises(PolicyError, match="America/Chicago"):
        new_policy_text(name="A", short_name="B", zone="America/Chicag", region="US", callback_number="+12125550100")


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Target(ClockKind.ALWAYS, seconds=300), "5m"),
        (Target(ClockKind.ALWAYS, seconds=3600), "60m"),
        (Target(ClockKind.OPEN, seconds=14400), "4h"),
        (Target(ClockKind.OPEN, seconds=9000), "150m"),
        (Target(ClockKind.OPEN, open_days=1), "1 open day"),
        (Target(ClockKind.OPEN, open_days=3), "3 open days"),
    ],
)
def test_a_target_is_written_as_it_can_be_read(target: Target, text: str) -> None:
    assert target_text(target) == text
    written = TARGETS.replace("4h", text).replace('clock = "open"', f'clock = "{target.clock}"', 1)
    assert parse_policy(PRACTICE + SITE + written).sites[0].targets[Tier.ROUTINE] == target
