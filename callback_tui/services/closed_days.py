"""Closed and special days as verbs: what a site may choose from, what a change would do, putting it in force."""

from zoneinfo import ZoneInfo

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Role
from callback_tui.rules.closed_days import day_lines, with_days
from callback_tui.services.desk import OpenDesk, require_role
from callback_tui.services.policy import apply_policy
from callback_tui.services.policy_change import effect_of
from callback_tui.views.closed_days import PolicyEdits, PolicyEffect, PublicHoliday, SiteDays

_MONTHS_OFFERED = 14
_DOING = "change the days a site is closed"


def site_days(desk: OpenDesk, site_name: str | None, edits: PolicyEdits) -> SiteDays:
    """Return the next 14 months of a site, the first one unless named: offered holidays, closed and special days.

    `edits` are not saved yet. Anybody may look. A site that is gone meanwhile is the first one.
    """
    from dateutil.relativedelta import relativedelta

    from callback_tui.rules.public_holidays import public_holidays
    from callback_tui.store import policy as policies
    from callback_tui.store import practice

    with desk.store.read() as connection:
        version_id, policy, _ = policies.current(connection)
        is_demo = practice.is_demo(connection)
    site = policy.site_of(site_name or "")
    first = desk.clock.now().astimezone(ZoneInfo(site.hours.zone)).date()
    last = first + relativedelta(months=_MONTHS_OFFERED)
    region = edits.holidays_of.get(site.name, site.holidays_of)
    offered: tuple[PublicHoliday, ...] = ()
    no_holidays = ""
    try:
        offered = public_holidays(region, first, last)
    except DeskError as refusal:
        no_holidays = str(refusal)
    return SiteDays(
        policy=policy,
        version_id=version_id,
        site=with_days(site, edits.days),
        first=first,
        lines=day_lines(site, offered, edits.days, first, last),
        region=region,
        no_holidays=no_holidays,
        is_demo=is_demo,
    )


def preview_days(desk: OpenDesk, edits: PolicyEdits) -> PolicyEffect:
    """Return what the edits would do to what waits (domain section 2: the effect is shown before saving).

    Raises NotAllowed unless an admin asks, DeskError or PolicyError when the edits cannot be made.
    """
    from callback_tui.rules.policy_edit import edited
    from callback_tui.rules.policy_file import parse_policy
    from callback_tui.store import policy as policies

    require_role(desk, _DOING, Role.ADMIN)
    with desk.store.read() as connection:
        text = policies.current(connection)[2]
        return effect_of(connection, parse_policy(edited(text, edits), passing=None), desk.clock.now())


def save_days(desk: OpenDesk, edits: PolicyEdits, version_id: int) -> int:
    """Put the edits in force as a new policy version and return its id; the rules count from now on.

    Raises what `preview_days` raises, and StoreError when the policy is no longer the version that was shown.
    """
    from callback_tui.rules.policy_edit import edited
    from callback_tui.services.policy import policy_text

    require_role(desk, _DOING, Role.ADMIN)
    return apply_policy(desk, edited(policy_text(desk), edits), instead_of=version_id)
