"""One line of the scorecard in cells: target, figure, bar, trend, met, calls, the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from callback_tui.rules.figures import current_words, met_words, target_words, trend_words
from callback_tui.views.scorecard import MetricLine, Trend, Unit
from callback_tui.widgets.plain import fit

_LEVELS = "▁▂▃▄▅▆"
_LEAST_SPAN = 0.2
_TARGET_AT = 2 / 3
_BEST_SCORE = 5
_TREND_STYLES = {Trend.BETTER: "$done", Trend.WORSE: "$soon", Trend.SAME: "$dim"}


@dataclass(frozen=True, slots=True)
class ScoreLayout:
    """How many cells each column has; one of nought is left out. `short` names are for narrow terminals."""

    name: int
    target: int
    now: int
    bar: int
    trend: int
    met: int
    calls: int
    weeks: int
    short: bool = False


_LAYOUTS = (
    (129, ScoreLayout(29, 10, 10, 20, 22, 8, 7, 12)),
    (115, ScoreLayout(27, 8, 10, 14, 20, 8, 5, 12)),
    (98, ScoreLayout(27, 8, 10, 0, 18, 8, 6, 12)),
    (76, ScoreLayout(17, 6, 9, 0, 16, 8, 5, 8, short=True)),
    (0, ScoreLayout(17, 6, 9, 0, 0, 8, 5, 4, short=True)),
)


def layout_for(cells: int) -> ScoreLayout:
    """Return the columns for so many cells (design/look.md section 2)."""
    return next(layout for least, layout in _LAYOUTS if cells >= least)


def heading(layout: ScoreLayout) -> Content:
    """Return the words above the columns."""
    bar = f"{'':<{layout.bar}}  " if layout.bar else ""
    trend = f"{'trend':<{layout.trend}} " if layout.trend else ""
    words = (
        f" {'':<{layout.name}} {'target':>{layout.target}} {'now':>{layout.now}}  {bar}{trend}"
        f"{'met':<{layout.met}} {'calls':>{layout.calls}} {layout.weeks} weeks"
    )
    return Content.styled(words, "$dim")


def score_line(line: MetricLine, weeks: Sequence[float | None], layout: ScoreLayout) -> Content:
    """Return one figure as a line; `weeks` are its values of the last weeks, oldest first, empty until known."""
    name = line.short_label if layout.short else line.label
    missed = line.met is False
    trend, trend_style = _trend(line, layout)
    met, met_style = _met(line)
    parts: list[Content | tuple[str, str] | str] = [
        f"{fit(name, layout.name):<{layout.name}} ",
        (f"{target_words(line):>{layout.target}} ", "$dim"),
        (f"{_now(line, layout.now):>{layout.now}}  ", "bold $late" if missed else "bold $foreground"),
    ]
    if layout.bar:
        parts += [_bar(line, layout.bar), "  "]
    if layout.trend:
        parts.append((_padded(trend, layout.trend + 1), trend_style))
    parts += [
        (_padded(met, layout.met + 1), met_style),
        (f"{_count(line.n, layout.calls):>{layout.calls}} ", "$foreground" if line.n else "$dim"),
        _sparkline(weeks[-layout.weeks :], line, missed=missed),
    ]
    return Content.assemble(*parts)


def _now(line: MetricLine, cells: int) -> str:
    words = current_words(line)
    return words if cell_len(words) <= cells else fit(words.replace("≥ ", "≥"), cells)


def _count(n: int, cells: int) -> str:
    words = f"{n:,}"
    return words if len(words) <= cells else f"{n // 1000}k"


def _trend(line: MetricLine, layout: ScoreLayout) -> tuple[str, str]:
    words = trend_words(line)
    if layout.short:
        words = words.replace("points", "pts").replace("point", "pt")
    if line.trend is None:
        return fit(f"─ {words}", layout.trend), "$dim"
    sign = "─"
    if line.trend is not Trend.SAME:
        sign = "▲" if (line.trend is Trend.BETTER) == line.higher_is_better else "▼"
    return fit(f"{sign} {words}", layout.trend), _TREND_STYLES[line.trend]


def _met(line: MetricLine) -> tuple[str, str]:
    words = met_words(line)
    if line.met is None:
        return words, "$dim"
    return (f"✓ {words}", "$done") if line.met else (f"▲ {words}", "bold $late")


def _bar(line: MetricLine, cells: int) -> Content:
    """Draw the figure as a bar with the target as a stroke across it."""
    whole = {Unit.RATE: 1.0, Unit.SCORE: float(_BEST_SCORE)}.get(line.unit, line.target / _TARGET_AT)
    if line.current is None:
        return Content.styled("─" * cells, "$line")
    whole = max(whole, line.current)
    stroke = min(int(line.target / whole * cells), cells - 1)
    passed = line.current >= line.target
    used = round(line.current / whole * cells)
    # Rounding must not draw a figure on the other side of its target.
    used = max(used, stroke + 1) if passed else min(used, stroke)
    style = "$late" if line.met is False else "$ok"
    parts = [("━", style) if at < used else ("─", "$line") for at in range(cells)]
    parts[stroke] = ("┼" if passed else "│", "$foreground")
    return Content.assemble(*parts)


def _sparkline(weeks: Sequence[float | None], line: MetricLine, *, missed: bool) -> Content:
    known = [value for value in weeks if value is not None]
    if not known:
        return Content.empty()
    span = max(max(known) - min(known), line.target * _LEAST_SPAN)
    middle = (max(known) + min(known)) / 2
    low = middle - span / 2
    signs = [" " if value is None else _level((value - low) / span) for value in weeks]
    last = "bold $late" if missed else "bold $foreground"
    return Content.assemble(("".join(signs[:-1]), "$graph"), (signs[-1], last))


def _level(share: float) -> str:
    return _LEVELS[min(int(share * len(_LEVELS)), len(_LEVELS) - 1)]


def _padded(text: str, cells: int) -> str:
    return text + " " * max(cells - cell_len(text), 0)
