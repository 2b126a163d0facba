"""The pane of a follow-up: what its keys do."""

from dataclasses import replace

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.views.follow_up import Task, TaskSection
from callback_tui.widgets.follow_up_pane import keys_of
from tests.rules.made_up_scorecard import NOW


def test_every_part_names_what_its_keys_do() -> None:
    """Enter first; ringing is named once; only what sleeps can be woken, only a reminder needs a key to be done."""
    task = Task(TaskSection.DUE, 1, 1, "Tom Reid", "labs", "", NOW, "", None)
    parts = {section: dict(keys_of(replace(task, section=section))) for section in TaskSection}
    assert all(next(iter(keys)) == "follow_ups.do" for keys in parts.values())
    assert all(list(keys.values()).count("rings them") == 1 for keys in parts.values())
    assert [section for section, keys in parts.items() if "follow_ups.wake" in keys] == [TaskSection.ASLEEP]
    reminder = dict(keys_of(replace(task, kind=FollowUpKind.REMINDER_CALL)))
    assert reminder == {"follow_ups.do": "rings them", "follow_ups.done": "asks whether it is done"}
