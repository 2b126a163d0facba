"""`callback-tui scorecard`: the practice's figures against their targets, as text, JSON or CSV."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from callback_tui.cli.session import DeskOption, JsonOption, PassphraseFileOption, UserOption
from callback_tui.views.scorecard import PeriodName

if TYPE_CHECKING:
    from callback_tui.views.scorecard import MetricLine, Scorecard

_DAY_FORMATS = ["%Y-%m-%d"]
_YEARS = range(1970, 2200)


def scorecard(
    period: Annotated[PeriodName | None, typer.Option(help="Up to today; this quarter unless told.")] = None,
    first: Annotated[
        datetime | None,
        typer.Option("--from", formats=_DAY_FORMATS, metavar="DAY", help="Such as 2026-11-01.", show_default=False),
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_DAY_FORMATS, metavar="DAY", help="Last day.", show_default=False)
    ] = None,
    site: Annotated[str | None, typer.Option(help="One site alone.", show_default=False)] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="One line a metric, for a spreadsheet.")] = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Print the scorecard.

    Call-back time, first-call resolution and satisfaction, with their targets.
    """
    import json

    from callback_tui.cli.session import open_desk
    from callback_tui.rules.figures import scorecard_csv
    from callback_tui.services.supervision import export

    if as_json and as_csv:
        raise typer.BadParameter("choose --json or --csv, not both")
    asked = _asked(period, first, last)
    kind = "json" if as_json else "csv" if as_csv else "plain"
    with open_desk(desk, user, passphrase_file) as opened:
        card = export(opened, kind, asked, site)
    if as_json:
        typer.echo(json.dumps(_record(card), ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(scorecard_csv(card), nl=False)
    else:
        typer.echo(plain_scorecard(card))


def plain_scorecard(card: "Scorecard") -> str:
    """Return the scorecard as plain text: what the screen says, for paper and for a screen reader."""
    from callback_tui.rules.figures import current_words, met_words, missed_words, target_words, trend_words

    where = card.site or "all sites"
    made_up = ", made-up people" if card.is_demo else ""
    days = f"{card.period.label} ({card.period.first} to {card.period.last})"
    lines = [
        f"{card.policy.name}, scorecard of {days}, {where}{made_up}",
        f"{missed_words(card.lines)}; compared with {card.previous.first} to {card.previous.last}",
        "",
        _row("", "target", "now", "trend", "met", "n"),
    ]
    for line in card.lines:
        target, now = target_words(line, ascii_only=True), current_words(line, ascii_only=True)
        lines.append(_row(line.label, target, now, trend_words(line), met_words(line), str(line.n)))
        if line.note:
            lines.append(f"    {line.note}")
    return "\n".join(lines)


def _row(label: str, target: str, now: str, trend: str, met: str, n: str) -> str:
    return f"{label:<28}{target:>9}{now:>13}  {trend:<18}{met:<10}{n:>6}"


def _asked(period: PeriodName | None, first: datetime | None, last: datetime | None) -> PeriodName | tuple[date, date]:
    if first is None and last is None:
        return period or PeriodName.QUARTER
    if period is not None or first is None or last is None:
        raise typer.BadParameter("give --period, or both --from and --to")
    if first.year not in _YEARS or last.year not in _YEARS:
        raise typer.BadParameter(f"write days of the years {_YEARS[0]} to {_YEARS[-1]}")
    return first.date(), last.date()


def _record(card: "Scorecard") -> dict[str, Any]:
    from callback_tui.cli.records import instant

    return {
        "period": {
            "from": instant(card.period.start),
            "to": instant(card.period.end),
            "label": card.period.label,
        },
        "site": card.site,
        "metrics": [_metric(line) for line in card.lines],
    }


def _metric(line: "MetricLine") -> dict[str, Any]:
    return {
        "key": line.key.value,
        "label": line.label,
        "unit": line.unit.value,
        "target": line.target,
        "current": line.current,
        "previous": line.previous,
        "trend": line.trend.value if line.trend else None,
        "met": line.met,
        "n": line.n,
        "note": line.note,
    }
