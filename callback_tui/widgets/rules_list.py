"""The list of triage rules and of a practice's phrases: a tick, the tier, the name, what it means."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from callback_tui.commands import RULES
from callback_tui.models.vocabulary import Tier
from callback_tui.views.triage_rules import PhraseLine, RuleLine
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.plain import fit
from callback_tui.widgets.score_list import MARK_CELLS, ScoreList

_TIER = {
    Tier.EMERGENT: ("!! 911    ", "bold $late"),
    Tier.URGENT: ("▲ 1 hour  ", "$late"),
    Tier.ROUTINE: ("· routine ", "$foreground"),
    Tier.INFORMATIONAL: ("· info    ", "$dim"),
}
_TIER_CELLS = 10
_NAME_CELLS = 24
_WIDE_NAME_CELLS = 28
_WIDE = 100
_CHANGED = "not saved"
_TICK_CELLS = len("[x] ")


class RulesList(ScoreList):
    """The rules, or the phrases."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(RULES[:2], of_screen=True)]
    _shown: tuple[tuple[RuleLine | PhraseLine, ...], int] = ((), 0)

    def show_rules(self, lines: Sequence[RuleLine], cells: int) -> None:
        """Show these rules in so many cells; the cursor stays on its rule."""
        if self._is_new(lines, cells):
            self.show([(line.rule, rule_line(line, cells - MARK_CELLS)) for line in lines])

    def show_phrases(self, lines: Sequence[PhraseLine], cells: int) -> None:
        """Show these phrases in so many cells; the cursor stays on its phrase."""
        if self._is_new(lines, cells):
            self.show([(phrase_key(line), phrase_line(line, cells - MARK_CELLS)) for line in lines])

    def _is_new(self, lines: Sequence[RuleLine] | Sequence[PhraseLine], cells: int) -> bool:
        """Whether another list is asked for; drawing hundreds of lines anew for each key of a search would be felt."""
        before, self._shown = self._shown, (tuple(lines), cells)
        return before != self._shown


def phrase_key(line: PhraseLine) -> str:
    """Return the key of a phrase in the list."""
    return f"{line.concept} {line.phrase}"


def rule_line(line: RuleLine, cells: int) -> Content:
    """Return a rule as a line: '[✓] !! 911  chest.pain   "chest" near "pain"   not saved'."""
    name_cells = _WIDE_NAME_CELLS if cells >= _WIDE else _NAME_CELLS
    left = cells - _TICK_CELLS - _TIER_CELLS - name_cells - 1 - len(_CHANGED) - 1
    word, style = _TIER[line.tier]
    return Content.assemble(
        _tick(line.on),
        (word, style if line.on else "$dim"),
        (f"{fit(line.rule, name_cells):<{name_cells}} ", "$foreground" if line.on else "$dim"),
        (f"{fit(line.meaning if line.on else 'off', left):<{left}} ", "$dim" if line.on else "$soon"),
        (_CHANGED if line.changed else "", "$soon"),
    )


def phrase_line(line: PhraseLine, cells: int) -> Content:
    """Return a phrase as a line: '[✓] chest   "upper torso"   not saved'."""
    left = cells - _TICK_CELLS - _NAME_CELLS - 1 - len(_CHANGED) - 1
    phrase = f'"{line.phrase}"' if line.there else f'"{line.phrase}" goes when this is saved'
    return Content.assemble(
        _tick(line.there),
        (f"{fit(line.concept, _NAME_CELLS):<{_NAME_CELLS}} ", "$dim"),
        (f"{fit(phrase, left):<{left}} ", "$foreground" if line.there else "$dim"),
        (_CHANGED if line.changed else "", "$soon"),
    )


def _tick(is_on: bool) -> tuple[str, str]:
    return ("[✓] ", "bold $accent") if is_on else ("[ ] ", "$soon")
