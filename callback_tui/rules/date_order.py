"""In which order a country writes the digits of a date."""

_MONTH_FIRST = frozenset({"US", "PR", "GU", "VI", "PH"})
_UNDECIDED = frozenset({"CA"})


def date_order(region: str) -> str:
    """Return "mdy", "dmy" or "" (undecided) for the two-letter code of a country."""
    if region in _UNDECIDED:
        return ""
    return "mdy" if region in _MONTH_FIRST else "dmy"
