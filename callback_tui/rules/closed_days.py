"""The days of a site as an admin looks at them: offered holidays, closed and special days, with unsaved edits."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from callback_tui.rules.speak import calendar_day
from callback_tui.views.closed_days import DayEdit, DayLine, PolicyEdits, PolicyEffect, PublicHoliday
from callback_tui.views.policy import Policy, SitePolicy, Span


def day_lines(
    site: SitePolicy, offered: Sequence[PublicHoliday], edits: Sequence[DayEdit], first: date, last: date
) -> tuple[DayLine, ...]:
    """Return every day from `first` to `last` that is offered or in the policy, and each edited one, in order.

    Nothing is closed because it is offered (architecture "Dependencies": offered, never subscribed).
    """
    hours = with_days(site, edits).hours
    names = {holiday.day: holiday for holiday in offered}
    edited = {edit.day for edit in edits if edit.site == site.name}
    near = {day for day in {*names, *hours.holidays, *hours.special} if first <= day <= last}
    return tuple(
        DayLine(
            day=day,
            holiday=names.get(day),
            spans=spans_said(site, day, edits),
            usual=hours.weekly[day.weekday()],
            changed=spans_said(site, day, edits) != spans_said(site, day),
        )
        for day in sorted(near | edited)
    )


def with_days(site: SitePolicy, edits: Sequence[DayEdit]) -> SitePolicy:
    """Return a site with edits made: a closed day is a holiday, other hours are a special day; the last one counts."""
    holidays, special = set(site.hours.holidays), dict(site.hours.special)
    for edit in edits:
        if edit.site == site.name:
            holidays.discard(edit.day)
            special.pop(edit.day, None)
            if edit.spans:
                special[edit.day] = edit.spans
            elif edit.spans is not None:
                holidays.add(edit.day)
    return replace(site, hours=replace(site.hours, holidays=frozenset(holidays), special=special))


def with_edit(edits: PolicyEdits, edit: DayEdit, site: SitePolicy) -> PolicyEdits:
    """Return the edits with one more; a day that is again as `site` has it in the policy is no edit any more.

    The hours of its weekday are no hours of its own.
    """
    if edit.spans and edit.spans == site.hours.weekly[edit.day.weekday()]:
        edit = replace(edit, spans=None)
    others = tuple(other for other in edits.days if (other.site, other.day) != (edit.site, edit.day))
    is_as_it_was = spans_said(site, edit.day) == edit.spans
    return replace(edits, days=others if is_as_it_was else (*others, edit))


def still_possible(edits: PolicyEdits, policy: Policy) -> PolicyEdits:
    """Return the edits of the sites that the policy still has."""
    names = {site.name for site in policy.sites}
    return PolicyEdits(
        tuple(edit for edit in edits.days if edit.site in names),
        {name: region for name, region in edits.holidays_of.items() if name in names},
    )


def spans_said(site: SitePolicy, day: date, edits: Sequence[DayEdit] = ()) -> tuple[Span, ...] | None:
    """Return what the policy says of a day itself: open in these spans, closed (no spans), or nothing (None)."""
    hours = with_days(site, edits).hours
    return () if day in hours.holidays else hours.special.get(day)


def effect_words(effect: PolicyEffect) -> str:
    """Return what a change does to what waits now, in a sentence or two (domain section 2: show it before saving)."""
    if effect.raised:
        more = "message is" if effect.raised == 1 else "messages are"
        return f"{effect_words(replace(effect, raised=0))} {effect.raised} {more} raised by the triage rules."
    if not effect.waiting:
        return "Nothing waits, so no due time changes."
    waiting = f"{effect.waiting} waiting message{'' if effect.waiting == 1 else 's'}"
    moved = effect.later + effect.sooner
    if not moved:
        return f"None of {waiting} gets another due time."
    parts = [f"{count} {word}" for count, word in ((effect.later, "later"), (effect.sooner, "sooner")) if count]
    late = [
        f"{count} {'message' if count == 1 else 'messages'} {word}"
        for count, word in (
            (effect.become_late, "will be late at once"),
            (effect.stop_being_late, "will no longer be late"),
        )
        if count
    ]
    sentence = f"{moved} of {waiting} {'gets' if moved == 1 else 'get'} another due time ({', '.join(parts)})"
    return f"{sentence}; {', '.join(late) or 'none becomes late by it'}."


def edit_words(edits: Sequence[DayEdit], names: dict[date, str] | None = None) -> tuple[str, ...]:
    """Return each edit as a line, by site and day: "Main: closed on Thu 26 Nov 2026 (Thanksgiving Day)"."""
    return tuple(
        f"{edit.site}: {spans_words(edit.spans)} on {calendar_day(edit.day)}"
        + (f" ({names[edit.day]})" if names and edit.day in names else "")
        for edit in sorted(edits, key=lambda edit: (edit.site, edit.day))
    )


def spans_words(spans: tuple[Span, ...] | None) -> str:
    """Return what is said of a day: "usual hours", "closed", "08:00-12:00, 13:00-15:00"."""
    if spans is None:
        return "usual hours"
    return ", ".join(map(span_text, spans)) or "closed"


def span_text(span: Span) -> str:
    """Return a span as the policy file writes it: "08:00-12:00", "22:00-06:00", "00:00-24:00"."""
    end = span.end_minute if span.end_minute <= 24 * 60 else span.end_minute - 24 * 60
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (span.start_minute, end))
