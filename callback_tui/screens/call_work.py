"""The half of the call screen that works: verbs in threads, notes kept as typed, the claim renewed, the tick."""

import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.timer import Timer
from textual.widgets import TextArea

from callback_tui.errors import DeskError
from callback_tui.rules.speak import desk_zone_of
from callback_tui.rules.when import speak_when
from callback_tui.screens.background import BackgroundScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet, OutcomeResult
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from callback_tui.screens.call_verbs import CallVerbs

Result = TypeVar("Result")


class CallWork(BackgroundScreen[OutcomeResult | None]):
    """Runs one verb at a time and keeps the newest sheet in `sheet`; drawing is left to the screen made of it."""

    NOTE_PAUSE_SECONDS = 1.0
    NOTE_RETRY_SECONDS = 5.0

    def __init__(self, desk: OpenDesk, sheet: CallSheet, verbs: "CallVerbs | None" = None) -> None:
        """Begin with the sheet that starting or resuming the call returned; `verbs` default to the desk's services."""
        from callback_tui.screens.call_verbs import CallVerbs

        super().__init__()
        self.desk = desk
        self.sheet = sheet
        self.verbs = verbs or CallVerbs(desk, sheet.attempt_id, sheet.claim_token)
        self.policy: Policy | None = None
        self.saved_at: datetime | None = sheet.notes_saved_at
        self.typed = sheet.notes
        self._kept = sheet.notes
        self._note_lock = threading.Lock()
        self._note_timer: Timer | None = None
        self.drafts: dict[str, dict[str, str]] = {}
        self._busy = False
        self._waiting: deque[Callable[[], None]] = deque()

    def on_mount(self) -> None:
        """Read the policy and start the tick."""
        self.in_background("read the policy", self.verbs.policy, self._policy_was_read)
        self.set_interval(1, self._tick)

    @property
    def zone(self) -> str:
        """The site's time zone; UTC in the moment before the policy is read."""
        return self.policy.site_of(self.sheet.site).hours.zone if self.policy else "UTC"

    @property
    def desk_zone(self) -> str:
        """The zone of the clock at the desk; the site's own in the moment before the policy is read."""
        return desk_zone_of(self.policy) if self.policy else self.zone

    def say_time_back(self, at: datetime) -> str:
        """Return a coming time as it was understood, in the site's time, and whether anybody is at the desk then."""
        hours = self.policy.site_of(self.sheet.site).hours if self.policy else None
        return speak_when(at, self.desk.clock.now(), self.zone, hours, self.desk_zone)

    @property
    def is_on_top(self) -> bool:
        """Whether no window stands above the call; `is_current` is true below a window one can see past as well."""
        return self.app.screen is self

    @property
    def busy(self) -> bool:
        """Whether a verb is under way."""
        return self._busy

    def after_this(self, action: Callable[[], None]) -> bool:
        """Do an action when the verb under way has ended, and return True; False when none is under way.

        For keys that a practised hand presses faster than a verb is written: they mean what the next sheet says.
        """
        if self._busy:
            self._waiting.append(action)
        return self._busy

    def change_sheet(self, name: str, verb: Callable[[], CallSheet], *, may_wait: bool = False) -> None:
        """Run a verb that returns the next sheet, and show that."""
        self.ask(name, verb, self.sheet_was_changed, may_wait=may_wait)

    def ask(
        self, name: str, verb: Callable[[], Result], then: Callable[[Result], None], *, may_wait: bool = False
    ) -> None:
        """Run a verb in a thread, one at a time: a key held down does nothing twice. `may_wait` lines it up instead."""
        if self._busy:
            if may_wait:
                self._waiting.append(partial(self.ask, name, verb, then))
            return
        self._busy = True
        self.in_background(name, verb, partial(self._verb_ended, then), self._verb_was_refused)

    def _verb_ended(self, then: Callable[[Result], None], result: Result) -> None:
        self._busy = False
        then(result)
        self._go_on()

    def _verb_was_refused(self, refusal: DeskError) -> None:
        self._busy = False
        self.refused(refusal)
        self._go_on()

    def _go_on(self) -> None:
        if self._waiting:
            self._waiting.popleft()()
            if not self._busy:
                self._go_on()

    def save_notes(self) -> None:
        """Save what is typed now, in a thread, if it is not saved already."""
        if self.typed != self._kept:
            self.in_background("save the notes", self.keep_notes, self._notes_were_saved, self._notes_were_not_saved)

    def keep_notes(self) -> datetime | None:
        """Save the newest text and return when; None when it was saved already. Blocks. Raises DeskError."""
        with self._note_lock:
            text = self.typed
            if text == self._kept:
                return None
            at = self.verbs.save_note(text)
            self._kept = text
            return at

    @on(TextArea.Changed, "#notes-text")
    def _notes_were_typed(self, event: TextArea.Changed) -> None:
        self.typed = event.text_area.text
        self._save_notes_in(self.NOTE_PAUSE_SECONDS)

    def _notes_were_saved(self, at: datetime | None) -> None:
        self.saved_at = at or self.saved_at
        self.show_note_trouble("")
        self.draw_header()

    def _notes_were_not_saved(self, refusal: DeskError) -> None:
        self.show_note_trouble(f"Notes not saved, trying again. {refusal.sentence}")
        self._save_notes_in(self.NOTE_RETRY_SECONDS)

    def _save_notes_in(self, seconds: float) -> None:
        if self._note_timer is not None:
            self._note_timer.stop()
        self._note_timer = self.set_timer(seconds, self.save_notes)

    def on_unmount(self) -> None:
        """Keep the last words when the program is left in mid-sentence."""
        try:
            self.keep_notes()
        except DeskError as refusal:
            self.log.error(f"the last words of a note could not be saved: {refusal.code}")

    def renew_claim(self) -> None:
        """Prolong the claim on the patient, in a thread."""
        renewed = partial(self.show_claim_trouble, "")
        self.in_background("renew the claim", self.verbs.heartbeat, lambda _: renewed(), self._claim_was_not_renewed)

    def _claim_was_not_renewed(self, refusal: DeskError) -> None:
        word = "Claim lost" if refusal.code == "claim_lost" else "Claim not renewed"
        self.show_claim_trouble(f"{word}. {refusal.sentence} {refusal.next_step}")

    def _policy_was_read(self, policy: Policy) -> None:
        self.policy = policy
        self.set_interval(policy.desk.heartbeat_seconds, self.renew_claim)
        self.draw()

    def _tick(self) -> None:
        if self in self.app.screen_stack:
            self.draw_header()

    def sheet_was_changed(self, sheet: CallSheet) -> None:
        """Show the newest sheet."""
        self.sheet = sheet
        self.draw()

    def draw(self) -> None:
        """Show the sheet."""
        raise NotImplementedError

    def draw_header(self) -> None:
        """Show the time that went by."""
        raise NotImplementedError

    def show_claim_trouble(self, sentence: str) -> None:
        """Show a red line about the claim, or take it away."""
        raise NotImplementedError

    def show_note_trouble(self, sentence: str) -> None:
        """Show a red line about the notes, or take it away."""
        raise NotImplementedError
