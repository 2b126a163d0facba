"""In which time zones a patient may be: the one on file, else by the address, else by the numbers (section 3)."""

import re
from collections.abc import Iterable

from callback_tui.rules.known_zone import known_zone
from callback_tui.rules.phone import zones_of
from callback_tui.rules.state_zones import zones_of_state

_STATE_AND_ZIP = re.compile(
    r"\b([A-Za-z]{2})\.?,?\s+([0-9]{5})(?:-[0-9]{4})?(?:,?\s*(?:USA?|United States))?\s*$", re.IGNORECASE
)


def patient_zones(zone: str, address: str, numbers: Iterable[str]) -> tuple[str, ...]:
    """Return the IANA names of every zone that may be the patient's, empty when nothing tells.

    An address counts when it ends in a US state with a ZIP code of that state; where the state keeps two zones, the
    numbers may tell which. Several numbers may each bring theirs: who rings keeps to the hours of all.
    """
    if zone and known_zone(zone) is not None:
        return (zone,)
    by_number = tuple(sorted({name for number in numbers for name in zones_of(number) if known_zone(name)}))
    found = _STATE_AND_ZIP.search(address)
    by_address = zones_of_state(found[1].upper(), found[2]) if found else ()
    both = tuple(name for name in by_address if name in by_number)
    return both or by_address or by_number
