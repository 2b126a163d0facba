"""When the hour itself allows a call: quiet hours, what the patient asked, the daily cap, in every zone that may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callback_tui.rules.open_time import wall_instant

_SEARCHED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class RingHours:
    """Wall times between which a patient may be rung, in each of `zones`, and how often a day; `cap` None is no cap."""

    zones: tuple[ZoneInfo, ...]
    not_before: time
    not_after: time
    dialled_at: tuple[datetime, ...]
    cap: int | None

    def next_at(self, at: datetime) -> datetime | None:
        """Return the first instant from `at` on that is inside the hours and under the cap in every zone.

        None where none comes within two weeks: the hours contradict each other, or the zones lie too far apart.
        """
        if self.not_before >= self.not_after:
            return None
        tried = at
        while tried <= at + _SEARCHED:
            free = max(max(self._inside_from(tried, zone), self._under_cap_from(tried, zone)) for zone in self.zones)
            if free == tried:
                return tried
            tried = free
        return None

    def dials_on(self, day: date, zone: ZoneInfo) -> int:
        """Return how often the patient was rung on a local day."""
        return sum(each.astimezone(zone).date() == day for each in self.dialled_at)

    def most_dials(self, at: datetime) -> int:
        """Return how often the patient was rung on the day of `at`, in the zone that counts the most."""
        return max(self.dials_on(at.astimezone(zone).date(), zone) for zone in self.zones)

    def _inside_from(self, at: datetime, zone: ZoneInfo) -> datetime:
        local = at.astimezone(zone)
        if self.not_before <= local.time() < self.not_after:
            return at
        day = local.date() + timedelta(days=local.time() >= self.not_after)
        return _shows_first(zone, day, self.not_before, after=at)

    def _under_cap_from(self, at: datetime, zone: ZoneInfo) -> datetime:
        day = at.astimezone(zone).date()
        if self.cap is None or self.dials_on(day, zone) < self.cap:
            return at
        return _shows_first(zone, day + timedelta(days=1), time(), after=at)


def first_zone_outside(zones: Sequence[ZoneInfo], not_before: time, not_after: time, at: datetime) -> time | None:
    """Return the wall time of the first zone in which `at` lies outside the hours, or None."""
    for zone in zones:
        local = at.astimezone(zone).time()
        if local < not_before or local >= not_after:
            return local
    return None


def _shows_first(zone: ZoneInfo, day: date, wall: time, *, after: datetime) -> datetime:
    """Return the first instant after `after` at which the clock shows `wall` on `day`, or later if it skips that."""
    first = wall_instant(zone.key, day, timedelta(hours=wall.hour, minutes=wall.minute, seconds=wall.second))
    # In the hour that a clock set back shows twice, the wall time comes again.
    return first if first > after else datetime.combine(day, wall, zone).replace(fold=1).astimezone(UTC)
