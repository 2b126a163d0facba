"""The lists of the day: what stands on each, once, and that they fit on paper."""

from dataclasses import replace
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import Channel, ItemState, Role, Tier
from callback_tui.rules.day_list_lines import paper
from callback_tui.rules.day_lists import cannot_wait, handover, huddle, morning_of, next_day_opening, night_before
from callback_tui.rules.queue_order import calling_order
from callback_tui.views.day_list import Arrived, CallOpen, DayList
from callback_tui.views.desk import Actor, FeedLine
from callback_tui.views.follow_up import FollowUpsView, Task, TaskGroup, TaskSection
from callback_tui.views.queue import Assigned, Holder, QueueRow, QueueSnapshot
from tests.rules.clocks import POLICY, SITE, ny
from tests.rules.test_queue_order import row

DANA = Actor(7, "dana", "Dana Ruiz", Role.NURSE)


def named(number: int, who: str, tier: Tier, due: str, *, attempts: int = 1) -> QueueRow:
    return replace(row(number, tier, due), who=who, attempts=attempts)


def promised(of: QueueRow, at: str) -> QueueRow:
    return replace(of, clock=replace(of.clock, scheduled_at=ny(at), next_due_at=ny(at)))


def seen(rows: list[QueueRow], now: str, *, asleep: tuple[QueueRow, ...] = (), silent: bool = False) -> QueueSnapshot:
    at = ny(now)
    return QueueSnapshot(
        rows=tuple(sorted(rows, key=calling_order)),
        asleep=asleep,
        feeds=(FeedLine("voicemail", at, at - timedelta(hours=9), silent),),
        newest_message_at=at,
        last_import_at=at,
        policy=POLICY,
        as_of=at,
        is_demo=True,
    )


def task(number: int, section: TaskSection, who: str, at: str, *, whose_id: int | None = 7, item: int = 900) -> Task:
    return Task(section, number, item + number, who, "call again", "", ny(at), "Dana Ruiz", whose_id)


def to_do(*tasks: Task) -> FollowUpsView:
    groups = tuple(
        TaskGroup(section, tuple(each for each in tasks if each.section is section), 0) for section in TaskSection
    )
    return FollowUpsView(groups, POLICY, True, ny("23 16:30"))


def people(made: DayList) -> dict[str, list[str]]:
    """Return who stands in which part."""
    return {part.heading: [line.split(",")[0].split(":")[0] for line in part.lines] for part in made.sections}


def test_what_cannot_wait_until_tomorrow() -> None:
    """On Monday 16:30, the desk opens again on Tuesday 08:00; each person stands on the list once."""
    rows = [
        named(1, "Urgent", Tier.URGENT, "23 17:10"),
        named(2, "Handed", Tier.ROUTINE, "23 18:00"),
        named(3, "Late", Tier.ROUTINE, "23 14:00", attempts=0),
        named(4, "Retry", Tier.ROUTINE, "23 16:50"),
        named(5, "At eight", Tier.ROUTINE, "24 08:00"),
        named(6, "Tomorrow", Tier.ROUTINE, "24 08:01"),
        promised(named(7, "Tonight", Tier.ROUTINE, "23 19:00"), "23 19:00"),
    ]
    rows[1] = replace(rows[1], state=ItemState.ESCALATED)
    asleep = replace(promised(named(8, "Asleep", Tier.ROUTINE, "23 18:00"), "23 18:00"), state=ItemState.ASLEEP)
    words = to_do(
        task(1, TaskSection.PROMISED, "Our word", "23 18:30"),
        task(2, TaskSection.PROMISED, "Later word", "24 09:00"),
        task(3, TaskSection.DUE, "A letter", "23 17:00"),
        task(-893, TaskSection.PROMISED, "Tonight again", "23 19:00"),
    )
    made = cannot_wait(seen(rows, "23 16:30", asleep=(asleep,)), words, "Dana Ruiz")
    assert people(made) == {
        "Emergent and urgent, still open": ["Urgent"],
        "Waiting for a clinician": ["Handed"],
        "Late and not called yet": ["Late"],
        "Promised before the desk opens tomorrow": ["Tonight", "Asleep"],
        "Given our word on": ["Our word"],
        "Due before the desk opens tomorrow": ["Retry", "At eight"],
    }
    assert made.count == 8


def test_the_morning_huddle() -> None:
    """On Tuesday 07:45: the night began on Monday 17:00; the first hour ends at 09:00."""
    night, before = ny("23 22:00"), ny("23 15:00")

    def came(of: QueueRow, at: datetime) -> QueueRow:
        return replace(of, clock=replace(of.clock, started_at=at))

    rows = [
        came(named(1, "Night urgent", Tier.URGENT, "23 23:00"), night),
        came(named(2, "Night refill", Tier.ROUTINE, "24 12:00"), night),
        came(named(3, "Old refill", Tier.ROUTINE, "24 12:00"), before),
        came(named(4, "First hour", Tier.ROUTINE, "24 09:00"), before),
        came(promised(named(5, "Promise", Tier.ROUTINE, "24 15:00"), "24 15:00"), before),
    ]
    sleeper = named(6, "Wakes", Tier.ROUTINE, "24 14:00")
    sleeper = replace(sleeper, clock=replace(sleeper.clock, asleep_until=ny("24 14:00")), state=ItemState.ASLEEP)
    later = replace(sleeper, item_id=7, clock=replace(sleeper.clock, asleep_until=ny("25 09:00")))
    arrived = (Arrived(Tier.URGENT, 2, 1), Arrived(Tier.ROUTINE, 1, 0))
    view = seen(rows, "24 07:45", asleep=(sleeper, later), silent=True)
    made = huddle(view, to_do(task(1, TaskSection.PROMISED, "Our word", "24 16:00")), arrived, "Dana Ruiz")
    assert people(made) == {
        "Urgent, came in over night": ["Night urgent"],
        "Due in the first 60 min": ["First hour"],
        "Promised for today": ["Promise"],
        "Given our word on": ["Our word"],
        "Asleep, wakes today": ["Wakes"],
        "Came in over night": ["Night refill"],
        "Sources that fell silent": ["voicemail silent since 22"],
    }
    assert made.foreword == ("Since the desk closed 17:00 yesterday, 3 came in: 2 urgent (1 called since), 1 routine.",)
    quiet = huddle(seen([], "24 07:45"), to_do(), (), "Dana Ruiz")
    assert quiet.foreword == ("Nothing came in since the desk closed 17:00 yesterday.",)
    assert "Nothing waits this morning." in paper(quiet)


def test_the_handover_is_ones_own() -> None:
    rows = [
        replace(named(1, "Held", Tier.ROUTINE, "23 18:00"), holder=Holder(7, "Dana", ny("23 16:20"), 1)),
        replace(named(2, "Held by Sam", Tier.ROUTINE, "23 18:00"), holder=Holder(8, "Sam", ny("23 16:20"), 2)),
        replace(named(3, "Given", Tier.ROUTINE, "23 18:00"), assigned_to=Assigned("Dana", Role.NURSE, 7)),
        replace(named(4, "Given to Sam", Tier.ROUTINE, "23 18:00"), assigned_to=Assigned("Sam", Role.NURSE, 8)),
    ]
    tasks = to_do(
        task(1, TaskSection.PROMISED, "My word", "24 16:00"),
        task(2, TaskSection.PROMISED, "Word of Sam", "24 16:00", whose_id=8),
        task(3, TaskSection.DUE, "My labs", "24 16:00"),
        task(4, TaskSection.HAND_OFF, "Handed", "23 16:00", whose_id=None),
    )
    calls = (CallOpen(1, "Cut off", ny("23 15:00")),)
    assert people(handover(seen(rows, "23 16:30"), tasks, calls, DANA)) == {
        "Calls without an outcome": ["Cut off"],
        "Being rung by me": ["Held"],
        "Given to me": ["Given"],
        "I gave my word on": ["My word"],
        "Mine to do": ["My labs"],
        "Waiting for a clinician, anybody's": ["Handed"],
    }


def test_a_list_fits_on_paper() -> None:
    """Eighty columns, a heading that says what, whose and when, no sign that a printer or a terminal obeys."""
    long = named(1, "Rosa Delgado " * 6 + "\x1b[2J\x0c", Tier.URGENT, "23 17:10")
    long = replace(long, summary="chest pain " * 12, prefers=Channel.TEXT)
    text = paper(cannot_wait(seen([long], "23 16:30"), to_do(), "Dana Ruiz"))
    lines = text.splitlines()
    assert lines[0] == "Maple Street Family Medicine".ljust(54) + "Cannot wait until tomorrow"
    assert lines[1] == "As of Mon 23 Nov 2026 16:30 (America/New_York), for Dana Ruiz; made-up people"
    assert max(len(line) for line in lines) <= 80
    assert not {character for character in text if not character.isprintable()} - {"\n"}
    assert "[ ] Rosa Delgado" in text
    assert "prefers text" in text
    assert lines[-1] == "End of the list, 16:30."
    empty = paper(cannot_wait(seen([], "23 16:30"), to_do(), "Dana Ruiz"))
    assert "Nothing has to be done before the desk opens tomorrow." in empty


def test_mornings_and_nights_leave_out_days_that_are_shut() -> None:
    """Friday's night lasts until Monday; Thanksgiving is a day off."""
    hours = replace(SITE.hours, holidays=frozenset({ny("26 12:00").date()}))
    assert next_day_opening(SITE, ny("27 16:30")) == ny("30 08:00")
    assert night_before(hours, ny("30 07:30")) == ny("27 17:00")
    assert night_before(hours, ny("27 07:30")) == ny("25 17:00")
    assert morning_of(hours, ny("27 10:00")) == ny("27 08:00")
    assert morning_of(hours, ny("28 10:00")) == ny("30 08:00")
