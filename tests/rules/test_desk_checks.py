"""What `doctor` says of an open desk: each fact that is not in order, and what to do then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.desk_checks import desk_checks, worst
from callback_tui.views.desk import AuditVerdict, FeedLine
from callback_tui.views.doctor import Check, CheckState, DeskFacts, OnCallFacts
from callback_tui.views.policy import OnCallPerson, Policy
from tests.rules.clocks import POLICY, SITE, ny

NOW = ny("24 09:00")
FACTS = DeskFacts(
    schema_version=1,
    damage="",
    verdict=AuditVerdict(1200, sound=True),
    feeds=(FeedLine("csv", None, NOW, silent=False),),
    newest_at=NOW,
    drift_seconds=0,
    lost_sessions=0,
    open_calls=0,
    overdue={Tier.URGENT: 0},
    on_call=OnCallFacts(),
)
ROSTER = replace(POLICY.on_call, roster=(OnCallPerson("Dr. Lee", ()),), command=("page",))
IN_ORDER = replace(
    POLICY,
    sites=(replace(SITE, hours=replace(SITE.hours, holidays=frozenset({date(2026, 11, 26)}))),),
    on_call=ROSTER,
)


def found(facts: DeskFacts = FACTS, policy: Policy = IN_ORDER) -> dict[str, Check]:
    """Return the checks that are not ok, by name."""
    return {check.name: check for check in desk_checks(facts, policy, NOW) if check.state is not CheckState.OK}


def test_a_desk_in_order_has_nothing_to_do() -> None:
    checks = desk_checks(FACTS, IN_ORDER, NOW)
    assert found() == {}
    assert worst(checks) is CheckState.OK
    assert all(check.sentence.endswith(".") and not check.next_step for check in checks)
    assert len({check.name for check in checks}) == len(checks) == 11


@pytest.mark.parametrize(
    ("change", "name", "state", "words"),
    [
        ({"damage": "row 3 missing from index"}, "integrity", "wrong", "The database is damaged."),
        ({"verdict": None}, "audit", "look", "only a supervisor or an admin may"),
        ({"verdict": AuditVerdict(9, False, 4, "an entry is missing before this one")}, "audit", "wrong", "at entry 4"),
        ({"newest_at": NOW + timedelta(hours=3)}, "clock", "wrong", "3 h behind what the desk wrote last"),
        ({"drift_seconds": -7200}, "clock", "look", "set back by 2 h since it started"),
        ({"drift_seconds": 120}, "clock", "look", "set forward by 2 min"),
        ({"feeds": ()}, "feeds", "look", "Nothing was imported yet."),
        (
            {"feeds": (FeedLine("csv", None, ny("23 16:00"), silent=True),)},
            "feeds",
            "look",
            "Messages may be missing: csv silent since 16:00 yesterday.",
        ),
        ({"on_call": OnCallFacts(is_found=False)}, "on_call", "wrong", "The on-call command page cannot be found"),
        ({"on_call": OnCallFacts(failed=2)}, "on_call", "look", "failed 2, alerts that nobody answered 0."),
        ({"on_call": OnCallFacts(unanswered=1)}, "on_call", "look", "alerts that nobody answered 1."),
        ({"on_call": OnCallFacts(is_watched=False)}, "on_call", "look", "only an open desk looks after it now"),
        ({"lost_sessions": 3}, "sessions", "look", "3 sign-ins were never ended"),
        ({"open_calls": 2}, "calls", "look", "2 calls are over without an outcome."),
        (
            {"overdue": {Tier.ROUTINE: 4, Tier.URGENT: 1}},
            "overdue",
            "look",
            "Past their due time: 1 urgent, 4 routine.",
        ),
    ],
)
def test_what_is_not_in_order_is_said_with_what_to_do(
    change: dict[str, object], name: str, state: str, words: str
) -> None:
    checks = found(replace(FACTS, **change))  # type: ignore[arg-type] # one field of its own type each
    assert list(checks) == [name]
    assert (checks[name].state, words in checks[name].sentence) == (state, True)
    assert checks[name].next_step
    assert worst(checks.values()) == state


def test_without_a_roster_it_says_what_that_means() -> None:
    without = replace(IN_ORDER, on_call=POLICY.on_call)
    assert "nobody is fetched" in found(policy=without)["on_call"].sentence
    left = found(replace(FACTS, on_call=OnCallFacts(left_alone=12)), without)["on_call"]
    assert left.sentence.endswith(" 12 came so in the last 7 days.")


def test_a_site_without_a_holiday_this_year_is_named() -> None:
    assert found(policy=replace(IN_ORDER, sites=POLICY.sites))["holidays"].sentence.endswith("Main (2026).")
