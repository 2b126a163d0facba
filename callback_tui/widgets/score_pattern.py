"""Where and when the calls of a figure went badly: weekday by hour, reasons, sites, and the figure week by week."""

from collections.abc import Mapping, Sequence
from datetime import date

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.rules.figures import percent
from callback_tui.rules.patterns import bad_words, closed_day_words, most_words
from callback_tui.rules.periods import day_words
from callback_tui.views.scorecard import BadShare, MetricLine, Pattern, Unit
from callback_tui.widgets.plain import DOT, fit
from callback_tui.widgets.titled_pane import ScrollPane

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORKDAYS = 5
_DAY_CELLS = 4
_MOST_COLUMNS = 12
_HOURS_TOGETHER = 3
_WIDEST_COLUMN = 7
_WARMEST = 4
_BAR_CELLS = 12
_ROOMY_LINES = 18
_WIDE = 62
_BESIDE_FROM = 64
_REASONS_IN_LINE, _REASONS_IN_FULL = 3, 6
_LABEL_CELLS = 12
_COUNT_CELLS = 5
_WEEK_CELLS = 7
_MINUTE = 60
_MINUTES_UNTIL = 600 * _MINUTE


class PatternPane(ScrollPane):
    """Shows the pattern of one figure; names nobody, so the curtain leaves it."""

    can_focus = False

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        yield Static(markup=False)

    def show(
        self, line: MetricLine, pattern: Pattern | None, weeks: Sequence[tuple[date, float | None]], *, with_note: bool
    ) -> None:
        """Show a figure's pattern; its note where no other pane says it, a sentence while it is being added up."""
        when = "received" if line.key.is_wait else "of the call"
        bad = f": {pattern.whole.bad:,} of {pattern.whole.n:,}" if pattern else ""
        right = f"weekday by hour {when}" if self.size.width >= _WIDE else ""
        self.set_titles(left=f"{bad_words(line).capitalize()}{bad}", right=right)
        parts = [Content.styled(f"{line.note[:1].upper()}{line.note[1:]}.", "bold")] if with_note and line.note else []
        if pattern is None:
            parts.append(Content.styled("Adding up when and where.", "$dim"))
        else:
            roomy = self.content_size.height >= _ROOMY_LINES
            parts.append(pattern_content(pattern, self.content_size.width, in_full=roomy))
            if not with_note:
                parts.append(week_content(line, weeks, self.content_size.width))
        self.query_one(Static).update(Content("\n" if with_note else "\n\n").join(part for part in parts if part))


def pattern_content(pattern: Pattern, cells: int, *, in_full: bool) -> Content:
    """Return hours, reasons and sites in so many cells, the last two in one line unless `in_full`.

    A sentence where nothing went badly.
    """
    if not pattern.whole.bad:
        return Content.styled(f"None of {pattern.whole.n:,}." if pattern.whole.n else "There are no calls yet.", "$dim")
    lines = _heat_map(pattern.hours, cells)
    lines += [Content(words) for words in (most_words(pattern), closed_day_words(pattern)) if words]
    if in_full:
        reasons, sites = _reasons(pattern), _sites(pattern)
        both = _beside(reasons, sites, cells) if cells >= _BESIDE_FROM else [*reasons, Content.empty(), *sites]
        lines += [Content.empty(), *both]
    else:
        lines.append(Content.styled(fit(_in_one_line(pattern), cells), "$dim"))
    return Content("\n").join(lines)


def week_content(line: MetricLine, weeks: Sequence[tuple[date, float | None]], cells: int) -> Content:
    """Return the figure of the last weeks as numbers, as many as there is room for; empty until they are known."""
    shown = weeks[-(cells // _WEEK_CELLS) :]
    if not shown:
        return Content.empty()
    days = "".join(f"{day_words(monday):>{_WEEK_CELLS}}" for monday, _ in shown)
    values = "".join(f"{_short_value(line, value):>{_WEEK_CELLS}}" for _, value in shown)
    heading = Content.assemble(("Week by week", "bold $foreground"), ("   the last one not over", "$dim"))
    return Content("\n").join([heading, Content.styled(days, "$dim"), Content(values)])


def _in_one_line(pattern: Pattern) -> str:
    about = ", ".join(f"{reason.value} {bad:,}" for reason, bad in pattern.reasons[:_REASONS_IN_LINE])
    rates = {site: share.bad / share.n for site, share in pattern.sites if share.n}
    worst = max(rates, key=rates.__getitem__)
    return f"{about} · most at {worst}, {percent(rates[worst])} of its own" if len(rates) > 1 else about


def _heat_map(hours: Mapping[tuple[int, int], BadShare], cells: int) -> list[Content]:
    first, last = min(hour for _, hour in hours), max(hour for _, hour in hours)
    together = 1 if last - first < _MOST_COLUMNS else _HOURS_TOGETHER
    starts = range(first - first % together, last + 1, together)
    width = max(min((cells - _DAY_CELLS) // len(starts), _WIDEST_COLUMN), 3)
    days = range(max(_WORKDAYS, 1 + max(day for day, _ in hours)))
    grid = {(day, start): _sum(hours, day, range(start, start + together)) for day in days for start in starts}
    warmest = max(share.bad for share in grid.values())
    labels = (str(start) if together == 1 else f"{start}-{start + together}" for start in starts)
    lines = [Content.styled(" " * _DAY_CELLS + "".join(_padded(label, width) for label in labels), "$dim")]
    for day in days:
        row = [_heat_cell(grid[day, start], warmest, width) for start in starts]
        lines.append(Content.assemble((f"{_DAYS[day]:<{_DAY_CELLS}}", "$dim"), *row))
    return [*lines, _legend(warmest)]


def _sum(hours: Mapping[tuple[int, int], BadShare], day: int, span: range) -> BadShare:
    shares = [hours[day, hour] for hour in span if (day, hour) in hours]
    return BadShare(sum(share.n for share in shares), sum(share.bad for share in shares))


def _heat_cell(share: BadShare, warmest: int, width: int) -> tuple[str, str]:
    if not share.n:
        return _padded(DOT, width), "$dim"
    return _padded(str(share.bad), width), _heat_style(share.bad, warmest)


def _padded(text: str, width: int) -> str:
    """Put a number to the right of the middle of its column, so that its colour stands on both sides of it."""
    return f"{text:>{width - width // 3}}{'':<{width // 3}}"


def _warmth(bad: int, warmest: int) -> int:
    return -(-bad * _WARMEST // warmest)


def _heat_style(bad: int, warmest: int) -> str:
    warmth = _warmth(bad, warmest)
    if not warmth:
        return "$dim"
    return f"{'bold ' if warmth == _WARMEST else ''}$foreground on $heat-{warmth}"


def _legend(warmest: int) -> Content:
    parts: list[tuple[str, str] | str] = [(f"{'how many':<{_LABEL_CELLS}}", "$dim")]
    for warmth in range(1, _WARMEST + 1):
        counts = [count for count in range(1, warmest + 1) if _warmth(count, warmest) == warmth]
        if counts:
            words = str(counts[0]) if len(counts) == 1 else f"{counts[0]}-{counts[-1]}"
            parts += [(f" {words} ", _heat_style(counts[-1], warmest)), "  "]
    return Content.assemble(*parts, (f"{DOT} no calls", "$dim"))


def _reasons(pattern: Pattern) -> list[Content]:
    most = max(bad for _, bad in pattern.reasons)
    lines = [Content.styled("What they were about", "bold $foreground")]
    for reason, bad in pattern.reasons[:_REASONS_IN_FULL]:
        lines.append(_bar_line(reason.value, f"{bad:,}", bad / most))
    return lines


def _sites(pattern: Pattern) -> list[Content]:
    lines = [Content.assemble(("Where", "bold $foreground"), ("   share of the site's own", "$dim"))]
    for site, share in pattern.sites:
        if share.n:
            lines.append(_bar_line(site, percent(share.bad / share.n), share.bad / share.n))
    return lines


def _bar_line(label: str, count: str, share: float) -> Content:
    used = round(share * _BAR_CELLS)
    name = fit(label, _LABEL_CELLS)
    return Content.assemble(
        (name + " " * (_LABEL_CELLS - cell_len(name)), "$dim"),
        (f"{count:>{_COUNT_CELLS}}  ", "$foreground"),
        ("━" * used, "$graph"),
        ("─" * (_BAR_CELLS - used), "$line"),
    )


def _beside(left: Sequence[Content], right: Sequence[Content], cells: int) -> list[Content]:
    column = cells // 2
    lines = []
    for at in range(max(len(left), len(right))):
        one = left[at] if at < len(left) else Content.empty()
        other = right[at] if at < len(right) else Content.empty()
        lines.append(Content.assemble(one, " " * max(column - one.cell_length, 1), other) if other else one)
    return lines


def _short_value(line: MetricLine, value: float | None) -> str:
    if value is None:
        return DOT
    match line.unit:
        case Unit.RATE:
            return percent(value).replace(" ", "")
        case Unit.SCORE:
            return f"{value:.1f}"
    hours, minutes = divmod(int(value) // _MINUTE, 60)
    if not hours:
        return f"{minutes}m"
    return f"{hours}h{minutes:02}" if value < _MINUTES_UNTIL else f"{hours}h"
