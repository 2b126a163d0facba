"""The two windows of the days a site is closed: a day with its hours, and whose holidays are offered."""

import re
from collections.abc import Mapping
from datetime import datetime

from callback_tui.errors import DeskError
from callback_tui.rules.closed_days import span_text, spans_words
from callback_tui.rules.policy_hours import parse_span
from callback_tui.rules.public_holidays import parse_holidays_of
from callback_tui.rules.speak import calendar_day
from callback_tui.rules.when import DAY_EXAMPLES, parse_day
from callback_tui.screens.few_fields import FewFields
from callback_tui.screens.form import FormField
from callback_tui.views.closed_days import DayEdit, DayLine
from callback_tui.views.policy import SitePolicy, Span

_FIELDS = (
    FormField("day", "Day", hint=DAY_EXAMPLES),
    FormField("hours", "Open from-to; nothing: closed all day", hint="08:00-12:00 13:00-15:00"),
)


def day_fields(site: SitePolicy, line: DayLine | None, now: datetime) -> FewFields[DayEdit]:
    """Return the window for the hours of a day: that of `line`, else one to be named."""

    def read(values: Mapping[str, str]) -> DayEdit:
        return DayEdit(site.name, parse_day(values["day"], now, site.hours.zone), _spans(values["hours"]))

    values = {} if line is None else {"day": line.day.isoformat(), "hours": _written(line)}
    return FewFields(f"A day at {site.name}", _FIELDS, values, read, _said)


def region_field(site: SitePolicy, region: str) -> FewFields[str]:
    """Return the window for the country or state whose holidays are offered."""

    def read(values: Mapping[str, str]) -> str:
        written = values["region"].strip().upper()
        try:
            return parse_holidays_of(written)
        except ValueError:
            raise DeskError("holidays_country", region=written or "nothing") from None

    field = FormField("region", "Country, or a state of it", hint="US or US-NY")
    return FewFields(
        f"Holidays offered to {site.name}", (field,), {"region": region}, read, lambda read: f"holidays of {read}"
    )


def _written(line: DayLine) -> str:
    return " ".join(map(span_text, line.usual if line.spans is None else line.spans))


def _spans(text: str) -> tuple[Span, ...]:
    try:
        return tuple(sorted(parse_span(word) for word in re.split(r"[\s,;]+", text) if word))
    except ValueError:
        raise DeskError("day_hours") from None


def _said(edit: DayEdit) -> str:
    return f"{calendar_day(edit.day)}: {spans_words(edit.spans)}"
