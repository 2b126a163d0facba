"""Where a patient's day begins: the zone on file, the address, the numbers, and what none of them can tell."""

import re
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest

from callback_tui.rules.patient_zone import patient_zones
from callback_tui.rules.state_zones import STATES, zones_of_state

NEW_YORK, CHICAGO, DENVER, WEST = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
MANHATTAN = "+12125550147"
HOUSTON = "+17135550147"


@pytest.mark.parametrize(
    ("zone", "address", "numbers", "zones"),
    [
        (WEST, "12 Elm Street, Albany, NY 12207", [MANHATTAN], (WEST,)),
        ("Eastern", "12 Elm Street, Reno, CA 90001", [MANHATTAN], (WEST,)),
        ("", "12 Elm Street, Sacramento, CA 95814", [MANHATTAN], (WEST,)),
        ("", "12 elm street, sacramento ca 95814-1234, USA", [MANHATTAN], (WEST,)),
        ("", "12 Elm Street, Houston, TX 77002", [HOUSTON], (CHICAGO,)),
        ("", "12 Elm Street, Houston, TX 77002", [MANHATTAN], (CHICAGO, DENVER)),
        ("", "12 Elm Street", [MANHATTAN], (NEW_YORK,)),
        ("", "Unter den Linden 1, Berlin, DE 10117", [MANHATTAN], (NEW_YORK,)),
        ("", "12 Elm Street, Albany, NY 90001", [MANHATTAN], (NEW_YORK,)),
        ("", "CA 95814 is where they once lived", [MANHATTAN], (NEW_YORK,)),
        ("", "12 Elm Street", [MANHATTAN, HOUSTON], (CHICAGO, NEW_YORK)),
        ("", "12 Elm Street", [], ()),
    ],
)
def test_zones_of_a_patient(zone: str, address: str, numbers: list[str], zones: tuple[str, ...]) -> None:
    assert patient_zones(zone, address, numbers) == zones


def test_no_zip_belongs_to_two_states() -> None:
    every = [f"{first:03}" for first in range(1000)]
    owners = {zip_code: [state for state in STATES if zones_of_state(state, zip_code)] for zip_code in every}
    assert [zip_code for zip_code, states in owners.items() if len(states) > 1] == []
    assert {state for states in owners.values() for state in states} == set(STATES)


def test_every_zone_and_range_of_the_table_reads() -> None:
    for zones, ranges in STATES.values():
        assert all(ZoneInfo(name) for name in zones)
        assert re.fullmatch(r"\d{3}(?:-\d{3})?(?: \d{3}(?:-\d{3})?)*", ranges)
    assert len(STATES) == 52
    assert all(zones_of_state(one, "") == () for one, _ in combinations(STATES, 2))
