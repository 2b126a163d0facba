"""The policy file: TOML in, a checked Policy out, or every problem with its dotted path; and a new practice's file."""

import json
import re
import tomllib
from collections.abc import Collection, Mapping

from callback_tui.errors import PolicyError
from callback_tui.models.vocabulary import ClockKind, Tier
from callback_tui.rules.clean import clean_line
from callback_tui.rules.phone import is_phone_region
from callback_tui.rules.policy_defaults import NEW_POLICY, POLICY_DEFAULTS
from callback_tui.rules.policy_desk import (
    read_assignment,
    read_desk,
    read_dialling,
    read_feeds,
    read_identity,
    read_retries,
    read_scorecard,
)
from callback_tui.rules.policy_hours import read_hours
from callback_tui.rules.policy_on_call import read_on_call
from callback_tui.rules.policy_section import Section, spoken
from callback_tui.rules.policy_sharing import read_forecast, read_huddle, read_sharing
from callback_tui.rules.policy_triage import read_triage
from callback_tui.rules.public_holidays import parse_holidays_of
from callback_tui.views.policy import Policy, SitePolicy, Target

_TARGET = re.compile(r"(\d{1,5}) ?(m|min|h)|(\d{1,2}) open days?")
_MINUTES_WRITTEN_BELOW = 7200
_PHONE = re.compile(r"\+[1-9]\d{7,14}")
_REGION = re.compile(r"[A-Z]{2}")
_STAND_IN = Target(ClockKind.ALWAYS, seconds=60)


def parse_policy(text: str, *, passing: Collection[str] | None = ()) -> Policy:
    """Return the policy a TOML text holds, its gaps filled from the defaults.

    `passing` names triage rules and concepts that this version need not know, None passes any: what is in force stays
    readable when a later version of the rules has given one up.
    Raises PolicyError with every problem found: unknown keys, bad zones, spans, numbers, a calendar without open time.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PolicyError([("file", f"it is not valid TOML: {problem}")]) from None
    except (ValueError, RecursionError):
        raise PolicyError(
            [("file", "a number in it is too long, or its lists stand too deep in one another")]
        ) from None
    problems: list[tuple[str, str]] = []
    policy = _read_policy(Section(_filled(tomllib.loads(POLICY_DEFAULTS), written), "", problems), passing)
    if problems:
        raise PolicyError(problems)
    return policy


def new_policy_text(*, name: str, short_name: str, zone: str, region: str, callback_number: str) -> str:
    """Return the policy file of a new practice: one site, Monday to Friday 08:00-17:00. Raises PolicyError."""
    values = {
        "name": name,
        "short_name": short_name,
        "zone": zone,
        "region": region,
        "callback_number": callback_number,
    }
    text = NEW_POLICY.format(
        **{key: json.dumps(clean_line(value), ensure_ascii=False) for key, value in values.items()}
    )
    parse_policy(text)
    return text


def target_text(target: Target) -> str:
    """Return a target as the policy file writes it: "60m", "4h", "1 open day"."""
    if target.open_days is not None:
        return f"{target.open_days} open day{'' if target.open_days == 1 else 's'}"
    seconds = target.seconds or 0
    if seconds < _MINUTES_WRITTEN_BELOW or seconds % 3600:
        return f"{seconds // 60}m"
    return f"{seconds // 3600}h"


def _read_policy(root: Section, passing: Collection[str] | None) -> Policy:
    practice = root.sub("practice")
    targets = root.sub("targets")
    hand_offs = root.sub("hand_off_targets")
    kinds, needed, failures_allowed = read_identity(root.sub("identity"))
    desk, pause_cap, reopen_days = read_desk(root.sub("desk"))
    feed_limits, feed_quiet = read_feeds(root.sub("feeds"))
    policy = Policy(
        name=practice.read("name", _words, "", example='"Maple Street Family Medicine"'),
        short_name=practice.read("short_name", _words, "", example='"Maple Street"'),
        region=practice.read("region", _region, "", example='"US"'),
        sites=_sites(root, targets, hand_offs),
        warn_percents=_warn(targets),
        feed_limit_minutes=feed_limits,
        feed_quiet_minutes=feed_quiet,
        retries=read_retries(root.sub("retries")),
        dialling=read_dialling(root.sub("dialling")),
        identity_kinds=kinds,
        identity_needed=needed,
        identity_failures_allowed=failures_allowed,
        desk=desk,
        pause_cap_open_days=pause_cap,
        reopen_days=reopen_days,
        scorecard=read_scorecard(root.sub("scorecard")),
        on_call=read_on_call(root.sub("on_call")),
        forecast=read_forecast(root.sub("forecast")),
        sharing=read_sharing(root.sub("batch"), root.sub("rotation")),
        huddle_minutes=read_huddle(root.sub("huddle")),
        mine_minutes=read_assignment(root.sub("assignment")),
        triage=read_triage(root.sub("triage"), passing),
    )
    for section in (practice, targets, hand_offs, root):
        section.close()
    return policy


def _sites(root: Section, targets: Section, hand_offs: Section) -> tuple[SitePolicy, ...]:
    sites: list[SitePolicy] = []
    written = root.raw("site")
    if not isinstance(written, list) or not written:
        root.refuse("site", "write at least one [[site]] with name, zone, callback_number and hours")
    tables = root.items("site") if isinstance(written, list) else []
    shared = _targets(targets, {})
    hand_off_targets = _targets(hand_offs, {})
    for path, table in tables:
        site = Section(table, path, root.problems)
        name = site.read("name", _words, "", example='"Main"')
        if name and any(other.name == name for other in sites):
            site.refuse("name", f"give each site a name of its own; {spoken(name)} is taken")
        own = site.sub("targets")
        own_hand_offs = site.sub("hand_off_targets")
        sites.append(
            SitePolicy(
                name=name,
                callback_number=site.read("callback_number", _phone, "", example='"+12125550100"'),
                hours=read_hours(site),
                targets=_targets(own, shared),
                hand_off_targets=_targets(own_hand_offs, hand_off_targets),
                records_calls=site.flag("records_calls"),
                holidays_of=_holidays_of(site, root),
            )
        )
        for section in (own, own_hand_offs, site):
            section.close()
    return tuple(sites)


def _holidays_of(site: Section, root: Section) -> str:
    """Return the region whose holidays a site is offered: its own, else the country of the practice."""
    if site.raw("holidays_of") is None:
        return str(root.sub("practice").raw("region"))
    return site.read("holidays_of", parse_holidays_of, "", example='"US-NY"')


def _targets(table: Section, shared: Mapping[Tier, Target]) -> dict[Tier, Target]:
    """Return a target per tier; one that is not written comes from `shared`, and so does a missing clock."""
    return {
        tier: shared[tier] if table.raw(tier) is None and tier in shared else _target(table.sub(tier), shared.get(tier))
        for tier in Tier
    }


def _target(table: Section, shared: Target | None) -> Target:
    target = table.read("target", _parse_target, _STAND_IN, example='"60m", "4h" or "1 open day"')
    clock = table.raw("clock")
    if clock is None and shared is not None:
        clock = shared.clock.value
    table.close()
    if clock not in (ClockKind.ALWAYS, ClockKind.OPEN):
        table.refuse("clock", f'write "always" or "open", not {spoken(clock)}')
        return _STAND_IN
    if target.open_days is not None and clock == ClockKind.ALWAYS:
        table.refuse("clock", 'write "open": open days are counted on the open clock')
    return Target(ClockKind(str(clock)), target.seconds, target.open_days)


def _parse_target(text: str) -> Target:
    match = _TARGET.fullmatch(text.strip())
    amount = int(match[1] or match[3]) if match else 0
    if match is None or amount == 0:
        raise ValueError(f'write a time such as "60m", "4h" or "1 open day", not {spoken(text)}')
    if match[3]:
        return Target(ClockKind.OPEN, open_days=amount)
    return Target(ClockKind.ALWAYS, seconds=amount * (3600 if match[2] == "h" else 60))


def _warn(targets: Section) -> tuple[int, ...]:
    right = "write one or two rising percentages between 1 and 99, such as [50, 80]"
    percents: list[int] = []
    for path, value in targets.items("warn"):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 99:
            targets.problems.append((path, f"{right}, not {spoken(value)}"))
            return ()
        percents.append(value)
    if not 1 <= len(percents) <= 2 or percents != sorted(set(percents)):
        targets.refuse("warn", right)
    return tuple(percents)


def _words(text: str) -> str:
    words = clean_line(text)
    if not words:
        raise ValueError("write a name, not an empty text")
    return words


def _region(text: str) -> str:
    if _REGION.fullmatch(text) is None or not is_phone_region(text):
        raise ValueError(f'write a country in two capital letters such as "US" or "GB", not {spoken(text)}')
    return text


def _phone(text: str) -> str:
    if text and _PHONE.fullmatch(text) is None:
        raise ValueError('write the number with its country code and no spaces, such as "+12125550100"')
    return text


def _filled(defaults: Mapping[str, object], written: Mapping[str, object]) -> dict[str, object]:
    """Return what is written, with missing keys from the defaults, table by table; lists are taken whole."""
    filled = dict(defaults)
    for key, value in written.items():
        default = defaults.get(key)
        both = isinstance(value, Mapping) and isinstance(default, Mapping)
        filled[key] = _filled(default, value) if both else value  # type: ignore[arg-type] # both are mappings here
    return filled
