"""The calls by person as a table: by name, in one colour, no share of a few."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from callback_tui.rules.figures import percent
from callback_tui.views.policy import ScorecardTargets
from callback_tui.views.scorecard import PersonCalls
from callback_tui.widgets.plain import fit

_NAME_CELLS = 18
_CELLS = 9
_WHY = (
    "Reached are the calls that found the patient. Settled are the reached ones that needed nothing more; those handed "
    "to a clinician or sent to 911 are left out of it: escalating rightly is no fault. "
    "Calls are not compared by the hour, since nobody writes down who was on the phones."
)


def people_content(people: Sequence[PersonCalls], targets: ScorecardTargets) -> Content:
    """Return one line a person; a dot where there are too few calls, talks or scores to judge."""
    if not people:
        return Content.styled("Nobody has called yet.", "$dim")
    needs, needs_scores = targets.trend_needs, targets.satisfaction_needs
    heads = "".join(f"{word:>{_CELLS}}" for word in ("calls", "reached", "settled", "score", "of"))
    lines = [Content.styled(f"{'':<{_NAME_CELLS}}{heads}", "$dim")]
    for person in people:
        judged = person.talks - person.passed_on
        cells = (
            f"{person.calls:,}",
            percent(person.talks / person.calls) if person.calls >= needs else "·",
            percent(person.resolved / judged) if judged >= needs else "·",
            f"{person.scores / person.scored:.1f}" if person.scored >= needs_scores else "·",
            f"{person.scored:,}",
        )
        name = fit(person.name, _NAME_CELLS - 1)
        row = "".join(f"{cell:>{_CELLS}}" for cell in cells)
        lines.append(Content(name + " " * (_NAME_CELLS - cell_len(name)) + row))
    few = f"· too few to judge: under {needs} calls, or under {needs_scores} scores."
    return Content("\n").join([*lines, Content.empty(), *(Content.styled(words, "$dim") for words in (few, _WHY))])
