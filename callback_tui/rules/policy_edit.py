"""Changes days of a site in the policy's text; its comments and its order stay."""

import re
from collections.abc import Callable, MutableMapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError
from callback_tui.rules.closed_days import span_text, with_days
from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.closed_days import DayEdit, PolicyEdits
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from tomlkit.items import Array

_SITE_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*[\"']?site[\"']?[ \t]*\]\]", re.MULTILINE)
_OTHER_HEADER = re.compile(r"^[ \t]*\[(?!\[?[ \t]*[\"']?site[\"']?[ \t]*\.)", re.MULTILINE)
SiteTable = MutableMapping[str, Any]


def edited(text: str, edits: PolicyEdits) -> str:
    """Return the policy text with the edits made: a closed day among `holidays`, other hours in `special`.

    Raises DeskError for a site the policy does not have and for a text that cannot be changed piece by piece,
    PolicyError when the policy would be refused.
    """
    before = parse_policy(text, passing=None)
    names = [site.name for site in before.sites]
    wanted = [*(edit.site for edit in edits.days), *edits.holidays_of]
    if any(name not in names for name in wanted):
        raise DeskError("site", names=", ".join(names))
    for edit in edits.days:
        text = _changed(text, edit.site, partial(_set_day, edit))
    for name, region in edits.holidays_of.items():
        text = _changed(text, name, partial(_set_region, region))
    if not _says_the_same(parse_policy(text, passing=None), before, edits):
        raise _by_hand()
    return text


def _says_the_same(after: Policy, before: Policy, edits: PolicyEdits) -> bool:
    """Return whether nothing but what was asked for has changed."""
    sites = tuple(
        replace(with_days(site, edits.days), holidays_of=edits.holidays_of.get(site.name, site.holidays_of))
        for site in before.sites
    )
    return after == replace(before, sites=sites)


def _changed(text: str, name: str, change: Callable[[SiteTable], None]) -> str:
    """Return the text with one site's table changed; only its own lines are read and written again.

    tomlkit would gather tables of sites that stand apart, and so move what is between them.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    for start, end in _site_pieces(text):
        try:
            document = tomlkit.parse(text[start:end])
        except TOMLKitError:
            continue
        for table in document.get("site", ()):
            if isinstance(table, MutableMapping) and table.get("name") == name:
                change(table)
                return text[:start] + tomlkit.dumps(document) + text[end:]
    raise _by_hand()


def _site_pieces(text: str) -> list[tuple[int, int]]:
    """Return from where to where each [[site]] reaches, its own sub-tables included; the whole text when none does."""
    starts = [match.start() for match in _SITE_HEADER.finditer(text)]
    pieces = []
    for start in starts:
        after = text.find("\n", start) + 1 or len(text)
        following = _OTHER_HEADER.search(text, after)
        pieces.append((start, following.start() if following else len(text)))
    return pieces or [(0, len(text))]


def _set_region(region: str, table: SiteTable) -> None:
    table["holidays_of"] = region


def _set_day(edit: DayEdit, table: SiteTable) -> None:
    import tomlkit
    from tomlkit.items import KeyType, SingleKey

    day = edit.day.isoformat()
    closed = table.get("holidays", ())
    for place in reversed(range(len(closed))):
        if _as_text(closed[place]) == day:
            del closed[place]
    special = table.get("special")
    if special is not None and day in special:
        del special[day]
    if edit.spans:
        if special is None:
            table["special"] = tomlkit.inline_table()
        spans = tomlkit.array()
        spans.extend(map(span_text, edit.spans))
        table["special"][SingleKey(day, KeyType.Basic)] = spans
    elif edit.spans is not None:
        table.setdefault("holidays", tomlkit.array())
        _insert(table["holidays"], day)


def _insert(days: "Array", day: str) -> None:
    place = next((at for at, other in enumerate(days) if _as_text(other) > day), len(days))
    days.insert(place, day)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _by_hand() -> DeskError:
    return DeskError("policy_by_hand")
