"""Days changed in the policy's text: it says what was asked for, and its comments and its order stay."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.errors import DeskError, PolicyError
from callback_tui.rules.closed_days import spans_said
from callback_tui.rules.policy_edit import edited
from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.closed_days import DayEdit, PolicyEdits
from callback_tui.views.policy import Span

THANKSGIVING, CHRISTMAS_EVE, CHRISTMAS = date(2026, 11, 26), date(2026, 12, 24), date(2026, 12, 25)
MORNING = (Span(480, 720),)
HEAD = """\
# The policy of a made-up practice
[practice]
name = "Maple Street Family Medicine"
short_name = "Maple Street"   # says nothing of a condition
region = "US"
"""
PLAIN = """
[[site]]   # one line each
name = "Main"
zone = "America/New_York"
callback_number = "+12125550100"
hours.mon = ["08:00-17:00"]
holidays = []   # none yet
special = {}   # nor these
"""
TARGETS = """
[targets]   # stands between two sites
routine = { target = "3h", clock = "open" }
"""
SPREAD = """
[[site]]
name = "West"   # the youngest
zone = "America/Los_Angeles"
callback_number = "+12125550102"
hours = { mon = ["08:00-12:00", "13:00-17:00"] }
holidays = [
  # by hand
  "2026-11-26",   # Thanksgiving
  2026-12-25,     # Christmas
]
[site.special]
"2026-12-24" = ["08:00-12:00"]   # half a day
[site.targets]
urgent = { target = "30m" }   # nearer to the hospital
"""
BARE = """
[[site]]
name = "Riverside"
zone = "America/Chicago"
callback_number = "+12125550101"
hours = { tue = ["08:00-17:00"] }
[site.targets]
routine = { target = "2h" }
"""
DOTTED = """
[[site]]
name = "North"
zone = "America/Denver"
callback_number = "+12125550103"
hours.wed = ["08:00-17:00"]
special."2026-12-31" = []   # a day off
"""
SITES = {"Main": PLAIN, "West": SPREAD, "Riverside": BARE, "North": DOTTED}
WHOLE = HEAD + PLAIN + TARGETS + SPREAD + BARE + DOTTED


def edit(text: str, *edits: DayEdit) -> str:
    """Return the text with days changed."""
    return edited(text, PolicyEdits(edits))


def said(text: str, site: str, day: date) -> tuple[Span, ...] | None:
    """Return what a policy text says of a day."""
    return spans_said(parse_policy(text).site(site), day)


@pytest.mark.parametrize("site", SITES)
def test_each_way_to_write_a_site_takes_each_change(site: str) -> None:
    for spans in ((), MORNING, None, (Span(0, 1440),), (Span(480, 720), Span(1320, 1800))):
        text = edit(WHOLE, DayEdit(site, CHRISTMAS_EVE, spans))
        assert said(text, site, CHRISTMAS_EVE) == spans
        assert edit(text, DayEdit(site, CHRISTMAS_EVE, spans)) == text


def test_a_closed_day_is_added_in_its_place_and_nothing_else_changes() -> None:
    closed = edit(WHOLE, DayEdit("Main", THANKSGIVING, ()))
    assert closed == WHOLE.replace("holidays = []   # none", 'holidays = ["2026-11-26"]   # none')
    both = edit(WHOLE, DayEdit("West", date(2026, 12, 1), ()))
    assert re.search(r'# Thanksgiving\n  "2026-12-01",\n  2026-12-25, +# Christmas', both)
    assert edit(both, DayEdit("West", date(2026, 12, 1), None)) == WHOLE


def test_a_line_that_is_taken_out_takes_its_own_comment_and_no_other() -> None:
    text = edit(WHOLE, DayEdit("West", CHRISTMAS, None), DayEdit("West", CHRISTMAS_EVE, None))
    assert comments(WHOLE) - comments(text) == {"# Christmas", "# half a day"}


def test_the_offered_region_is_written_where_there_was_none() -> None:
    text = edited(WHOLE, PolicyEdits(holidays_of={"Riverside": "US-IL"}))
    assert text == WHOLE.replace(
        'hours = { tue = ["08:00-17:00"] }\n', 'hours = { tue = ["08:00-17:00"] }\nholidays_of = "US-IL"\n\n'
    )
    assert [site.holidays_of for site in parse_policy(text).sites] == ["US", "US", "US-IL", "US"]


@pytest.mark.parametrize(
    ("edits", "sentence"),
    [
        ([DayEdit("Nowhere", CHRISTMAS, ())], "Main, West, Riverside, North"),
        ([DayEdit("Main", CHRISTMAS, (Span(480, 720), Span(660, 900)))], "let it begin after the span before it"),
        ([DayEdit("Main", date(2199, 12, 31) + timedelta(days=1), ())], "write the day as"),
        ([DayEdit("Main", date(2026, 11, 30) + timedelta(weeks=week), ()) for week in range(60)], "no open time"),
    ],
)
def test_what_the_policy_cannot_hold_is_refused(edits: Sequence[DayEdit], sentence: str) -> None:
    with pytest.raises(DeskError, match=re.escape(sentence)):
        edit(WHOLE, *edits)


def test_an_unwritten_region_is_refused() -> None:
    with pytest.raises(PolicyError, match="US-NY"):
        edited(WHOLE, PolicyEdits(holidays_of={"Main": "New York"}))


def test_a_text_that_only_looks_like_a_site_is_left_alone() -> None:
    hidden = WHOLE.replace('short_name = "Maple Street"', 'short_name = """Maple \\\n[[site]]\nStreet"""')
    text = edit(hidden, DayEdit("Main", CHRISTMAS, ()))
    assert said(text, "Main", CHRISTMAS) == ()
    assert text.startswith(hidden[: hidden.index("holidays")])


def test_sites_in_one_list_are_changed_too() -> None:
    site = 'name = "Main", zone = "UTC", callback_number = "+12125550100", hours = { mon = ["08:00-17:00"] }'
    one = f"site = [{{ {site} }}]\n"
    assert said(edit(one + HEAD, DayEdit("Main", CHRISTMAS, ())), "Main", CHRISTMAS) == ()


def test_a_change_that_would_disturb_another_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit(WHOLE, DayEdit("Main", CHRISTMAS, ()))
    monkeypatch.setattr("callback_tui.rules.policy_edit._insert", lambda days, _day: days.append("2026-12-26"))
    with pytest.raises(DeskError) as refused:
        edit(WHOLE, DayEdit("Main", CHRISTMAS, ()))
    assert refused.value.code == "policy_by_hand"


days = st.dates(date(2026, 11, 20), date(2027, 1, 5))
spans = st.sampled_from([None, (), MORNING, (Span(480, 720), Span(780, 1440))])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.builds(DayEdit, st.sampled_from(sorted(SITES)), days, spans), min_size=1, max_size=8))
def test_any_changes_say_what_was_asked_and_keep_every_comment_that_is_no_days(edits: list[DayEdit]) -> None:
    text = edit(WHOLE, *edits)
    last = {(each.site, each.day): each.spans for each in edits}
    assert {key: said(text, *key) for key in last} == last
    assert comments(WHOLE) - comments(text) <= {"# Christmas", "# Thanksgiving", "# half a day", "# a day off"}
    assert [line for line in text.splitlines() if line.startswith("[")] == [
        line for line in WHOLE.splitlines() if line.startswith("[")
    ]


def comments(text: str) -> set[str]:
    """Return the comments of a text."""
    return {match.strip() for match in re.findall(r"#.*", text)}
