"""Line 2 of the follow-ups screen: how many of each, the late ones first; and what an empty list says."""

from datetime import datetime

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from callback_tui.rules.follow_up_words import is_late
from callback_tui.rules.speak import clock_time
from callback_tui.views.follow_up import FollowUpsView, TaskSection

_WIDE = 100
_WORDS = {
    TaskSection.HAND_OFF: "handed",
    TaskSection.DUE: "due",
    TaskSection.PROMISED: "promised",
    TaskSection.TO_SEND: "to send",
    TaskSection.NOT_IN_CHART: "to write",
    TaskSection.ASLEEP: "asleep",
}


class TaskCounts(Static):
    """Says the counts in words; no noughts before the list was read."""

    shown: reactive[Content] = reactive(Content.empty)

    def tell(self, view: FollowUpsView | None, now: datetime) -> None:
        """Count what is late at this moment."""
        if view is None:
            self.shown = Content.styled("Reading the follow-ups.", "$dim")
            return
        gap = "   " if self.content_size.width >= _WIDE - 2 else "  "
        late = sum(is_late(task, now) for task in view.tasks)
        parts: list[tuple[str, str]] = [(f"▲ {late} late", "bold $late" if late else "$dim")]
        for group in view.groups:
            if group.count:
                count = f"{gap}{group.count}{'+' if group.more else ''}"
                longer = [*parts, (count, "bold $foreground"), (f" {_WORDS[group.section]}", "$dim")]
                if sum(len(text) for text, _ in longer) > self.content_size.width:
                    break
                parts = longer
        self.shown = Content.assemble(*parts)

    def render(self) -> Content:
        """Return the line as last told."""
        return self.shown


def empty_words(view: FollowUpsView) -> str:
    """Return the sentence an empty list shows: as of when, and that nothing is forgotten."""
    zone = view.policy.sites[0].hours.zone
    return (
        f"Nothing is left to do after calls as of {clock_time(view.as_of, zone)}. "
        "What a call promises, raises or leaves unwritten comes here by itself."
    )
