"""Time zones of US states, and which ZIP codes belong to each: facts of the postal service and of the zone database."""

_EASTERN, _CENTRAL, _MOUNTAIN, _PACIFIC = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
)
_EAST_AND_CENTRAL = (_EASTERN, _CENTRAL)
_CENTRAL_AND_MOUNTAIN = (_CENTRAL, _MOUNTAIN)
_MOUNTAIN_AND_PACIFIC = (_MOUNTAIN, _PACIFIC)

STATES: dict[str, tuple[tuple[str, ...], str]] = {
    "AK": (("America/Anchorage", "America/Adak"), "995-999"),
    "AL": (_EAST_AND_CENTRAL, "350-352 354-369"),
    "AR": ((_CENTRAL,), "716-729"),
    "AZ": (("America/Phoenix", _MOUNTAIN), "850-853 855-857 859-860 863-865"),
    "CA": ((_PACIFIC,), "900-908 910-928 930-961"),
    "CO": ((_MOUNTAIN,), "800-816"),
    "CT": ((_EASTERN,), "060-069"),
    "DC": ((_EASTERN,), "200 202-205"),
    "DE": ((_EASTERN,), "197-199"),
    "FL": (_EAST_AND_CENTRAL, "320-339 341-342 344 346-347 349"),
    "GA": ((_EASTERN,), "300-319 398-399"),
    "HI": (("Pacific/Honolulu",), "967-968"),
    "IA": ((_CENTRAL,), "500-516 520-528"),
    "ID": (_MOUNTAIN_AND_PACIFIC, "832-838"),
    "IL": ((_CENTRAL,), "600-620 622-629"),
    "IN": (_EAST_AND_CENTRAL, "460-479"),
    "KS": (_CENTRAL_AND_MOUNTAIN, "660-662 664-679"),
    "KY": (_EAST_AND_CENTRAL, "400-418 420-427"),
    "LA": ((_CENTRAL,), "700-701 703-708 710-714"),
    "MA": ((_EASTERN,), "010-027"),
    "MD": ((_EASTERN,), "206-212 214-219"),
    "ME": ((_EASTERN,), "039-049"),
    "MI": (_EAST_AND_CENTRAL, "480-499"),
    "MN": ((_CENTRAL,), "550-551 553-567"),
    "MO": ((_CENTRAL,), "630-631 633-641 644-658"),
    "MS": ((_CENTRAL,), "386-397"),
    "MT": ((_MOUNTAIN,), "590-599"),
    "NC": ((_EASTERN,), "270-289"),
    "ND": (_CENTRAL_AND_MOUNTAIN, "580-588"),
    "NE": (_CENTRAL_AND_MOUNTAIN, "680-681 683-693"),
    "NH": ((_EASTERN,), "030-038"),
    "NJ": ((_EASTERN,), "070-089"),
    "NM": ((_MOUNTAIN,), "870-871 873-875 877-884"),
    "NV": (_MOUNTAIN_AND_PACIFIC, "889-891 893-895 897-898"),
    "NY": ((_EASTERN,), "100-149"),
    "OH": ((_EASTERN,), "430-458"),
    "OK": (_CENTRAL_AND_MOUNTAIN, "730-731 734-741 743-749"),
    "OR": (_MOUNTAIN_AND_PACIFIC, "970-979"),
    "PA": ((_EASTERN,), "150-196"),
    "PR": (("America/Puerto_Rico",), "006-007 009"),
    "RI": ((_EASTERN,), "028-029"),
    "SC": ((_EASTERN,), "290-299"),
    "SD": (_CENTRAL_AND_MOUNTAIN, "570-577"),
    "TN": (_EAST_AND_CENTRAL, "370-385"),
    "TX": (_CENTRAL_AND_MOUNTAIN, "750-770 772-799 885"),
    "UT": ((_MOUNTAIN,), "840-847"),
    "VA": ((_EASTERN,), "201 220-246"),
    "VT": ((_EASTERN,), "050-054 056-059"),
    "WA": ((_PACIFIC,), "980-986 988-994"),
    "WI": ((_CENTRAL,), "530-532 534-535 537-549"),
    "WV": ((_EASTERN,), "247-268"),
    "WY": ((_MOUNTAIN,), "820-831"),
}
"""By postal code of the state: every zone kept there, and the first three digits of its ZIP codes.

States that keep two zones, by law or by habit along the border, have both; a ZIP that fits no state tells nothing.
"""


def zones_of_state(state: str, zip_code: str) -> tuple[str, ...]:
    """Return every zone kept in a state, empty where state and ZIP code do not go together."""
    zones, ranges = STATES.get(state, ((), ""))
    for each in ranges.split():
        first, _, last = each.partition("-")
        if first <= zip_code[:3] <= (last or first):
            return zones
    return ()
