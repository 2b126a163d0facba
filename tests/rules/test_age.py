"""Ages: a year more on the birthday itself, none without a date of birth."""

from datetime import date

import pytest

from callback_tui.rules.age import age_years


@pytest.mark.parametrize(
    ("born_on", "today", "years"),
    [
        (date(2020, 11, 23), date(2026, 11, 22), 5),
        (date(2020, 11, 23), date(2026, 11, 23), 6),
        (date(2020, 2, 29), date(2026, 2, 28), 5),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (None, date(2026, 11, 23), None),
    ],
)
def test_age(born_on: date | None, today: date, years: int | None) -> None:
    assert age_years(born_on, today) == years
