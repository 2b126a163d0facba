"""A person's age in whole years."""

from datetime import date


def age_years(born_on: date | None, today: date) -> int | None:
    """Return the age in whole years on a day, or None without a date of birth."""
    if born_on is None:
        return None
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
