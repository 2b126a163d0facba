"""The public holidays of a country or state, from the `holidays` library: offered to the admin, never subscribed."""

import re
from datetime import date

from callback_tui.errors import DeskError
from callback_tui.views.closed_days import PublicHoliday

_REGION = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,3}))?")
_LANGUAGE = "en_US"


def parse_holidays_of(text: str) -> str:
    """Return a country or a state of it, "US" or "US-NY". Raises ValueError; whether it is known is said later."""
    if _REGION.fullmatch(text) is None:
        raise ValueError('write a country, or a state of it, such as "US" or "US-NY"')
    return text


def public_holidays(region: str, first: date, last: date) -> tuple[PublicHoliday, ...]:
    """Return the public holidays of "US" or "US-NY" from `first` to `last`, in order, each name in English if known.

    A day given in place of one on a weekend is marked as observed. Raises DeskError for a region nobody knows.
    """
    import holidays

    match = _REGION.fullmatch(region)
    country, state = (match[1], match[2]) if match else ("", None)
    years = range(first.year, last.year + 1)
    try:
        offered, proper = (
            holidays.country_holidays(country, subdiv=state, years=years, observed=observed, language=_LANGUAGE)
            for observed in (True, False)
        )
    except NotImplementedError:
        states = holidays.list_supported_countries().get(country)
        if states is None:
            raise DeskError("holidays_country", region=region) from None
        raise DeskError("holidays_state", region=region, known=", ".join(states) or "none") from None
    return tuple(
        PublicHoliday(day, name, day not in proper) for day, name in sorted(offered.items()) if first <= day <= last
    )
