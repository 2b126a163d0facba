"""A box for pasted texts: how each is tagged by the rules in force and with the change, and which words did it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from callback_tui.commands import TRY_TEXTS
from callback_tui.rules.clean import clean
from callback_tui.rules.evidence_words import read_words
from callback_tui.rules.triage import tag
from callback_tui.rules.triage.own_words import tagged_words
from callback_tui.screens.background import BackgroundScreen
from callback_tui.views.triage import OwnRules, Triage
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.plain import fit, plain_line
from callback_tui.widgets.quoted_message import mark_of
from callback_tui.widgets.titled_pane import ScrollPane, TitledPane

_STYLES = Path(__file__).parents[1] / "styles"
_MOST_TEXTS = 100
_MOST_CHARACTERS = 100_000
_HITS_SHOWN = 8
_LABEL_CELLS = 9

Tried = tuple[str, Triage, Triage]
"""A text with its tags by the rules in force and with the change."""


class TryTextsScreen(BackgroundScreen[bool]):
    """Nothing of what is pasted is stored; gives back whether the curtain is to be drawn."""

    CSS_PATH: ClassVar = [_STYLES / "triage_rules.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(TRY_TEXTS)]
    commands = TRY_TEXTS

    def __init__(self, in_force: OwnRules, own: OwnRules) -> None:
        """Compare the rules `in_force` with `own`."""
        super().__init__()
        self._in_force = in_force
        self._own = own

    def compose(self) -> ComposeResult:
        """The box, and below it what is made of it."""
        with TitledPane(id="texts"):
            yield TextArea(id="pasted", compact=True, placeholder="one text a line, as a patient would write it")
        with ScrollPane(id="tried"):
            yield Static(id="tags", markup=False)

    def on_mount(self) -> None:
        """Wait for texts."""
        self.query_one(TextArea).focus()
        bottom = hint(self.app, ("try_texts.close", "close; the texts are forgotten"), "tab: what was found")
        self.call_after_refresh(self.query_one("#texts", TitledPane).set_titles, "Texts to try", "", bottom)
        right = "" if self._own == self._in_force else "now, and with the change"
        self.call_after_refresh(self.query_one("#tried", ScrollPane).set_titles, "Tagged", right)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tag what is written, in the background."""
        event.stop()
        work = partial(tried, event.text_area.text, self._in_force, self._own)
        self.in_background("tags", work, self._show, exclusive=True)

    def action_close(self) -> None:
        """Forget the texts."""
        self.dismiss(False)

    def action_hide(self) -> None:
        """Forget the texts and draw the curtain."""
        self.dismiss(True)

    def _show(self, texts: Sequence[Tried]) -> None:
        with_change = self._own != self._in_force
        self.query_one("#tags", Static).update(Content("\n\n").join(_said(*text, with_change) for text in texts))


def tried(pasted: str, in_force: OwnRules, own: OwnRules) -> tuple[Tried, ...]:
    """Return every line of a pasted text that says something, with its tags by both sets of rules."""
    lines = [line for line in clean(pasted, limit=_MOST_CHARACTERS).splitlines() if line.strip()]
    return tuple((line, tag(line, own=in_force or None), tag(line, own=own or None)) for line in lines[:_MOST_TEXTS])


def _said(text: str, now: Triage, then: Triage, with_change: bool) -> Content:
    lines = [plain_line(text, "bold $foreground"), *_tag_lines("now", now)]
    if with_change:
        lines += _tag_lines("changed", then) if then != _as_before(then, now) else [_line("changed", "the same")]
    return Content("\n").join(lines)


def _as_before(then: Triage, now: Triage) -> Triage:
    return now._replace(rule_set_hash=then.rule_set_hash)


def _tag_lines(label: str, tagged: Triage) -> list[Content]:
    style = "bold $late" if tagged.emergent else "$late" if tagged.priority == "urgent" else "$foreground"
    lines = [_line(label, tagged_words(tagged), style)]
    for hit in tagged.hits[:_HITS_SHOWN]:
        read = read_words(hit.read_as)
        why = Content.assemble(
            (f'"{fit(hit.text, 40)}"', mark_of(hit)), (f"  {hit.rule}", "$dim"), f"  {read}" * bool(read)
        )
        lines.append(Content.assemble(" " * _LABEL_CELLS, why))
    if tagged.note:
        lines.append(_line("", tagged.note, "$dim"))
    return lines


def _line(label: str, words: str, style: str = "$foreground") -> Content:
    return Content.assemble((f"{label:<{_LABEL_CELLS}}", "$dim"), (words, style))
