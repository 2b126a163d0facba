"""From the queue to a message taken over the counter or by phone, and back to its row."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from callback_tui.rules.priority import TIER_WORDS
from callback_tui.rules.retries import when_words
from callback_tui.rules.taken_down import TakenAt
from callback_tui.screens.queue_base import CURTAIN_SENTENCE
from callback_tui.screens.queue_calls import CallsFromQueue
from callback_tui.views.queue import QueueSnapshot
from callback_tui.widgets.queue_table import QueueTable
from callback_tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from callback_tui.screens.new_message import Draft, Taken

_KEPT = "The new message is not saved yet; it is there again with the next one you take down."
_NOT_SHOWN = "It stands outside what is shown now."


class NewMessagesOfQueue(CallsFromQueue):
    """The verb behind + of the queue screen; what was written and not saved stays while the desk is open."""

    _unsaved: "Draft | None" = None

    def action_new_message(self) -> None:
        """Take down a message, or go on with the one that was not saved."""
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
        else:
            self.take_down({})

    def take_down(self, known: Mapping[str, str]) -> None:
        """Open the form with what is `known` already, unless one that was not saved waits; fields by their names."""
        from callback_tui.screens.new_message import Draft, NewMessageScreen

        snapshot = self.snapshot
        if snapshot is None:
            return
        now, policy = self.source.clock.now(), snapshot.policy
        site = policy.sites[0]
        sites = tuple(each.name for each in policy.sites)
        today = now.astimezone(ZoneInfo(site.hours.zone)).date()
        first = {"site": snapshot.chosen.site or site.name} if len(sites) > 1 else {}
        draft = self._unsaved or Draft(now, {**first, **known})
        screen = NewMessageScreen(self.source, draft, TakenAt(policy.region, today, sites))
        self.app.push_screen(screen, self._form_closed)

    def _form_closed(self, answer: "Draft | Taken | None") -> None:
        from callback_tui.screens.new_message import Draft, Taken

        self._unsaved = answer if isinstance(answer, Draft) and not answer.is_empty else None
        if isinstance(answer, Taken):
            shown = partial(self._show_taken, answer.item_id)
            self.in_background("snapshot", self.source.snapshot, shown, exclusive=True)
        elif self._unsaved is not None:
            self.say(_KEPT)

    def _show_taken(self, item_id: int, snapshot: QueueSnapshot) -> None:
        """Show the queue with the cursor on the message that was taken down, and say when it is due."""
        self.take_snapshot(snapshot)
        row = next((row for row in snapshot.rows if row.item_id == item_id), None)
        if row is None:
            return
        now = self.source.clock.now()
        due = when_words(row.clock.next_due_at, self.site_of(row), snapshot.policy, now)
        words = f"Taken down: {TIER_WORDS[row.clock.tier]}, due {due}."
        if not self.query_one(QueueTable).select(str(item_id)):
            words = f"{words} {_NOT_SHOWN}"
        self.query_one(StatusLine).say(words, now, survives_move=True)
