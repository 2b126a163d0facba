"""The seven steps of the call on one line: done, here, to come."""

from textual.content import Content
from textual.widgets import Static

from callback_tui.models.vocabulary import CallStep, IdentityResult
from callback_tui.widgets.call_header import WIDE_CELLS

STEP_NAMES = {
    CallStep.GREETING: "Greeting",
    CallStep.WHO: "Who answered",
    CallStep.IDENTITY: "Identity",
    CallStep.PURPOSE: "Purpose",
    CallStep.CLARIFY: "Clarify",
    CallStep.ACTION: "Action",
    CallStep.CLOSE: "Close",
}

_TICK = ("✓", "$done")
_NOT_PASSED = {
    IdentityResult.FAILED: ("✗", "bold $late"),
    IdentityResult.GENERAL_ONLY: ("·", "$dim"),
}


class StepsBar(Static):
    """Names of all steps where they fit; else a tick or a number for all but the one that is on."""

    def show(self, step: CallStep, done: tuple[CallStep, ...], identity: IdentityResult, saved: str) -> None:
        """Draw the line anew, `saved` at the right where the header has no room; identity not passed has no tick."""
        wide = self.size.width >= WIDE_CELLS
        parts: list[Content] = []
        for number, (each, name) in enumerate(STEP_NAMES.items(), start=1):
            if each is step:
                parts.append(Content.styled(f" {number} {name} ", "bold $background on $accent"))
            elif each in done:
                mark = _NOT_PASSED.get(identity, _TICK) if each is CallStep.IDENTITY else _TICK
                parts.append(Content.assemble(mark, (f" {name}" if wide else "", "$dim")))
            else:
                parts.append(Content.styled(f"{number} {name}" if wide else str(number), "$dim"))
        between = Content.styled(" ─ ", "$line") if wide else Content(" ")
        bar = between.join(parts)
        if not wide:
            fill = self.content_size.width - bar.cell_length - len(saved)
            bar = Content.assemble(bar, " " * max(fill, 1), (saved, "$dim"))
        self.update(bar, layout=False)
