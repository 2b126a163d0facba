"""The message pane: what must be remembered of a patient's wish stands above the words of the message."""

from dataclasses import replace

from callback_tui.clock import FixedClock
from callback_tui.widgets.message_pane import message_content
from tests.screens.made_up import MadeUpQueue


def test_the_note_of_a_late_time_is_shown_where_there_is_one(clock: FixedClock) -> None:
    view = MadeUpQueue(clock).peek(1)
    noted = replace(view, noted="asked for a time later than 24 h; was unable to reach us earlier")
    shown, plain = (
        message_content(each, "America/New_York", clock.now(), body_limit=400).plain for each in (noted, view)
    )
    assert "note        asked for a time later than 24 h; was unable to reach us earlier" in shown
    assert "unable to reach us" not in plain
