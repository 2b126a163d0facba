"""The line above the keys: what was just done, with the key that takes it back, or why something was not done."""

from datetime import datetime, timedelta

from textual.content import Content
from textual.widgets import Static

from callback_tui.widgets.plain import plain_line

_SHOWN_FOR = timedelta(seconds=60)


class StatusLine(Static):
    """A sentence stays a minute, or until the cursor moves on; one that can be taken back stays while it can."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        super().__init__(id="status", markup=False)
        self._sentence = ""
        self._until: datetime | None = None
        self._undo_until: datetime | None = None
        self._shown = ("", 0)
        self._survives_move = False

    def say(
        self, sentence: str, now: datetime, undo_until: datetime | None = None, *, survives_move: bool = False
    ) -> None:
        """Show a sentence in place of the last one; `undo_until` is when it can no longer be taken back.

        With `survives_move` it stays through one move of the cursor: the one that it tells of took a row away.
        """
        self._survives_move = survives_move
        self._sentence = sentence
        self._undo_until = undo_until
        self._until = max(now + _SHOWN_FOR, undo_until or now)
        self.tell(now)

    def tell(self, now: datetime) -> None:
        """Go to the present: the seconds left for the undo, and nothing once its time is over."""
        if self._until is not None and now >= self._until:
            self._sentence, self._until, self._undo_until = "", None, None
        left = self._undo_seconds(now)
        if (self._sentence, left) == self._shown:
            return
        self._shown = (self._sentence, left)
        undo = Content.assemble(("u", "bold $accent"), (f" undo ({left} s)   ", "$dim")) if left else Content.empty()
        self.set_class(bool(self._sentence), "-shown")
        self.update(Content.assemble(undo, plain_line(self._sentence)))

    def is_saying(self, now: datetime) -> bool:
        """Whether a sentence stands there that would be lost to another one."""
        return bool(self._sentence) and self._until is not None and now < self._until

    def move_on(self, now: datetime) -> None:
        """Take a sentence away that was read, but none that can still be taken back."""
        if self._survives_move:
            self._survives_move = False
        elif self._sentence and not self._undo_seconds(now):
            self.say("", now)

    def _undo_seconds(self, now: datetime) -> int:
        return 0 if self._undo_until is None else max(int((self._undo_until - now).total_seconds()), 0)
