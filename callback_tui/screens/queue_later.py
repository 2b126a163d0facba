"""Verbs on the selected message without a call: priority, later, hand to a clinician, emergency."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import PauseReason, Tier
from callback_tui.rules.later import time_to_call
from callback_tui.rules.when import parse_when, speak_when
from callback_tui.screens.confirm import ConfirmScreen, ReasonScreen
from callback_tui.screens.queue_calls import CallsFromQueue
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet
from callback_tui.views.queue import ItemDone, QueueRow
from callback_tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from callback_tui.screens.form import FormAnswer
    from callback_tui.screens.later_windows import Form

Written = dict[str, str]
_EMERGENCY = "Is this an emergency? The patient is rung now with the emergency numbers on screen; every desk is told."


class LaterFromQueue(CallsFromQueue):
    """The verbs behind p, z, e and F7 of the queue screen; the windows they open know F7 too."""

    _emergency_item: int | None = None
    _drafts: Mapping[tuple[str, int], Written] = MappingProxyType({})

    def action_priority(self) -> None:
        """Offer the four priorities; a lower one asks for the reason."""
        from callback_tui.screens.later_windows import priority_window

        row = self.selected_row()
        if row is not None:
            self.app.push_screen(priority_window(row, self.action_emergency), partial(self._tier_picked, row))

    def action_later(self) -> None:
        """Offer a time, or a pause for one of the two reasons there are."""
        from callback_tui.screens.later_windows import later_window

        row = self.selected_row()
        if row is not None:
            window = later_window(row, self.source.clock.now(), self.action_emergency)
            self.app.push_screen(window, partial(self._later_picked, row))

    def action_escalate(self) -> None:
        """Write what a clinician needs, then hand the message over."""
        from callback_tui.screens.later_windows import HAND_OVER

        row = self.selected_row()
        if row is not None:
            self._write(HAND_OVER, row, partial(self._escalate, row))

    def action_emergency(self) -> None:
        """Raise the selected message to an emergency and ring with the emergency numbers on screen; asks once."""
        row = self.selected_row()
        if row is not None:
            heading = f"Emergency: {row.who}"
            screen = ConfirmScreen(_EMERGENCY, "an emergency: ring now", "leave it as it is", heading=heading)
            self.app.push_screen(screen, partial(self._emergency_confirmed, row))

    def _tier_picked(self, row: QueueRow, key: str | None) -> None:
        from callback_tui.screens.later_windows import LOWER, TIER_OF_KEY

        if key is None:
            return
        tier = TIER_OF_KEY[key]
        if tier.rank > row.clock.tier.rank:
            self._write(LOWER, row, lambda written: self._set_tier(row, tier, written["reason"]))
        else:
            self._set_tier(row, tier, "")

    def _set_tier(self, row: QueueRow, tier: Tier, reason: str, then: Callable[[], None] | None = None) -> None:
        def verb(desk: OpenDesk) -> ItemDone:
            from callback_tui.services.set_priority import set_priority

            return set_priority(desk, row.item_id, tier, reason)

        self._do(verb, then)

    def _later_picked(self, row: QueueRow, key: str | None) -> None:
        from callback_tui.screens.later_windows import AT_A_TIME, PAUSE_OF_KEY, PAUSES

        if key == "1":
            self._write(AT_A_TIME, row, partial(self._schedule, row))
        elif key is not None:
            reason = PAUSE_OF_KEY[key]
            self._write(PAUSES[reason], row, partial(self._pause, row, reason))

    def _schedule(self, row: QueueRow, written: Written, reason: str | None = "") -> None:
        if reason is None:
            return

        def verb(desk: OpenDesk) -> ItemDone:
            from callback_tui.services.schedule_item import schedule_item

            return schedule_item(desk, row.item_id, self._when(row, written), written["words"], reason=reason)

        def refused(error: DeskError) -> None:
            if error.code == "reason_needed" and not reason:
                self.app.push_screen(ReasonScreen(error), partial(self._schedule, row, written))
            else:
                self._not_done(error)

        self._do(verb, refused=refused)

    def _pause(self, row: QueueRow, reason: PauseReason, written: Written) -> None:
        def verb(desk: OpenDesk) -> ItemDone:
            from callback_tui.services.pause_item import pause_item

            return pause_item(desk, row.item_id, self._when(row, written), reason)

        self._do(verb)

    def _escalate(self, row: QueueRow, written: Written) -> None:
        def verb(desk: OpenDesk) -> ItemDone:
            from callback_tui.services.escalate_item import escalate_item

            return escalate_item(desk, row.item_id, written["situation"], written["request"])

        self._do(verb)

    def _emergency_confirmed(self, row: QueueRow, wanted: bool | None) -> None:
        if not wanted:
            return
        ring = partial(self._ring_emergency, row.item_id)
        if row.clock.tier is Tier.EMERGENT:
            ring()
        else:
            self._set_tier(row, Tier.EMERGENT, "seen on the queue", then=ring)

    def _ring_emergency(self, item_id: int) -> None:
        self._emergency_item = item_id
        self.start_call(item_id)

    def _open_call(self, sheet: CallSheet) -> None:
        """Open the call; one that began with F7 shows the emergency numbers at once."""
        from callback_tui.screens.call import CallScreen

        super()._open_call(sheet)
        screen = self.app.screen
        if sheet.item_id == self._emergency_item and isinstance(screen, CallScreen):
            screen.call_after_refresh(screen.action_emergency)
        self._emergency_item = None

    def _when(self, row: QueueRow, written: Written) -> datetime:
        return parse_when(written["when"], self.source.clock.now(), self.site_of(row).hours.zone)

    def _write(self, form: "Form", row: QueueRow, then: Callable[[Written], None]) -> None:
        from callback_tui.screens.later_windows import AT_A_TIME, form_window

        site, snapshot = self.site_of(row), self.snapshot
        hours = site.hours

        def spoken(at: datetime) -> str:
            now, kept_at = self.source.clock.now(), at
            if form is AT_A_TIME and snapshot is not None:
                kept_at, _ = time_to_call(at, row.clock.tier, site, snapshot.policy, now)
            words = speak_when(kept_at, now, hours.zone, hours, self.desk_zone)
            return f"{words}, the earliest we may call" if kept_at > at else words

        draft = (form.heading, row.item_id)

        def closed(answer: "FormAnswer | None") -> None:
            if answer is not None:
                self._drafts = {**self._drafts, draft: answer.values}
                if answer.ready:
                    then(answer.values)

        window = form_window(
            form,
            self._drafts.get(draft, {}),
            now=self.source.clock.now,
            zone=hours.zone,
            on_emergency=self.action_emergency,
            say_back=spoken,
        )
        self.app.push_screen(window, closed)

    def _do(
        self,
        verb: Callable[[OpenDesk], ItemDone],
        then: Callable[[], None] | None = None,
        refused: Callable[[DeskError], None] | None = None,
    ) -> None:
        def done(result: ItemDone) -> None:
            self._drafts = {draft: written for draft, written in self._drafts.items() if draft[1] != result.item_id}
            self.query_one(StatusLine).say(result.sentence, self.source.clock.now(), survives_move=True)
            self.read_queue()
            if then is not None:
                then()

        self.in_background("later", partial(self.source.ask, verb), done, refused or self._not_done)

    def _not_done(self, error: DeskError) -> None:
        self.say(str(error))
        self.read_queue()
