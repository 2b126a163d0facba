"""When routine calls are offered: the policy's batch windows on a site's open days (article row A10)."""

from datetime import datetime

from callback_tui.rules.open_time import opening_instant
from callback_tui.views.policy import OpeningHours, SitePolicy, Span
from callback_tui.views.queue import QueueRow


def waits_for_window(row: QueueRow, site: SitePolicy, windows: tuple[Span, ...], now: datetime) -> datetime | None:
    """Return when the window opens for which a message can wait, or None when it is offered now.

    Emergent and urgent ones never wait, nor does what is late, due before the window opens, or promised.
    """
    if not windows or row.clock.tier.always_on or row.clock.scheduled_at is not None:
        return None
    opens = opening_instant(_window_hours(site.hours, windows), now)
    return opens if opens > now and row.clock.next_due_at > opens else None


def _window_hours(hours: OpeningHours, windows: tuple[Span, ...]) -> OpeningHours:
    return OpeningHours(
        zone=hours.zone,
        weekly=tuple(windows if spans else () for spans in hours.weekly),
        special={day: windows if spans else () for day, spans in hours.special.items()},
        holidays=hours.holidays,
    )
